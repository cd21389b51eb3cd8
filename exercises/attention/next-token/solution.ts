/** Predicting the next token, and writing with it. */
import { argmax, divide, expandDims, gather, logSumExp, mean, slice, softmax, squeeze, subtract } from 'tensor';
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
  const n = ids.shape.at(-1)!;
  if (n < 2) throw new Error(`shiftTargets: a text of ${n} tokens has none that follows another`);
  const front = ids.shape.slice(0, -1).map(() => null);
  return { inputs: slice(ids, [...front, [0, n - 1]]), targets: slice(ids, [...front, [1, n]]) };
}

/**
 * The mean over all places of `−ln softmax(logits)[target]`. Differentiable. Throws, naming both shapes, where there is not
 * one target for each place.
 *
 * logits `(…, n, v)`; targets `(…, n)`, whole numbers from 0 to v − 1 → a tensor of shape `()`
 */
export function causalLanguageLoss(logits: Tensor, targets: Tensor): Tensor {
  if (logits.shape.slice(0, -1).join() !== targets.shape.join()) {
    const [scores, wanted] = [logits, targets].map(({ shape }) => `(${shape.join(', ')})`);
    throw new Error(
      `causalLanguageLoss: logits ${scores} need one target for each place, but the targets are ${wanted}`,
    );
  }
  const chosen = squeeze(gather(logits, expandDims(targets, -1), -1), -1);
  // −ln(eˣ / Σ) as ln Σ − x, so that no share can round to 0 before its logarithm is taken.
  return mean(subtract(logSumExp(logits, { axis: -1 }), chosen));
}

/**
 * Draws a token: the first at which the shares of `softmax(logits / temperature)`, added up, exceed `draw`. At temperature 0
 * the token with the largest logit. Throws, naming the temperature, where it is negative.
 *
 * logits `(v,)`; draw: a random number from 0 up to, but without, 1 → a whole number from 0 to v − 1
 */
export function sample(logits: Tensor, { temperature, draw }: { readonly temperature: number; readonly draw: number }) {
  if (temperature < 0) throw new Error(`sample: a temperature of ${temperature} would prefer what is least likely`);
  if (temperature === 0) return argmax(logits).at();
  const shares = softmax(divide(logits, temperature)).data;
  let total = 0;
  let last = 0;
  for (const [id, share] of shares.entries()) {
    if (share === 0) continue;
    total += share;
    // In float32 the shares may add up to a little less than 1; if draw lies in the gap, the last with a share is taken.
    last = id;
    if (total > draw) break;
  }
  return last;
}
