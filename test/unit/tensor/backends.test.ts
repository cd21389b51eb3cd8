/** Every operation on every backend, forward and backward, against the reference in float64. */
import assert from 'node:assert/strict';
import * as T from '../../../src/tensor';
import { differentiable, flat, type Case } from './cases';
import { inLoops, normal, onEachBackend } from './support';

/** How the inputs of a case lie in memory; each makes a tensor of the same shape and entries. */
const readings: Readonly<Record<string, (x: T.Tensor) => T.Tensor>> = {
  'without gaps': (x) => x,
  transposed: (x) => (x.rank < 2 ? x : T.transpose(T.add(T.transpose(x), 0))),
  'every second': (x) => {
    const wide = T.zeros(
      x.shape.map((length) => 2 * length + 1),
      { dtype: x.dtype },
    );
    const part = T.slice(
      wide,
      x.shape.map((length) => [1, 2 * length + 1, 2] as const),
    );
    return T.add(T.multiply(part, 0), x);
  },
};

interface Outcome {
  readonly y: T.Tensor;
  readonly gradients: readonly T.Tensor[];
}

describe('on every backend', () => {
  for (const [name, list] of Object.entries(differentiable)) {
    onEachBackend(`${name} and its gradient are those of the reference`, () => {
      for (const [how, read] of Object.entries(readings))
        list.forEach((one, seed) => check(`${name}, ${how}`, one, { seed, read }));
    });
  }

  for (const [name, list] of Object.entries(flat)) {
    onEachBackend(`${name} is that of the reference`, () => {
      for (const [how, read] of Object.entries(readings)) {
        list.forEach((one, seed) =>
          check(`${name}, ${how}`, { ...one, f: (...inputs) => T.detach(one.f(...inputs)) }, { seed, read }),
        );
      }
    });
  }

  onEachBackend('a block of an encoder and its gradients are those of the reference', () => {
    const block = (dtype: T.DType) =>
      new T.EncoderBlock(12, { heads: 3, hidden: 20, random: T.random(5), dtype, gated: true });
    const x = normal([2, 7, 12], 4);
    const run = (dtype: T.DType) => {
      const model = block(dtype);
      for (const p of T.parametersOf(model)) p.data.set(normal(p.shape, p.size).data);
      T.backward(T.mean(T.square(model.forward(T.astype(x, dtype), { mask: T.tensor([1, 1, 1, 0, 1, 1, 0]) }))));
      return T.parametersOf(model).map((p) => T.grad(p));
    };
    const expected = inLoops(() => run('float64'));
    T.scope(() => run('float32').forEach((g, i) => assertNear(`parameter ${i}`, g, expected[i] ?? g)));
  });

  for (const [title, make] of [
    ['gradient descent', (p: T.Tensor[]) => new T.SGD(p, { learningRate: 0.1 })],
    ['momentum', (p: T.Tensor[]) => new T.SGD(p, { learningRate: 0.1, momentum: 0.9 })],
    ['Adam', (p: T.Tensor[]) => new T.Adam(p, { learningRate: 0.1 })],
  ] as const) {
    onEachBackend(`three steps of ${title} are those of the reference`, () => {
      const run = (dtype: T.DType): T.Tensor => {
        const p = T.parameter(T.astype(normal([5, 7], 3), dtype));
        const optimiser = make([p]);
        for (let i = 0; i < 3; i++) {
          T.scope(() => {
            optimiser.zeroGrad();
            // Stretched, transposed and plain gradients, one after the other.
            const losses = [() => T.sum(p), () => T.sum(T.exp(T.transpose(p))), () => T.sum(T.square(T.add(p, 1)))];
            T.backward(losses[i]?.() ?? p);
            optimiser.step();
          });
        }
        return p;
      };
      assertNear(
        'the parameter',
        run('float32'),
        inLoops(() => run('float64')),
      );
    });
  }
});

function check(
  what: string,
  { shapes, f, domain = (x) => x }: Case,
  options: { seed: number; read: (x: T.Tensor) => T.Tensor },
): void {
  const plain = shapes.map((shape, i) => normal(shape, 10 * options.seed + i));
  const values = plain.map((x) => T.fromData(Float32Array.from(x.data, domain), x.shape));
  const run = (dtype: T.DType, read: (x: T.Tensor) => T.Tensor): Outcome => {
    const parameters = values.map((x) => T.parameter(T.astype(x, dtype)));
    const y = f(...parameters.map(read));
    if (T.requiresGrad(y)) T.backward(y, T.astype(normal(y.shape, 77), dtype));
    return { y, gradients: parameters.map((p) => T.grad(p)) };
  };
  const expected = inLoops(() => run('float64', (x) => x));
  const compare = ({ y, gradients }: Outcome, where: string): void => {
    assertNear(`${what}, ${where}`, y, expected.y);
    gradients.forEach((g, i) => assertNear(`${what}, ${where}, gradient ${i}`, g, expected.gradients[i] ?? g));
  };
  compare(run('float32', options.read), 'outside any scope');
  T.scope(() => compare(run('float32', options.read), 'in a scope'));
}

/** `|got − wanted| ≤ 1e-5 + 1e-4 · |wanted|`, float32 against float64. */
function assertNear(what: string, got: T.Tensor, wanted: T.Tensor): void {
  assert.deepEqual(got.shape, wanted.shape, what);
  const [ours, theirs] = [got.data, wanted.data];
  ours.forEach((value, i) => {
    const reference = theirs[i] ?? NaN;
    const near = Object.is(value, reference) || Math.abs(value - reference) <= 1e-5 + 1e-4 * Math.abs(reference);
    assert.ok(near, `${what} ${JSON.stringify(got.shape)}: entry ${i} is ${value}, and should be ${reference}`);
  });
}
