/**
 * Watching a transformer: which tokens its heads look at, and where what a token holds in the end came from.
 *
 * Useful here: `import { maskedWeights } from 'attention/masks-and-bias'`, and from 'tensor': `arange`, `equal`, `expandDims`,
 * `log`, `matmul`, `mean`, `noGrad`, `slice`, `stack`, `sum`, `where`.
 */
import type { EncoderBlock } from 'attention/encoder-block';
import type { Allowed } from 'attention/masks-and-bias';
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
  // TODO: a `look` that keeps its weights, handed to one block after another.
  throw new Error('TODO: write layerWeights');
}

/** Five numbers for every head. weights `(…, n, n)`, a query in each row → tensors `(…)` */
export function headStatistics(weights: Tensor): HeadStatistics {
  // TODO: each is a sum over the last two axes, of the weights times something, divided by a number of queries.
  throw new Error('TODO: write headStatistics');
}

/**
 * Attention rollout (Abnar and Zuidema 2020): which share of what a token holds behind each layer came from which token
 * of the input. Throws, naming the shape, where weights have no axes for layers, heads, queries and as many keys.
 *
 * weights `(L, …, h, n, n)` → `(L, …, n, n)`, each row adding up to 1; entry l is for the output of layer l
 */
export function attentionRollout(weights: Tensor): Tensor {
  // TODO: average the heads, add what is kept, make rows add up to one, multiply through the layers.
  throw new Error('TODO: write attentionRollout');
}

/**
 * How much of each value arrives: its weight times its length, `w ‖v‖`.
 *
 * weights `(…, q, k)`, V `(…, k, v)` → `(…, q, k)`
 */
export function contributions(weights: Tensor, V: Tensor): Tensor {
  // TODO: the length of each value, under its column.
  throw new Error('TODO: write contributions');
}
