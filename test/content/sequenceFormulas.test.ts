/** The formulas of part 3's sequences (classifier, training, transfer), held against numbers. */
import { distanceBias, meanOfTokens } from 'attention/classifier';
import { causalLanguageLoss } from 'attention/next-token';
import { fromData, linear, log, mean, multiply, negative, softmax, sum, tensor } from '../../src/tensor';
import type { Tensor } from '../../src/tensor';
import { itHolds } from './formulas';
import type { Formula } from './formulas';

const numbers = (values: readonly number[], shape: readonly number[]): Tensor =>
  fromData(Float64Array.from(values), shape);
const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

const formulas: readonly Formula[] = [
  {
    lesson: 'classifier',
    tex: 'b_{aij} = R_{a, \\; k + \\operatorname{clip}(j - i, \\, -k, \\, k)}',
    sides({ normal }) {
      const [R, n, k] = [normal(2, 5), 6, 2];
      const right = range(2).flatMap((a) =>
        range(n).flatMap((i) => range(n).map((j) => R.at(a, k + Math.min(k, Math.max(-k, j - i))))),
      );
      return [distanceBias(R, n), numbers(right, [2, n, n])];
    },
  },
  {
    lesson: 'classifier',
    tex: 'e^5 \\approx 148',
    sides: () => [numbers([Math.round(Math.exp(5))], []), numbers([148], [])],
  },
  {
    lesson: 'classifier',
    tex: '\\bar x_t = \\frac{1}{\\ell_t} \\sum_{i < \\ell_t} x_{ti}',
    sides({ normal }) {
      const [x, lengths] = [normal(3, 4, 2), [4, 1, 3]];
      const right = lengths.flatMap((length, t) =>
        range(2).map((c) => range(length).reduce((total, i) => total + x.at(t, i, c), 0) / length),
      );
      return [meanOfTokens(x, lengths), numbers(right, [3, 2])];
    },
    // The shares, one over the length, are float32.
    within: 1e-6,
  },
  {
    lesson: 'classifier',
    tex: 'z = \\bar x W^\\top + b',
    sides({ normal }) {
      const [x, W, b] = [normal(3, 4), normal(2, 4), normal(2)];
      const right = range(3).flatMap((t) =>
        range(2).map((k) => b.at(k) + range(4).reduce((total, c) => total + x.at(t, c) * W.at(k, c), 0)),
      );
      return [linear(x, W, b), numbers(right, [3, 2])];
    },
  },
  {
    lesson: 'train-classifier',
    tex: 'L = \\frac1B \\sum_{t} - \\ln \\operatorname{softmax}(z_t)_{y_t}',
    sides({ normal }) {
      const [z, y] = [normal(4, 3), [2, 0, 1, 1]];
      const chosen = numbers(
        y.flatMap((own) => range(3).map((k) => (k === own ? 1 : 0))),
        [4, 3],
      );
      const surprise = sum(multiply(negative(log(softmax(z))), chosen), { axis: 1 });
      return [causalLanguageLoss(z, tensor(y)), mean(surprise)];
    },
  },
  {
    lesson: 'train-classifier',
    tex: '\\Bigl\\lceil \\frac NB \\Bigr\\rceil',
    // Twelve epochs of 5,179 texts in batches of 32 are the steps that the lesson counts.
    sides: () => [numbers([12 * Math.ceil(5_179 / 32)], []), numbers([1_944], [])],
  },
  {
    lesson: 'train-classifier',
    tex: '\\eta_s = \\eta \\, \\Bigl( 1 - \\frac{s}{S} \\Bigr)',
    // In a straight line to 0: the rates of all steps add up to half of what they would be at the full rate, and half a step.
    sides() {
      const [rate, S] = [0.006, 40];
      const all = range(S).reduce((total, s) => total + rate * (1 - s / S), 0);
      return [numbers([all], []), numbers([(rate * (S + 1)) / 2], [])];
    },
  },
];

describe('A formula of the lessons on sequences', () => {
  itHolds('attention', formulas);
});
