/** Views of views of views, drawn at random, against copies made at every step; and the way back of their gradients. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as T from '../../../src/tensor';
import { normal } from './support';

/** One step: what it does to a tensor, chosen by numbers so that it fits whatever shape comes. */
type Step = (x: T.Tensor, dice: readonly number[]) => T.Tensor;

const steps: Readonly<Record<string, Step>> = {
  permute: (x, dice) => {
    const left = x.shape.map((_, axis) => axis);
    return T.permute(
      x,
      x.shape.map((_, i) => left.splice((dice[i % dice.length] ?? 0) % left.length, 1)[0] ?? 0),
    );
  },
  slice: (x, dice) =>
    T.slice(
      x,
      x.shape.map((length, i) => {
        const start = (dice[i % dice.length] ?? 0) % Math.max(1, length);
        return [start, length, 1 + ((dice[0] ?? 0) % 2)] as const;
      }),
    ),
  drop: (x, [which = 0]) => (x.rank > 0 && (x.shape[0] ?? 0) > 0 ? T.slice(x, [which % (x.shape[0] ?? 1)]) : x),
  expand: (x, [axis = 0]) => T.expandDims(x, axis % (x.rank + 1)),
  squeeze: (x) => T.squeeze(x),
  stretch: (x, [times = 0]) => (x.size < 500 ? T.broadcastTo(x, [1 + (times % 3), ...x.shape]) : x),
  merge: (x, [axis = 0]) => {
    if (x.rank < 2) return x;
    const at = axis % (x.rank - 1);
    return T.reshape(x, x.shape.toSpliced(at, 2, (x.shape[at] ?? 0) * (x.shape[at + 1] ?? 0)));
  },
  split: (x, [axis = 0]) => {
    const at = x.shape.findIndex((length, i) => i >= axis % Math.max(1, x.rank) && length % 2 === 0 && length > 0);
    return at < 0 ? x : T.reshape(x, x.shape.toSpliced(at, 1, 2, (x.shape[at] ?? 0) / 2));
  },
  flatten: (x) => T.reshape(x, [x.size]),
};

const anyShape = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 });
const anySteps = fc.array(
  fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 4 })),
  { maxLength: 7 },
);

describe('views of views', () => {
  it('read what copies at every step would, and gradients go back to where entries were read', () => {
    fc.assert(
      fc.property(anyShape, anySteps, (shape, chosen) => {
        const size = shape.reduce((product, length) => product * length, 1);
        // Each entry is its own place, so that a result tells where it was read.
        const start = T.parameter(T.reshape(T.arange(size), shape));
        let view: T.Tensor = start;
        let copy = T.detach(start);
        for (const [name, dice] of chosen) {
          view = steps[name]?.(view, dice) ?? view;
          const next = steps[name]?.(copy, dice) ?? copy;
          copy = T.fromData(next.data.slice(), next.shape);
        }
        assert.deepEqual(view.shape, copy.shape);
        const upstream = normal(view.shape, 3);
        T.backward(view, upstream);
        assert.deepEqual(view.data, copy.data);
        const expected = new Float64Array(size);
        copy.data.forEach((place, i) => (expected[place] = (expected[place] ?? 0) + (upstream.data[i] ?? 0)));
        T.grad(start).data.forEach((value, i) => assert.ok(Math.abs(value - (expected[i] ?? 0)) < 1e-4));
      }),
      { seed: 6, numRuns: 600 },
    );
  });

  it('reshape copies nothing where strides can say it', () => {
    const x = T.permute(
      T.tensor([
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ]),
      [2, 0, 1],
    );
    assert.deepEqual(T.reshape(x, [2, 4]).strides, [1, 2]);
    assert.deepEqual(T.expandDims(x, 1).strides.toSpliced(1, 1), x.strides);
    assert.deepEqual(T.reshape(T.broadcastTo(T.ones([3]), [4, 3]), [2, 2, 3]).strides, [0, 0, 1]);
  });
});
