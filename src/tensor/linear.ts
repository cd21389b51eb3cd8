/** Products of matrices. */
import { backendFor } from './backends/use';
import { checkBudget } from './budget';
import { broadcastShapes, inWords, sameShape, ShapeError } from './shape';
import { reshaped, stretched, sumOver, sumTo, transposed } from './strided';
import { isFollowed, onceFor, remember } from './tape';
import { checkedTensor, commonDtype, type Tensor } from './tensor';
import { expandDims, squeeze } from './views';

/**
 * The matrix product `cᵢⱼ = Σₖ aᵢₖ bₖⱼ`: `(…, n, k)` times `(…, k, m)` is `(…, n, m)`, and the axes in front broadcast.
 * A vector stands for a row on the left and for a column on the right, and that axis is not in the result: `(n, k)`
 * times `(k,)` is `(n,)`. Throws a `ShapeError` where the inner lengths differ. As in the Array API standard.
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  checkedTensor('matmul', a, 'the first argument');
  checkedTensor('matmul', b, 'the second argument');
  if (a.rank === 0 || b.rank === 0) {
    throw new ShapeError(`${times(a, b)}: both need at least one axis; to scale a tensor use multiply`);
  }
  const left = a.rank === 1 ? expandDims(a, 0) : a;
  const right = b.rank === 1 ? expandDims(b, 1) : b;
  const k = left.shape.at(-1) ?? 0;
  const inner = right.shape.at(-2) ?? 0;
  if (k !== inner) {
    const axis = b.rank === 1 ? 'the only axis' : 'the second-to-last';
    throw new ShapeError(
      `${times(a, b)}: the last axis of the first (${k}) must equal ${axis} of the second (${inner})`,
    );
  }
  const y = product(left, right);
  // C = A B: dcᵢⱼ = Σₖ daᵢₖ bₖⱼ + aᵢₖ dbₖⱼ, therefore dA = dC Bᵀ and dB = Aᵀ dC.
  const c = isFollowed(left, right)
    ? remember('matmul', y, {
        inputs: [left, right],
        gradients: [(dy) => productTo(dy, transposed(right), left), (dy) => transposedProduct(left, dy, right)],
      })
    : y;
  const withoutRow = a.rank === 1 ? squeeze(c, -2) : c;
  return b.rank === 1 ? squeeze(withoutRow, -1) : withoutRow;
}

/**
 * An affine layer, `y = x Wᵀ + b`: `x` `(…, in)`, `W` `(out, in)`, `b` `(out,)` or left out; `y` `(…, out)`. In one
 * pass what `add(matmul(x, transpose(W)), b)` does in two.
 */
export function linear(x: Tensor, W: Tensor, b?: Tensor): Tensor {
  checkedTensor('linear', x, 'the first argument');
  checkedTensor('linear', W, 'the weight');
  if (x.rank === 0 || W.rank !== 2 || x.shape.at(-1) !== W.shape[1]) {
    throw new ShapeError(
      `linear: x ${inWords(x.shape)} and W ${inWords(W.shape)}: W must be (out, in), and in the last axis of x`,
    );
  }
  const [out = 0, inputs = 0] = W.shape;
  if (b !== undefined && !sameShape(checkedTensor('linear', b, 'the bias').shape, [out])) {
    throw new ShapeError(
      `linear: W ${inWords(W.shape)} and b ${inWords(b.shape)}: b must be (${out},), one for each output`,
    );
  }
  const shape = x.shape.with(-1, out);
  const dtype = b === undefined ? commonDtype(x, W) : commonDtype(x, W, b);
  checkBudget('linear', shape, dtype);
  const rows = reshaped(x, [inputs === 0 ? sizeBefore(x) : x.size / inputs, inputs]);
  const weights = transposed(W);
  const backend = b === undefined ? backendFor('matmul', rows, weights) : backendFor('matmul', rows, weights, b);
  const y = reshaped(backend.matmul(rows, weights, { bias: b }), shape);
  if (!isFollowed(x, W, b)) return y;
  const flat = onceFor((dy) => reshaped(dy, [rows.shape[0] ?? 0, out]));
  // yₙⱼ = Σᵢ xₙᵢ wⱼᵢ + bⱼ: dx = dy W, dW = dyᵀ x, db = Σₙ dyₙ.
  const dx = (dy: Tensor): Tensor => reshaped(product(flat(dy), W), x.shape);
  const dW = (dy: Tensor): Tensor => product(transposed(flat(dy)), rows);
  if (b === undefined) return remember('linear', y, { inputs: [x, W], gradients: [dx, dW] });
  const db = (dy: Tensor): Tensor => sumOver(flat(dy), [true, false]);
  return remember('linear', y, { inputs: [x, W, b], gradients: [dx, dW, db] });
}

function sizeBefore(x: Tensor): number {
  return x.shape.slice(0, -1).reduce((size, length) => size * length, 1);
}

/** `(…, n, k)` times `(…, k, m)`, batch axes broadcast, nothing on the tape. */
function product(a: Tensor, b: Tensor): Tensor {
  const [n = 0, k = 0] = a.shape.slice(-2);
  const m = b.shape.at(-1) ?? 0;
  if (b.rank === 2 && a.rank > 2) {
    // One matrix for the whole batch: the batch becomes more rows, and many small products one large one.
    const rows = a.size === 0 ? sizeBefore(a) : a.size / k;
    return reshaped(product(reshaped(a, [rows, k]), b), [...a.shape.slice(0, -1), m]);
  }
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = sameShape(batchA, batchB)
    ? batchA
    : broadcastShapes(`${times(a, b)}: the axes in front`, batchA, batchB);
  checkBudget('matmul', [...batch, n, m], commonDtype(a, b));
  const first = sameShape(batch, batchA) ? a : stretched(a, [...batch, n, k]);
  const second = sameShape(batch, batchB) ? b : stretched(b, [...batch, k, m]);
  return backendFor('matmul', first, second).matmul(first, second);
}

/** `a b`, summed over the batch axes that `like` was stretched along. */
function productTo(a: Tensor, b: Tensor, like: Tensor): Tensor {
  return sumTo(product(a, b), like.shape);
}

/** `aᵀ dy`, summed to the shape of `like`. */
function transposedProduct(a: Tensor, dy: Tensor, like: Tensor): Tensor {
  if (like.rank > 2 || a.rank === 2) return productTo(transposed(a), dy, like);
  // Σ over the batch of aᵀ dy is one product of the batch's rows.
  const [k = 0, m = 0] = like.shape;
  const rows = sizeBefore(a);
  return product(transposed(reshaped(a, [rows, k])), reshaped(dy, [rows, m]));
}

function times(a: Tensor, b: Tensor): string {
  return `matmul: ${inWords(a.shape)} times ${inWords(b.shape)}`;
}
