/**
 * The tensor library that exercises import as `'tensor'`. Operations are functions, not methods, so that an exercise
 * can offer some of them by name. Files lie in layers: `shape` and `values`, then `tensor`, then `backends` behind one
 * port, then views and operations with their derivatives, which end in `tape`, and on top of them `nn`.
 *
 * What special values do, in every operation and on every backend:
 *
 * | what | convention |
 * |---|---|
 * | NaN | goes through everything: sums, `relu`, `maximum`, `max`; `argmax` and `argmin` give the place of the first. Comparisons with it are 0, but `notEqual` is 1. `where` and `maskedFill` pass on what they choose only |
 * | ±Infinity | as in IEEE 754: `log(0)` = −Infinity, `exp(−Infinity)` = 0, `Infinity − Infinity`, `0 · Infinity` and `sqrt` or `log` of a negative number are NaN; `sigmoid`, `tanh`, `erf` reach 0 or ±1; `gelu(−Infinity)` = 0 |
 * | softmax with +Infinity | NaN in that row, since which share it takes is undefined |
 * | −0 | equals 0; `relu(−0)` is 0 of either sign; `negative(0)` = −0; the sign of a zero that results otherwise is not promised |
 * | denormals | kept by `loops`; another backend may read or make 0 in their place |
 * | empty axes | `sum` is 0, `mean` NaN, a product over nothing 0; `max`, `min`, `argmax`, `argmin` throw a `ShapeError`; element by element, nothing in, nothing out |
 * | fully masked rows | a row of −Infinity alone: `softmax` zeros, `logSumExp` −Infinity, `logSoftmax` −Infinity; no gradient passes |
 * | ties | `argmax`, `argmin`: the first; the gradients of `max`, `min`, `maximum`, `minimum` go to all in equal parts |
 * | kinks | `relu` and `abs` have the derivative 0 at 0 |
 * | large results | a tensor above the byte budget throws a `BudgetError` before it is made |
 */
export { Tensor, FreedError } from './tensor';
export type { Layout, Nested, StorageOwner } from './tensor';
export type { DType, Values } from './values';
export { ShapeError } from './shape';
export type { Shape } from './shape';
export { BudgetError, setByteBudget } from './budget';
export { arange, astype, fromData, full, linspace, ones, tensor, zeros } from './create';
export type { DTypeOption } from './create';
export { dispose, keep, scope } from './memory';
export { random } from './random';
export type { Random } from './random';
export { broadcastTo, expandDims, permute, reshape, slice, squeeze, transpose } from './views';
export type { SliceRange } from './views';
export { concat, stack } from './join';
export { embedding, gather, maskedFill, maskedSelect, oneHot, take } from './select';
export type { Indices } from './select';
export {
  add,
  clip,
  divide,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  multiply,
  notEqual,
  power,
  subtract,
  where,
} from './arithmetic';
export type { Operand } from './arithmetic';
export {
  abs,
  ceil,
  cos,
  erf,
  exp,
  expm1,
  floor,
  gelu,
  log,
  log1p,
  negative,
  reciprocal,
  relu,
  round,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  tanh,
} from './functions';
export { argmax, argmin, max, mean, min, std, sum, variance } from './reduce';
export type { ReduceOptions } from './reduce';
export { linear, matmul } from './linear';
export { einsum } from './einsum';
export { logSoftmax, logSumExp, softmax } from './softmax';
export { layerNorm } from './normalise';
export type { LayerNormOptions } from './normalise';
export { backward, detach, grad, noGrad, parameter, requiresGrad, zeroGrad } from './tape';
export { traceNonFinite } from './nonFinite';
export type { NonFinite } from './nonFinite';
export { EncoderBlock, Embedding, LayerNorm, Linear, MultiHeadAttention } from './nn/index';
export type { AttentionMask } from './nn/index';
export { namedParameters, parametersOf } from './nn/parameters';
export { Adam, SGD } from './optimisers';
export type { Optimiser } from './optimisers';
export { loadParameters, loadTensors, saveTensors } from './safetensors';
export type { KernelContext } from './kernel';
