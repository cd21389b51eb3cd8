/**
 * Predicting the next token, and writing with it.
 *
 * Useful here: `import { argmax, divide, gather, logSumExp, mean, slice, softmax, subtract } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/** What a model reads, and what it should say at each place. */
export interface Shifted {
  /** `(…, n − 1)` */
  readonly inputs: Tensor;
  /** `(…, n − 1)`, at each place the token that follows there. */
  readonly targets: Tensor;
}

/** All tokens but the last, and all but the first. ids `(…, n)`. Throws, naming n, where it is smaller than 2. */
export function shiftTargets(ids: Tensor): Shifted {
  // TODO: two slices along the last axis.
  throw new Error('TODO: write shiftTargets');
}

/**
 * The mean over all places of `−ln softmax(logits)[target]`. Differentiable. Throws, naming both shapes, where there is not
 * one target for each place.
 *
 * logits `(…, n, v)`; targets `(…, n)`, whole numbers from 0 to v − 1 → a tensor of shape `()`
 */
export function causalLanguageLoss(logits: Tensor, targets: Tensor): Tensor {
  // TODO: the surprise at each place, and the mean of all.
  throw new Error('TODO: write causalLanguageLoss');
}

/**
 * Draws a token: the first at which the shares of `softmax(logits / temperature)`, added up, exceed `draw`. At temperature 0
 * the token with the largest logit. Throws, naming the temperature, where it is negative.
 *
 * logits `(v,)`; draw: a random number from 0 up to, but without, 1 → a whole number from 0 to v − 1
 */
export function sample(logits: Tensor, options: { readonly temperature: number; readonly draw: number }): number {
  // TODO: shares, and a walk along them.
  throw new Error('TODO: write sample');
}
