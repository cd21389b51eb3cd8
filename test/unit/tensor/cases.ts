/**
 * The functions of the library on inputs of irregular shapes, as one table: `gradients.test.ts` takes each derivative
 * of it, `backends.test.ts` computes each result and gradient on every backend.
 */
import * as T from '../../../src/tensor';

export interface Case {
  readonly shapes: readonly T.Shape[];
  /** A smooth function of the inputs; it is weighted and summed to a number. */
  readonly f: (...inputs: T.Tensor[]) => T.Tensor;
  /** Turns normal numbers into ones where `f` is smooth. */
  readonly domain?: (x: number) => number;
}

const positive = (x: number): number => Math.abs(x) + 0.5;
const offZero = (x: number): number => x + Math.sign(x) * 0.2;
const unaryShapes: readonly T.Shape[][] = [[[]], [[5]], [[3, 4]], [[2, 1, 3]], [[1, 7]], [[4, 1]], [[9, 5]]];
const pairShapes: readonly T.Shape[][] = [
  [
    [3, 4],
    [3, 4],
  ],
  [
    [3, 1],
    [2, 3, 4],
  ],
  [[4], [3, 4]],
  [[], [2, 2]],
  [
    [2, 3, 1],
    [1, 4],
  ],
].map((pair) => pair as T.Shape[]);

const unary = (f: (x: T.Tensor) => T.Tensor, domain?: (x: number) => number): Case[] =>
  unaryShapes.map((shapes) => (domain ? { shapes, f, domain } : { shapes, f }));
const pairs = (f: (a: T.Tensor, b: T.Tensor) => T.Tensor, domain?: (x: number) => number): Case[] =>
  pairShapes.map((shapes) => (domain ? { shapes, f, domain } : { shapes, f }) as Case);
const one = (shape: T.Shape, f: (x: T.Tensor) => T.Tensor): Case => ({ shapes: [shape], f });

const mask = T.tensor([
  [1, 0, 1],
  [0, 0, 1],
]);

/** Every differentiable function of the library by its name. */
export const differentiable: Readonly<Record<string, readonly Case[]>> = {
  negative: unary(T.negative),
  abs: unary(T.abs, offZero),
  square: unary(T.square),
  reciprocal: unary(T.reciprocal, positive),
  sqrt: unary(T.sqrt, positive),
  exp: unary(T.exp),
  expm1: unary(T.expm1),
  log: unary(T.log, positive),
  log1p: unary(T.log1p, positive),
  sin: unary(T.sin),
  cos: unary(T.cos),
  tanh: unary(T.tanh),
  sigmoid: unary(T.sigmoid),
  relu: unary(T.relu, offZero),
  erf: unary(T.erf),
  gelu: unary(T.gelu),
  clip: unary((x) => T.clip(x, -10, 10)),
  add: pairs(T.add),
  subtract: pairs(T.subtract),
  multiply: pairs(T.multiply),
  divide: pairs(T.divide, positive),
  power: pairs(T.power, positive),
  maximum: pairs(T.maximum),
  minimum: pairs(T.minimum),
  where: pairs((a, b) => T.where(T.greater(T.detach(a), T.detach(b)), T.square(a), b)),
  sum: reductions(T.sum),
  mean: reductions(T.mean),
  max: reductions(T.max),
  min: reductions(T.min),
  std: reductions(T.std),
  variance: reductions(T.variance),
  matmul: [
    {
      shapes: [
        [3, 4],
        [4, 5],
      ],
      f: T.matmul,
    },
    {
      shapes: [
        [2, 3, 4],
        [4, 5],
      ],
      f: T.matmul,
    },
    {
      shapes: [
        [3, 4],
        [2, 4, 5],
      ],
      f: T.matmul,
    },
    {
      shapes: [
        [5, 1, 2, 3],
        [4, 3, 6],
      ],
      f: T.matmul,
    },
    { shapes: [[4], [4, 2]], f: T.matmul },
    { shapes: [[2, 3, 4], [4]], f: T.matmul },
    { shapes: [[4], [4]], f: T.matmul },
    {
      shapes: [
        [4, 3],
        [5, 4],
      ],
      f: (a, b) => T.matmul(T.transpose(a), T.transpose(b)),
    },
    {
      shapes: [
        [3, 2, 4],
        [4, 5],
      ],
      f: (a, b) => T.matmul(T.permute(a, [1, 0, 2]), b),
    },
  ],
  linear: [
    { shapes: [[5, 3], [2, 3], [2]], f: T.linear },
    { shapes: [[2, 4, 3], [2, 3], [2]], f: T.linear },
    { shapes: [[3], [2, 3]], f: (x, W) => T.linear(x, W) },
  ],
  permute: [one([2, 3, 4], (x) => T.permute(x, [2, 0, 1]))],
  transpose: [one([2, 3, 4], T.transpose)],
  reshape: [one([2, 6], (x) => T.reshape(x, [3, -1])), one([2, 6], (x) => T.reshape(T.transpose(x), [4, 3]))],
  broadcastTo: [one([3, 1], (x) => T.broadcastTo(x, [2, 3, 4])), one([], (x) => T.broadcastTo(x, [2, 2]))],
  expandDims: [one([2, 3], (x) => T.expandDims(x, 1)), one([2, 3], (x) => T.expandDims(T.transpose(x), -1))],
  squeeze: [one([2, 1, 3], (x) => T.squeeze(x, 1))],
  slice: [one([4, 5], (x) => T.slice(x, [[1, 4, 2], -1])), one([4, 5], (x) => T.slice(T.transpose(x), [[0, 2]]))],
  concat: [
    {
      shapes: [
        [2, 3],
        [2, 1],
        [2, 3],
      ],
      f: (...all) => T.concat(all, 1),
    },
  ],
  stack: [
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      f: (...all) => T.stack(all, 1),
    },
  ],
  astype: [one([3], (x) => T.astype(x, 'float64'))],
  take: [
    one([4, 3], (x) =>
      T.take(
        x,
        T.tensor([
          [0, 2],
          [2, -1],
        ]),
        0,
      ),
    ),
    one([2, 4], (x) => T.take(x, [1, 1, 3], 1)),
  ],
  embedding: [one([4, 3], (x) => T.embedding(x, T.tensor([[0, 3, 3]])))],
  gather: [
    one([2, 4], (x) =>
      T.gather(
        x,
        T.tensor([
          [0, 3, 3],
          [1, -1, 0],
        ]),
      ),
    ),
  ],
  maskedSelect: [
    one([2, 3], (x) => T.maskedSelect(x, mask)),
    one([2, 3], (x) => T.maskedSelect(T.square(x), T.tensor([1, 0, 1]))),
  ],
  maskedFill: [one([2, 3], (x) => T.maskedFill(x, mask, 7)), one([4, 2, 3], (x) => T.maskedFill(x, mask, 2))],
  softmax: [
    one([3, 5], (x) => T.softmax(x)),
    one([3, 5], (x) => T.softmax(x, 0)),
    one([2, 3, 4], (x) => T.softmax(x, 1)),
  ],
  logSoftmax: [one([3, 5], (x) => T.logSoftmax(x)), one([2, 3, 4], (x) => T.logSoftmax(x, 1))],
  logSumExp: [one([3, 5], (x) => T.logSumExp(x)), one([2, 3, 4], (x) => T.logSumExp(x, { axis: 1, keepdim: true }))],
  layerNorm: [
    { shapes: [[3, 5], [5], [5]], f: (x, gamma, beta) => T.layerNorm(x, { gamma, beta }) },
    { shapes: [[2, 3, 4], [4], [4]], f: (x, gamma, beta) => T.layerNorm(x, { gamma, beta, epsilon: 0.1 }) },
  ],
  einsum: [
    {
      shapes: [
        [3, 4],
        [4, 5],
      ],
      f: (a, b) => T.einsum('ij,jk->ik', a, b),
    },
    { shapes: [[3, 3]], f: (a) => T.einsum('ii->', a) },
    { shapes: [[3, 3], [3]], f: (a, b) => T.einsum('ii,i->i', a, b) },
    { shapes: [[2, 3, 4], [2, 5, 4], [5]], f: (a, b, c) => T.einsum('bqc,bkc,k->bq', a, b, c) },
  ],
};

/** The others that compute something from tensors. */
export const flat: Readonly<Record<string, readonly Case[]>> = {
  sign: unary(T.sign),
  floor: unary(T.floor),
  ceil: unary(T.ceil),
  round: unary(T.round),
  argmax: reductions((x, options) => T.argmax(x, single(options))),
  argmin: reductions((x, options) => T.argmin(x, single(options))),
  equal: pairs((a, b) => T.equal(T.round(a), T.round(b))),
  notEqual: pairs((a, b) => T.notEqual(T.round(a), T.round(b))),
  greater: pairs(T.greater),
  greaterEqual: pairs((a, b) => T.greaterEqual(T.round(a), T.round(b))),
  less: pairs(T.less),
  lessEqual: pairs((a, b) => T.lessEqual(T.round(a), T.round(b))),
  oneHot: [one([3, 2], (x) => T.oneHot(T.abs(T.round(T.clip(x, 0, 3))), 4))],
};

/** Places are found along one axis or over all. */
function single({ axis, keepdim }: T.ReduceOptions = {}): { axis?: number; keepdim?: boolean } {
  return typeof axis === 'number' ? { axis, keepdim: keepdim ?? false } : {};
}

function reductions(f: (x: T.Tensor, options?: T.ReduceOptions) => T.Tensor): Case[] {
  return [
    one([2, 3, 4], (x) => f(x)),
    one([2, 3, 4], (x) => f(x, { axis: 0 })),
    one([2, 3, 4], (x) => f(x, { axis: [0, 1] })),
    one([2, 3, 4], (x) => f(x, { axis: 1, keepdim: true })),
    one([2, 3, 4], (x) => f(x, { axis: [2, 0] })),
    one([3, 4], (x) => f(T.transpose(x), { axis: 1 })),
  ];
}
