/**
 * The rest of the reference backend: what training needs in one pass, layer norm, derivatives and optimisers' steps, in
 * plain loops over 64-bit numbers.
 */
import { sizeOf } from '../shape';
import { commonDtype, emptyValues, isRowMajor, layoutOf, ofValues, type Tensor, type Values } from '../tensor';
import type { AdamStep, Backend, MomentumStep, Step } from './backend';

type Training = Pick<
  Backend,
  | 'sumRows'
  | 'contiguous'
  | 'softmaxBackward'
  | 'layerNorm'
  | 'layerNormBackward'
  | 'sgdStep'
  | 'momentumStep'
  | 'adamStep'
>;

/** `values[i]`, for loops whose bounds are right by construction. */
const at = (values: Values, i: number): number => values[i] ?? NaN;

function sizesOf(x: Tensor): { rows: number; columns: number } {
  return { rows: sizeOf(x.shape.slice(0, -1)), columns: x.shape.at(-1) ?? 1 };
}

/** Where the entries of a parameter really lie, so that a step is seen by every view of it. */
function inPlace(x: Tensor): { values: Values; start: number } {
  const { storage, strides, offset } = layoutOf(x);
  return isRowMajor(x.shape, strides) ? { values: storage, start: offset } : { values: x.data, start: 0 };
}

/** Gives `formula` each entry's index; it returns the distance that the parameter goes down. */
function descend({ parameter, gradient }: Step, formula: (i: number, slope: number) => number): void {
  const { values, start } = inPlace(parameter);
  const slopes = gradient.data;
  for (let i = 0; i < slopes.length; i++) values[start + i] = at(values, start + i) - formula(i, at(slopes, i));
}

export const loopsTraining: Training = {
  sumRows(x) {
    const { columns } = sizesOf(x);
    const totals = new Float64Array(columns);
    const values = x.data;
    for (let i = 0; i < values.length; i++) totals[i % columns] = (totals[i % columns] ?? 0) + at(values, i);
    const result = emptyValues(x.dtype, columns);
    result.set(totals);
    return ofValues(result, [columns]);
  },

  contiguous: (x) => ofValues(x.data.slice(), x.shape),

  softmaxBackward(dy, y) {
    const { rows, columns } = sizesOf(y);
    const [upstream, weights] = [dy.data, y.data];
    const result = emptyValues(commonDtype(dy, y), y.size);
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      let inner = 0;
      for (let i = start; i < start + columns; i++) inner += at(upstream, i) * at(weights, i);
      for (let i = start; i < start + columns; i++) result[i] = at(weights, i) * (at(upstream, i) - inner);
    }
    return ofValues(result, y.shape);
  },

  layerNorm(x, { gamma, beta, epsilon }) {
    const { rows, columns } = sizesOf(x);
    const dtype = commonDtype(x, gamma, beta);
    const [values, scale, shift] = [x.data, gamma.data, beta.data];
    const [y, means, rstds] = [emptyValues(dtype, x.size), emptyValues(dtype, rows), emptyValues(dtype, rows)];
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      let total = 0;
      for (let i = 0; i < columns; i++) total += at(values, start + i);
      const mean = total / columns;
      let squares = 0;
      for (let i = 0; i < columns; i++) squares += (at(values, start + i) - mean) ** 2;
      const rstd = 1 / Math.sqrt(squares / columns + epsilon);
      for (let i = 0; i < columns; i++)
        y[start + i] = (at(values, start + i) - mean) * rstd * at(scale, i) + at(shift, i);
      means[row] = mean;
      rstds[row] = rstd;
    }
    const outer = x.shape.slice(0, -1);
    return { y: ofValues(y, x.shape), mean: ofValues(means, outer), rstd: ofValues(rstds, outer) };
  },

  layerNormBackward(dy, { x, gamma, mean, rstd }) {
    const { rows, columns } = sizesOf(x);
    const dtype = commonDtype(dy, x, gamma);
    const [upstream, values, scale, means, rstds] = [dy.data, x.data, gamma.data, mean.data, rstd.data];
    const dx = emptyValues(dtype, x.size);
    const [dgamma, dbeta] = [new Float64Array(columns), new Float64Array(columns)];
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      const normal = (i: number): number => (at(values, start + i) - at(means, row)) * at(rstds, row);
      let [ofG, ofProducts] = [0, 0];
      for (let i = 0; i < columns; i++) {
        const up = at(upstream, start + i);
        dgamma[i] = at(dgamma, i) + up * normal(i);
        dbeta[i] = at(dbeta, i) + up;
        ofG += up * at(scale, i);
        ofProducts += up * at(scale, i) * normal(i);
      }
      for (let i = 0; i < columns; i++) {
        const g = at(upstream, start + i) * at(scale, i);
        dx[start + i] = at(rstds, row) * (g - ofG / columns - (normal(i) * ofProducts) / columns);
      }
    }
    const vector = (totals: Float64Array): Tensor => {
      const result = emptyValues(dtype, columns);
      result.set(totals);
      return ofValues(result, [columns]);
    };
    return { dx: ofValues(dx, x.shape), dgamma: vector(dgamma), dbeta: vector(dbeta) };
  },

  sgdStep(step: Step) {
    descend(step, (_, slope) => step.rate * slope);
  },

  momentumStep(step: MomentumStep) {
    const { values, start } = inPlace(step.velocity);
    descend(step, (i, slope) => {
      const velocity = step.momentum * at(values, start + i) + slope;
      values[start + i] = velocity;
      return step.rate * velocity;
    });
  },

  adamStep(step: AdamStep) {
    const [first, second] = [inPlace(step.first), inPlace(step.second)];
    const { beta1, beta2, rate, epsilon, time } = step;
    const [ofFirst, ofSecond] = [1 - beta1 ** time, 1 - beta2 ** time];
    descend(step, (i, slope) => {
      const m = beta1 * at(first.values, first.start + i) + (1 - beta1) * slope;
      const v = beta2 * at(second.values, second.start + i) + (1 - beta2) * slope * slope;
      first.values[first.start + i] = m;
      second.values[second.start + i] = v;
      return (rate * (m / ofFirst)) / (Math.sqrt(v / ofSecond) + epsilon);
    });
  },
};
