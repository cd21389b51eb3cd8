/** A transformer that reads a text and says which of several classes it belongs to. */
import { embed, tokenise } from 'attention/embedding';
import type { EncoderBlock } from 'attention/encoder-block';
import { keyMask, lookThrough } from 'attention/masks-and-bias';
import type { Allowed } from 'attention/masks-and-bias';
import type { Look } from 'attention/multi-head';
import { divide, fromData, linear, matmul, parameter, reshape, squeeze, take } from 'tensor';
import type { Tensor } from 'tensor';

/** The vocabulary of single letters. Entry 0 stands for every other character, and for one that is hidden. */
export const letters: readonly string[] = ['?', ' ', ...'abcdefghijklmnopqrstuvwxyz'];

/** Several texts in one tensor: N of them, n tokens in the longest. */
export interface Batch {
  /** `(N, n)`: the tokens of each text, then zeros. */
  readonly ids: Tensor;
  /** How many tokens of each row are real. */
  readonly lengths: readonly number[];
}

/** What an encoder owns besides its blocks. */
export interface EncoderParameters {
  /** The embeddings, `(v, d)`: a row for each entry of the vocabulary. */
  readonly E: Tensor;
  /** How much each head likes each distance, from k to the left to k to the right: `(h, 2k + 1)`. */
  readonly R: Tensor;
}

/** The head of a classifier: from the mean of a text's tokens to a number for each class. */
export interface HeadParameters {
  /** `(classes, d)` */
  readonly W: Tensor;
  /** `(classes,)` */
  readonly b: Tensor;
}

/** The tokens of each text in a row of its own, filled up with zeros. Throws, with its number, where a text is empty. */
export function encodeTexts(texts: readonly string[], vocabulary: readonly string[]): Batch {
  const tokens = texts.map((text) => tokenise(text, vocabulary));
  const lengths = tokens.map(({ length }) => length);
  const empty = lengths.indexOf(0);
  // Its mean would be 0/0, and that NaN would reach every parameter.
  if (empty >= 0) throw new Error(`encodeTexts: text ${empty} is empty; there is nothing in it to be classified`);
  const n = Math.max(0, ...lengths);
  const rows = tokens.flatMap((ids) => [...ids, ...Array.from({ length: n - ids.length }, () => 0)]);
  return { ids: fromData(rows, [texts.length, n]), lengths };
}

/**
 * The bias of each pair of tokens, by how far the key stands to the right of the query; beyond k, distances are taken for k.
 * Differentiable.
 *
 * R `(h, 2k + 1)` → `(h, n, n)`
 */
export function distanceBias(R: Tensor, n: number): Tensor {
  const [heads, distances] = R.shape as [number, number];
  const k = (distances - 1) / 2;
  const columns = Array.from({ length: n * n }, (_, pair) => {
    const [query, key] = [Math.floor(pair / n), pair % n];
    return k + Math.max(-k, Math.min(k, key - query));
  });
  return reshape(take(R, columns, 1), [heads, n, n]);
}

/**
 * The mean of each text's real tokens; what stands behind them has no part in it. Differentiable.
 *
 * x `(N, n, d)`; lengths: N numbers, 1 or more → `(N, d)`
 */
export function meanOfTokens(x: Tensor, lengths: readonly number[]): Tensor {
  const n = x.shape[1]!;
  // (N, 1, n): one over the length for real tokens, and zeros. A weighted mean is one matrix product, as in attention.
  const real = reshape(keyMask(lengths, n), [lengths.length, 1, n]);
  const shares = divide(real, fromData([...lengths], [lengths.length, 1, 1]));
  return squeeze(matmul(shares, x), 1);
}

/** From tokens to a vector for each that knows of its neighbours: embeddings, and a pile of blocks. */
export class Encoder implements EncoderParameters {
  readonly E: Tensor;
  readonly R: Tensor;
  readonly blocks: readonly EncoderBlock[];

  /** Makes E and R each a `parameter`, and keeps the blocks as they are. */
  constructor({ E, R }: EncoderParameters, blocks: readonly EncoderBlock[]) {
    this.E = parameter(E);
    this.R = parameter(R);
    this.blocks = blocks;
  }

  /** Who may look at whom in this batch, and who would rather: real tokens only, and by distance. */
  allowed({ ids, lengths }: Batch): Allowed {
    const n = ids.shape[1]!;
    return { mask: keyMask(lengths, n), bias: distanceBias(this.R, n) };
  }

  /** ids `(N, n)` → `(N, n, d)`. `look`, where it is given, is how each head of every block looks. */
  forward(batch: Batch, look: Look = lookThrough(this.allowed(batch))): Tensor {
    return this.blocks.reduce((x, block) => block.forward(x, look), embed(batch.ids, this.E));
  }
}

/** An encoder, the mean of its tokens, and an affine layer. */
export class SequenceClassifier implements HeadParameters {
  readonly encoder: Encoder;
  readonly W: Tensor;
  readonly b: Tensor;

  /** Keeps the encoder as it is, and makes W and b each a `parameter`. */
  constructor(encoder: Encoder, { W, b }: HeadParameters) {
    this.encoder = encoder;
    this.W = parameter(W);
    this.b = parameter(b);
  }

  /** ids `(N, n)` → logits `(N, classes)`. `look` is handed on to the encoder, if it is given. */
  forward(batch: Batch, look?: Look): Tensor {
    const tokens = this.encoder.forward(batch, look);
    return linear(meanOfTokens(tokens, batch.lengths), this.W, this.b);
  }
}
