/** Watching a transformer: which tokens its heads look at, and where what a token holds in the end came from. */
import type { EncoderBlock } from 'attention/encoder-block';
import { maskedWeights } from 'attention/masks-and-bias';
import type { Allowed } from 'attention/masks-and-bias';
import type { Look } from 'attention/multi-head';
import {
  abs,
  add,
  arange,
  divide,
  equal,
  expandDims,
  log,
  matmul,
  mean,
  multiply,
  negative,
  noGrad,
  slice,
  sqrt,
  square,
  stack,
  subtract,
  sum,
  where,
} from 'tensor';
import type { Tensor } from 'tensor';

/** How a head looks, as five numbers; each tensor has the shape that was left of `(…, n, n)` without the last two axes. */
export interface HeadStatistics {
  /** The mean over the queries of `−Σ w ln w`: 0 for a look at one token, ln n for one at all alike. */
  readonly entropy: Tensor;
  /** The mean over the queries of `Σ w |i − j|`, in tokens. */
  readonly distance: Tensor;
  /** The mean share that a token keeps for itself. */
  readonly self: Tensor;
  /** The mean share of the token before, over the queries that have one; 0 where none has. */
  readonly previous: Tensor;
  /** The mean share of the first token. */
  readonly first: Tensor;
}

/**
 * The attention weights of every layer, watched while tokens pass through the blocks. Nothing of it stays on the tape.
 *
 * blocks: L encoder blocks with h heads each; x `(…, n, d)`; allowed: mask and bias for every layer → `(L, …, h, n, n)`
 */
export function layerWeights(blocks: readonly EncoderBlock[], x: Tensor, allowed: Allowed = {}): Tensor {
  const seen: Tensor[] = [];
  // A way of looking like any other, that also writes down what it saw.
  const watched: Look = (Q, K, V) => {
    const w = maskedWeights(Q, K, allowed);
    seen.push(w);
    return matmul(w, V);
  };
  return noGrad(() => {
    blocks.reduce((h, block) => block.forward(h, watched), x);
    return stack(seen);
  });
}

/** Five numbers for every head. weights `(…, n, n)`, a query in each row → tensors `(…)` */
export function headStatistics(weights: Tensor): HeadStatistics {
  const n = weights.shape.at(-1)!;
  const keys = arange(n);
  const apart = subtract(keys, expandDims(keys, 1));
  const total = (of: Tensor): Tensor => sum(multiply(weights, of), { axis: [-2, -1] });
  // 0 · ln 0 counts as 0, which the limit of w ln w is; JavaScript says NaN.
  const logs = log(where(equal(weights, 0), 1, weights));
  return {
    entropy: negative(divide(total(logs), n)),
    distance: divide(total(abs(apart)), n),
    self: divide(total(equal(apart, 0)), n),
    previous: divide(total(equal(apart, -1)), Math.max(n - 1, 1)),
    first: divide(total(equal(keys, 0)), n),
  };
}

/**
 * Attention rollout (Abnar and Zuidema 2020): which share of what a token holds behind each layer came from which token
 * of the input. Throws, naming the shape, where weights have no axes for layers, heads, queries and as many keys.
 *
 * weights `(L, …, h, n, n)` → `(L, …, n, n)`, each row adding up to 1; entry l is for the output of layer l
 */
export function attentionRollout(weights: Tensor): Tensor {
  const { shape } = weights;
  const [queries, keys] = shape.slice(-2);
  if (shape.length < 4 || queries !== keys) {
    throw new Error(
      `attentionRollout: weights have to be (layers, …, heads, tokens, tokens), but these are (${shape.join(', ')})`,
    );
  }
  const places = arange(queries!);
  const identity = equal(expandDims(places, 1), places);
  const kept = add(mean(weights, { axis: -3 }), identity);
  // By the row's own sum, which is 1 and not 2 where a query may attend to nothing.
  const mixing = divide(kept, sum(kept, { axis: -1, keepdim: true }));
  const rollout: Tensor[] = [];
  for (let layer = 0; layer < shape[0]!; layer += 1) {
    const here = slice(mixing, [layer]);
    const before = rollout.at(-1);
    rollout.push(before === undefined ? here : matmul(here, before));
  }
  return stack(rollout);
}

/**
 * How much of each value arrives: its weight times its length, `w ‖v‖`.
 *
 * weights `(…, q, k)`, V `(…, k, v)` → `(…, q, k)`
 */
export function contributions(weights: Tensor, V: Tensor): Tensor {
  const lengths = sqrt(sum(square(V), { axis: -1 }));
  return multiply(weights, expandDims(lengths, -2));
}
