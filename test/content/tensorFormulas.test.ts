/**
 * The formulas of part 1, held against numbers: on one side what the reference solution computes, which is written in loops
 * over float32, on the other the formula, index by index.
 */
import { batchedMatmul } from 'tensors/batched-matmul';
import { broadcastTo, outerSum } from 'tensors/broadcasting';
import { arange, linspace } from 'tensors/create';
import { accuracy, agreement, classify, meanImages, normalise } from 'tensors/digit-templates';
import { einsum } from 'tensors/einsum';
import { column, item, maskedFill, row } from 'tensors/indexing';
import { dot, matmul, matvec } from 'tensors/matmul';
import { l2Norm, mean, std, sum } from 'tensors/reductions';
import { flattenColumns, flattenRows, permute } from 'tensors/reshape';
import { logSumExp, softmax } from 'tensors/softmax';
import { flatIndex, multiIndex, transposeStrides } from 'tensors/strides';
import { add, exp, stack, tensor } from '../../src/tensor';
import type { Tensor } from '../../src/tensor';
import { filled, itHolds, number, oneHots } from './formulas';
import type { Draw, Formula } from './formulas';

const raw = String.raw;
const range = (length: number): number[] => Array.from({ length }, (_, index) => index);
const total = (length: number, term: (index: number) => number): number =>
  range(length).reduce((sum, index) => sum + term(index), 0);

/** A formula of float32: what is left of its digits is good to some 1e-6. */
const rounded = (lesson: string, tex: string, sides: Formula['sides']): Formula => ({
  lesson,
  tex,
  sides,
  within: 2e-5,
});

/** Seven small pictures of three classes, and a template for each. */
function pictures({ rng, normal }: Draw) {
  const labels = [0, 2, 1, 0, 2, 2, 1];
  const images = rng.uniform([7, 2, 3], { dtype: 'float64' });
  return { labels, images, templates: normal(3, 2, 3), members: oneHots(labels, 3) };
}

const lengthOf = (x: Tensor, c: number): number => Math.sqrt(total(2, (h) => total(3, (w) => x.at(c, h, w) ** 2)));

const formulas: readonly Formula[] = [
  rounded('create', raw`x_i = \text{start} + i \cdot \text{step}`, () => [
    arange(2, 9, 1.5),
    filled([Math.ceil((9 - 2) / 1.5)], (i) => 2 + i * 1.5),
  ]),
  rounded('create', raw`x_i = \text{start} + i \cdot \frac{\text{stop} - \text{start}}{n - 1}`, ({ rng }) => {
    const [start, stop, n] = [rng.number(), 5 + rng.number(), 7];
    return [linspace(start, stop, n), filled([n], (i) => start + (i * (stop - start)) / (n - 1))];
  }),
  rounded('strides', raw`p = \sum_{d} i_d \, s_d`, () => {
    const [shape, strides] = [
      [3, 4, 5],
      [20, 5, 1],
    ];
    const sides = (of: (index: number[]) => number): Tensor => filled(shape, (...index) => of(index));
    return [sides((index) => flatIndex(index, shape)), sides((index) => total(3, (d) => index[d]! * strides[d]!))];
  }),
  rounded('strides', raw`s_d = n_{d+1} \cdot n_{d+2} \cdots n_{r-1}`, () => {
    // The place of a single step along an axis is that axis's stride.
    const shape = [3, 4, 5, 2];
    const steps = shape.map((_, d) =>
      flatIndex(
        shape.map((_size, e) => (e === d ? 1 : 0)),
        shape,
      ),
    );
    return [tensor(steps), tensor(shape.map((_, d) => shape.slice(d + 1).reduce((product, n) => product * n, 1)))];
  }),
  rounded('strides', raw`p_{d-1} = \left\lfloor \frac{p_d}{n_d} \right\rfloor`, ({ rng }) => {
    const [shape, p] = [[3, 4, 5], rng.integer(0, 60)];
    const index: number[] = [];
    let rest = p;
    for (const n of [...shape].reverse()) {
      index.unshift(rest % n);
      rest = Math.floor(rest / n);
    }
    return [tensor(multiIndex(p, shape)), tensor(index)];
  }),
  rounded('strides', raw`i \, s_0 + j \, s_1 = j \, s_1 + i \, s_0`, () => {
    const [s0 = NaN, s1 = NaN] = transposeStrides([3, 4]);
    // Entry j, i of the transpose lies where entry i, j lay.
    return [filled([4, 3], (j, i) => j * s0 + i * s1), filled([4, 3], (j, i) => flatIndex([i, j], [3, 4]))];
  }),
  rounded(
    'indexing',
    raw`i'_d = \begin{cases} i_d & \text{if } i_d \ge 0 \\ i_d + n_d & \text{if } i_d < 0 \end{cases}`,
    (draw) => {
      const x = draw.normal(3, 4);
      return [number(item(x, [-1, -3])), number(x.at(2, 1))];
    },
  ),
  rounded('indexing', raw`r_j = x_{ij}`, ({ normal }) => {
    const x = normal(3, 4);
    return [row(x, 1), filled([4], (j) => x.at(1, j))];
  }),
  rounded('indexing', raw`c_i = x_{ij}`, ({ normal }) => {
    const x = normal(3, 4);
    return [column(x, 2), filled([3], (i) => x.at(i, 2))];
  }),
  rounded(
    'indexing',
    raw`y_p = \begin{cases} v & \text{if } m_p \ne 0 \\ x_p & \text{otherwise} \end{cases}`,
    (draw) => {
      const [x, m] = [draw.normal(3, 4), draw.rng.integers([3, 4], { low: 0, high: 2 })];
      return [maskedFill(x, m, 7), filled([3, 4], (i, j) => (m.at(i, j) === 0 ? x.at(i, j) : 7))];
    },
  ),
  rounded('broadcasting', raw`0 & \text{if axis } d \text{ is stretched or new}`, ({ normal }) => {
    const x = normal(3, 1);
    return [broadcastTo(x, [2, 3, 4]), filled([2, 3, 4], (_, i) => x.at(i, 0))];
  }),
  rounded('broadcasting', raw`c_{ij} = a_i + b_j`, ({ normal }) => {
    const [a, b] = [normal(3), normal(4)];
    return [outerSum(a, b), filled([3, 4], (i, j) => a.at(i) + b.at(j))];
  }),
  rounded('reductions', raw`\mu = \frac{1}{n} \sum_{k} x_k`, ({ normal }) => {
    const x = normal(3, 4);
    return [mean(x, { axis: 1 }), filled([3], (i) => total(4, (k) => x.at(i, k)) / 4)];
  }),
  rounded('reductions', raw`\sigma = \sqrt{ \frac{1}{n} \sum_{k} (x_k - \mu)^2 }`, ({ normal }) => {
    const x = normal(3, 4);
    const mu = (i: number): number => total(4, (k) => x.at(i, k)) / 4;
    return [std(x, { axis: 1 }), filled([3], (i) => Math.sqrt(total(4, (k) => (x.at(i, k) - mu(i)) ** 2) / 4))];
  }),
  rounded('reductions', raw`\lVert x \rVert = \sqrt{ \sum_{k} x_k^2 }`, ({ normal }) => {
    const x = normal(3, 4);
    return [l2Norm(x, { axis: 0 }), filled([4], (j) => Math.sqrt(total(3, (k) => x.at(k, j) ** 2)))];
  }),
  rounded('reductions', raw`\text{place}(b, k, c) = (b \cdot n + k) \cdot A + c`, ({ normal }) => {
    const x = normal(2, 3, 4);
    return [sum(x, { axis: 1 }), filled([2, 4], (b, c) => total(3, (k) => x.data[(b * 3 + k) * 4 + c]!))];
  }),
  rounded('reshape', raw`y_{i \cdot n + j} = x_{ij}`, ({ normal }) => {
    const x = normal(3, 4);
    return [flattenRows(x), filled([12], (place) => x.at(Math.floor(place / 4), place % 4))];
  }),
  rounded('reshape', raw`y_{j \cdot m + i} = x_{ij}`, ({ normal }) => {
    const x = normal(3, 4);
    return [flattenColumns(x), filled([12], (place) => x.at(place % 3, Math.floor(place / 3)))];
  }),
  rounded(
    'reshape',
    raw`i_{\pi(d)} = j_d,
\qquad
\text{shape}(y)_d = n_{\pi(d)}`,
    ({ normal }) => {
      const x = normal(2, 3, 4);
      return [permute(x, [2, 0, 1]), filled([4, 2, 3], (a, b, c) => x.at(b, c, a))];
    },
  ),
  rounded('matmul', raw`a \cdot b = \sum_{k} a_k \, b_k`, ({ normal }) => {
    const [a, b] = [normal(5), normal(5)];
    return [number(dot(a, b)), number(total(5, (k) => a.at(k) * b.at(k)))];
  }),
  rounded('matmul', raw`y_i = \sum_{k} A_{ik} \, x_k`, ({ normal }) => {
    const [A, x] = [normal(3, 4), normal(4)];
    return [matvec(A, x), filled([3], (i) => total(4, (k) => A.at(i, k) * x.at(k)))];
  }),
  rounded('matmul', raw`C_{ij} = \sum_{k} A_{ik} \, B_{kj}`, ({ normal }) => {
    const [A, B] = [normal(3, 4), normal(4, 2)];
    return [matmul(A, B), filled([3, 2], (i, j) => total(4, (k) => A.at(i, k) * B.at(k, j)))];
  }),
  rounded('batched-matmul', raw`C_{tij} = \sum_k A_{tik} \, B_{tkj}`, ({ normal }) => {
    const [A, B] = [normal(2, 3, 4), normal(2, 4, 2)];
    const expected = filled([2, 3, 2], (t, i, j) => total(4, (k) => A.at(t, i, k) * B.at(t, k, j)));
    return [batchedMatmul(A, B), expected];
  }),
  rounded('einsum', raw`C_{ik} = \sum_{j} A_{ij} \, B_{jk}`, ({ normal }) => {
    const [A, B] = [normal(3, 4), normal(4, 2)];
    return [einsum('ij,jk->ik', A, B), filled([3, 2], (i, k) => total(4, (j) => A.at(i, j) * B.at(j, k)))];
  }),
  rounded('softmax', raw`s_i = \frac{e^{x_i}}{\sum_j e^{x_j}}`, ({ normal }) => {
    const x = normal(5);
    return [softmax(x, 0), filled([5], (i) => Math.exp(x.at(i)) / total(5, (j) => Math.exp(x.at(j))))];
  }),
  rounded(
    'softmax',
    raw`\frac{e^{x_i + c}}{\sum_j e^{x_j + c}}
= \frac{e^{c} \, e^{x_i}}{e^{c} \sum_j e^{x_j}}
= s_i`,
    ({ normal }) => {
      const x = normal(5);
      return [softmax(add(x, 2.5), 0), softmax(x, 0)];
    },
  ),
  rounded('softmax', raw`\ln \sum_j e^{x_j} = m + \ln \sum_j e^{x_j - m}`, ({ normal }) => {
    const x = normal(5);
    const m = Math.max(...x.data);
    const shifted = m + Math.log(total(5, (j) => Math.exp(x.at(j) - m)));
    return [stack([logSumExp(x, 0), number(Math.log(total(5, (j) => exp(x).at(j))))]), tensor([shifted, shifted])];
  }),
  rounded(
    'digit-templates',
    raw`T_{chw} = \frac{1}{N_c} \sum_{n} m_{nc} \, x_{nhw},
\qquad
N_c = \sum_n m_{nc}`,
    (draw) => {
      const { labels, images, members } = pictures(draw);
      const count = (c: number): number => total(7, (n) => members.at(n, c));
      const expected = filled(
        [3, 2, 3],
        (c, h, w) => total(7, (n) => members.at(n, c) * images.at(n, h, w)) / count(c),
      );
      return [meanImages(images, tensor(labels), 3), expected];
    },
  ),
  rounded('digit-templates', raw`A_{nc} = \sum_{h} \sum_{w} x_{nhw} \, T_{chw}`, (draw) => {
    const { images, templates: T } = pictures(draw);
    const expected = filled([7, 3], (n, c) => total(2, (h) => total(3, (w) => images.at(n, h, w) * T.at(c, h, w))));
    return [agreement(images, T), expected];
  }),
  rounded('digit-templates', raw`\hat{y}_n = \operatorname*{argmax}_{c} A_{nc}`, (draw) => {
    const { images, templates } = pictures(draw);
    const A = agreement(images, templates);
    const best = filled([7], (n) => [0, 1, 2].reduce((most, c) => (A.at(n, c) > A.at(n, most) ? c : most), 0));
    return [classify(images, templates), best];
  }),
  rounded('digit-templates', raw`\text{accuracy} = \frac{1}{N} \sum_n \, [\hat{y}_n = y_n]`, ({ rng }) => {
    const [said, right] = [0, 1].map(() => rng.integers([9], { low: 0, high: 3 }));
    return [number(accuracy(said!, right!)), number(total(9, (n) => (said!.at(n) === right!.at(n) ? 1 : 0)) / 9)];
  }),
  rounded('digit-templates', raw`\hat{T}_{chw} = \frac{T_{chw}}{\lVert T_c \rVert}`, (draw) => {
    const { templates: T } = pictures(draw);
    return [normalise(T), filled([3, 2, 3], (c, h, w) => T.at(c, h, w) / lengthOf(T, c))];
  }),
];

describe('The formulas of part 1', () => itHolds('tensors', formulas));
