/**
 * The tensor library that exercises import as `'tensor'`. Operations are functions, not methods, so that an exercise
 * can offer some of them by name.
 */
export { Tensor } from './tensor';
export type { DType, Layout, Nested, Values } from './tensor';
export { ShapeError } from './shape';
export type { Shape } from './shape';
export { arange, astype, fromData, full, linspace, ones, tensor, zeros } from './create';
export type { DTypeOption } from './create';
export { random } from './random';
export type { Random } from './random';
export { broadcastTo, concat, expandDims, permute, reshape, slice, squeeze, stack, transpose } from './views';
export type { SliceRange } from './views';
export {
  abs,
  add,
  divide,
  equal,
  exp,
  greater,
  less,
  log,
  maximum,
  minimum,
  multiply,
  negative,
  power,
  relu,
  sigmoid,
  sqrt,
  subtract,
  tanh,
  where,
} from './elementwise';
export type { Operand } from './elementwise';
export { argmax, max, mean, min, std, sum } from './reduce';
export type { ReduceOptions } from './reduce';
export { matmul } from './linear';
export { softmax } from './softmax';
export type { KernelContext } from './kernel';
