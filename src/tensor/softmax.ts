/** Scores to weights. */
import { abs, exp, log } from './functions';
import { add, equal, multiply, subtract, where } from './arithmetic';
import { backendFor } from './backends/use';
import { max, sum } from './reduce';
import { checkedAxis } from './shape';
import { isFollowed, noGrad, remember } from './tape';
import { checkedTensor, type Tensor } from './tensor';
import { permute, squeeze } from './views';

/**
 * `softmax(x)ᵢ = eˣⁱ / Σⱼ eˣʲ` along `axis` (the last where it is left out); the result has the shape of `x` and each
 * run along `axis` sums to 1. The largest entry is subtracted first, which changes nothing but keeps the exponentials
 * finite. A run that holds only −Infinity, that is, one that may attend to nothing, becomes zeros and passes no
 * gradient.
 */
export function softmax(x: Tensor, axis = -1): Tensor {
  const { shape, rank } = checkedTensor('softmax', x);
  const at = checkedAxis('softmax', axis, shape);
  if (at === rank - 1) return softmaxOfRows(x);
  // Swapping two axes twice brings them back.
  const order = Array.from({ length: rank }, (_, i) => (i === at ? rank - 1 : i === rank - 1 ? at : i));
  return permute(softmaxOfRows(permute(x, order)), order);
}

function softmaxOfRows(x: Tensor): Tensor {
  const y = backendFor('softmax', x).softmax(x);
  if (!isFollowed(x)) return y;
  // ∂yᵢ/∂xⱼ = yᵢ (δᵢⱼ − yⱼ): dx = (diag(y) − y yᵀ) dy = y ⊙ (dy − Σⱼ dyⱼ yⱼ), and the matrix is never formed.
  return remember('softmax', y, {
    inputs: [x],
    gradients: [(dy) => backendFor('softmaxBackward', dy, y).softmaxBackward(dy, y)],
  });
}

/**
 * `ln Σⱼ eˣʲ` along `axis` (the last where it is left out), which goes unless `keepdim` is true. Finite wherever the
 * largest entry is; −Infinity for a run that holds only −Infinity, and no gradient passes to it.
 */
export function logSumExp(x: Tensor, options: { readonly axis?: number; readonly keepdim?: boolean } = {}): Tensor {
  const { axis = -1, keepdim = false } = options;
  const { shape } = checkedTensor('logSumExp', x);
  const at = checkedAxis('logSumExp', axis, shape);
  const y = noGrad(() => {
    const largest = max(x, { axis: at, keepdim: true });
    // Any shift gives the same result; an infinite one would only make ∞ − ∞.
    const shift = where(equal(abs(largest), Infinity), 0, largest);
    return add(log(sum(exp(subtract(x, shift)), { axis: at, keepdim: true })), shift);
  });
  // ∂y/∂xⱼ = eˣʲ / Σₖ eˣᵏ: dx = dy ⊙ softmax(x).
  const kept = remember('logSumExp', y, { inputs: [x], gradients: [(dy) => multiply(dy, softmax(x, at))] });
  return keepdim ? kept : squeeze(kept, at);
}

/**
 * `ln softmax(x) = x − logSumExp(x)` along `axis` (the last where it is left out), exact also where the softmax itself
 * would round to 0. A run that holds only −Infinity stays −Infinity and passes no gradient.
 */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  const at = checkedAxis('logSoftmax', axis, checkedTensor('logSoftmax', x).shape);
  const [y, empty] = noGrad(() => {
    const total = logSumExp(x, { axis: at, keepdim: true });
    const nothing = equal(total, -Infinity);
    return [subtract(x, where(nothing, 0, total)), nothing];
  });
  // ∂yᵢ/∂xⱼ = δᵢⱼ − softmax(x)ⱼ: dx = dy − softmax(x) Σᵢ dyᵢ.
  const gradient = (dy: Tensor): Tensor =>
    where(empty, 0, subtract(dy, multiply(softmax(x, at), sum(dy, { axis: at, keepdim: true }))));
  return remember('logSoftmax', y, { inputs: [x], gradients: [gradient] });
}
