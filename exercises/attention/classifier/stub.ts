/**
 * A transformer that reads a text and says which of several classes it belongs to.
 *
 * Useful here: `tokenise`, `embed` from 'attention/embedding'; `keyMask`, `lookThrough` from 'attention/masks-and-bias'; and
 * `import { divide, fromData, linear, matmul, parameter, reshape, squeeze, take } from 'tensor'`.
 */
import type { EncoderBlock } from 'attention/encoder-block';
import type { Allowed } from 'attention/masks-and-bias';
import type { Look } from 'attention/multi-head';
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
  // TODO: tokens, lengths, and zeros up to the longest.
  throw new Error('TODO: write encodeTexts');
}

/**
 * The bias of each pair of tokens, by how far the key stands to the right of the query; beyond k, distances are taken for k.
 * Differentiable.
 *
 * R `(h, 2k + 1)` → `(h, n, n)`
 */
export function distanceBias(R: Tensor, n: number): Tensor {
  // TODO: for each pair of places, a column of R.
  throw new Error('TODO: write distanceBias');
}

/**
 * The mean of each text's real tokens; what stands behind them has no part in it. Differentiable.
 *
 * x `(N, n, d)`; lengths: N numbers, 1 or more → `(N, d)`
 */
export function meanOfTokens(x: Tensor, lengths: readonly number[]): Tensor {
  // TODO: leave out what stands behind the end.
  throw new Error('TODO: write meanOfTokens');
}

/** From tokens to a vector for each that knows of its neighbours: embeddings, and a pile of blocks. */
export class Encoder implements EncoderParameters {
  readonly E: Tensor;
  readonly R: Tensor;
  readonly blocks: readonly EncoderBlock[];

  /** Makes E and R each a `parameter`, and keeps the blocks as they are. */
  constructor(parameters: EncoderParameters, blocks: readonly EncoderBlock[]) {
    // TODO: two parameters, and the blocks.
    throw new Error('TODO: write Encoder');
  }

  /** Who may look at whom in this batch, and who would rather: real tokens only, and by distance. */
  allowed(batch: Batch): Allowed {
    // TODO: a mask from the lengths, a bias from R.
    throw new Error('TODO: write Encoder.allowed');
  }

  /** ids `(N, n)` → `(N, n, d)`. `look`, where it is given, is how each head of every block looks. */
  forward(batch: Batch, look?: Look): Tensor {
    // TODO: embed, and through all blocks.
    throw new Error('TODO: write Encoder.forward');
  }
}

/** An encoder, the mean of its tokens, and an affine layer. */
export class SequenceClassifier implements HeadParameters {
  readonly encoder: Encoder;
  readonly W: Tensor;
  readonly b: Tensor;

  /** Keeps the encoder as it is, and makes W and b each a `parameter`. */
  constructor(encoder: Encoder, parameters: HeadParameters) {
    // TODO: keep the encoder; two parameters.
    throw new Error('TODO: write SequenceClassifier');
  }

  /** ids `(N, n)` → logits `(N, classes)`. `look` is handed on to the encoder, if it is given. */
  forward(batch: Batch, look?: Look): Tensor {
    // TODO: tokens, their mean, and a number for each class.
    throw new Error('TODO: write SequenceClassifier.forward');
  }
}
