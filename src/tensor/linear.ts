/** Products of matrices. */
import { backendFor } from './backends/use';
import { broadcastShapes, inWords, ShapeError } from './shape';
import { checkedTensor, type Tensor } from './tensor';
import { broadcastTo, expandDims, squeeze } from './views';

/**
 * The matrix product `cᵢⱼ = Σₖ aᵢₖ bₖⱼ`: `(…, n, k)` times `(…, k, m)` is `(…, n, m)`, and the axes in front broadcast.
 * A vector stands for a row on the left and for a column on the right, and that axis is not in the result: `(n, k)`
 * times `(k,)` is `(n,)`. Throws a `ShapeError` where the inner lengths differ. As in the Array API standard.
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  checkedTensor('matmul', a, 'the first argument');
  checkedTensor('matmul', b, 'the second argument');
  const shapes = `matmul: ${inWords(a.shape)} times ${inWords(b.shape)}`;
  if (a.rank === 0 || b.rank === 0)
    throw new ShapeError(`${shapes}: both need at least one axis; to scale a tensor use multiply`);
  const left = a.rank === 1 ? expandDims(a, 0) : a;
  const right = b.rank === 1 ? expandDims(b, 1) : b;
  const [n = 0, k = 0] = left.shape.slice(-2);
  const [inner = 0, m = 0] = right.shape.slice(-2);
  if (k !== inner) {
    const axis = b.rank === 1 ? 'the only axis' : 'the second-to-last';
    throw new ShapeError(`${shapes}: the last axis of the first (${k}) must equal ${axis} of the second (${inner})`);
  }
  const batch = broadcastShapes(`${shapes}: the axes in front`, left.shape.slice(0, -2), right.shape.slice(0, -2));
  const first = broadcastTo(left, [...batch, n, k]);
  const second = broadcastTo(right, [...batch, k, m]);
  const product = backendFor('matmul', first, second).matmul(first, second);
  const withoutRow = a.rank === 1 ? squeeze(product, -2) : product;
  return b.rank === 1 ? squeeze(withoutRow, -1) : withoutRow;
}
