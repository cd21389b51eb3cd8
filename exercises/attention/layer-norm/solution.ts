/** Layer normalisation, forwards and backwards. */
import { add, mean, multiply, reciprocal, reshape, sqrt, square, subtract, sum } from 'tensor';
import type { Tensor } from 'tensor';

/** What is learned: one number of each for every channel. */
export interface NormParameters {
  /** The scale, `(n,)`. */
  readonly gamma: Tensor;
  /** The shift, `(n,)`. */
  readonly beta: Tensor;
}

/** How the loss changes with the input and the parameters; each has the shape of what it belongs to. */
export interface NormGradients {
  /** `(…, n)` */
  readonly dx: Tensor;
  /** `(n,)` */
  readonly dgamma: Tensor;
  /** `(n,)` */
  readonly dbeta: Tensor;
}

/** Inside the root, so that a row of equal numbers is divided by something. */
const epsilon = 1e-5;
const along = { axis: -1, keepdim: true } as const;

/**
 * `γ ⊙ (x − μ) / √(σ² + 10⁻⁵) + β`, with the mean μ and the variance σ² (divided by n) of each row. Differentiable. Throws,
 * naming its shape, where γ or β is not `(n,)`.
 *
 * x `(…, n)` → `(…, n)`
 */
export function layerNorm(x: Tensor, { gamma, beta }: NormParameters): Tensor {
  const n = x.shape.at(-1)!;
  for (const [name, { rank, shape }] of Object.entries({ gamma, beta })) {
    // One number for all channels would be broadcast without a word.
    if (rank !== 1 || shape[0] !== n) {
      throw new Error(`layerNorm: ${name} has the shape (${shape.join(', ')}), but there are ${n} channels`);
    }
  }
  return add(multiply(normalised(x).xHat, gamma), beta);
}

/** The way back. dy `(…, n)`, the upstream gradient; x `(…, n)`; gamma `(n,)` → dx, dgamma, dbeta */
export function layerNormBackward(
  dy: Tensor,
  { x, gamma }: { readonly x: Tensor; readonly gamma: Tensor },
): NormGradients {
  const { xHat, r } = normalised(x);
  const g = multiply(dy, gamma);
  // A common shift and a common factor of the row change nothing, so these two parts of g have no effect on the loss.
  const shift = mean(g, along);
  const factor = mean(multiply(g, xHat), along);
  const dx = multiply(r, subtract(subtract(g, shift), multiply(xHat, factor)));
  // The parameters serve every token, so all axes in front are summed over.
  return { dx, dgamma: overTokens(multiply(dy, xHat)), dbeta: overTokens(dy) };
}

/** The centred and divided rows `(…, n)`, and what they were multiplied by, `(…, 1)`. */
function normalised(x: Tensor): { readonly xHat: Tensor; readonly r: Tensor } {
  const centred = subtract(x, mean(x, along));
  const r = reciprocal(sqrt(add(mean(square(centred), along), epsilon)));
  return { xHat: multiply(centred, r), r };
}

/** `(…, n)` → `(n,)` */
function overTokens(x: Tensor): Tensor {
  const front = x.shape.slice(0, -1);
  const tokens = front.reduce((product, size) => product * size, 1);
  return sum(reshape(x, [tokens, x.shape.at(-1)!]), { axis: 0 });
}
