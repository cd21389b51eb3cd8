/** Scores to weights. */
import { backendFor } from './backends/use';
import { checkedAxis } from './shape';
import { checkedTensor, type Tensor } from './tensor';
import { permute } from './views';

/**
 * `softmax(x)ᵢ = eˣⁱ / Σⱼ eˣʲ` along `axis` (the last where it is left out); the result has the shape of `x` and each run
 * along `axis` sums to 1. The largest entry is subtracted first, which changes nothing but keeps the exponentials
 * finite. A run that holds only −Infinity, that is, one that may attend to nothing, becomes zeros.
 */
export function softmax(x: Tensor, axis = -1): Tensor {
  const { shape, rank } = checkedTensor('softmax', x);
  const at = checkedAxis('softmax', axis, shape);
  if (at === rank - 1) return backendFor('softmax', x).softmax(x);
  // Swapping two axes twice brings them back.
  const order = Array.from({ length: rank }, (_, i) => (i === at ? rank - 1 : i === rank - 1 ? at : i));
  const swapped = permute(x, order);
  return permute(backendFor('softmax', swapped).softmax(swapped), order);
}
