/** Every derivative against central differences of its own forward pass, in float64, away from kinks. */
import assert from 'node:assert/strict';
import * as T from '../../../src/tensor';
import { useBackend } from '../../../src/tensor/backends';
import { remember, type Gradient, type Rules } from '../../../src/tensor/tape';
import { differentiable, type Case } from './cases';
import { normal64 } from './support';

const step = 1e-5;

/** What has no derivative, or is no function of tensors, and why; everything else must be in the table above. */
const withoutDerivative: Readonly<Record<string, string>> = Object.fromEntries(
  [
    [
      'flat wherever it has a derivative',
      'sign floor ceil round argmax argmin equal notEqual greater greaterEqual less lessEqual oneHot',
    ],
    ['makes tensors from nothing', 'arange fromData full linspace ones tensor zeros random'],
    ['is the tape', 'backward detach grad noGrad parameter requiresGrad zeroGrad'],
    ['is about values or memory', 'traceNonFinite setByteBudget scope keep dispose'],
    ['is about models', 'namedParameters parametersOf loadParameters loadTensors saveTensors'],
    [
      'is a class',
      'Tensor ShapeError BudgetError FreedError EncoderBlock Embedding LayerNorm Linear MultiHeadAttention Adam SGD',
    ],
  ].flatMap(([why = '', names = '']) => names.split(' ').map((name) => [name, why])),
);

describe('the derivative', () => {
  before(() => useBackend('loops'));
  after(() => useBackend('auto'));

  for (const [name, list] of Object.entries(differentiable)) {
    it(`of ${name} agrees with central differences`, () => {
      list.forEach((one, seed) => checkGradients(name, one, seed + 1));
    });
  }

  it('exists for every function of the library, or it is said why not', () => {
    const known = [...Object.keys(differentiable), ...Object.keys(withoutDerivative)];
    assert.deepEqual(
      Object.keys(T).filter((name) => !known.includes(name)),
      [],
    );
  });

  it('does not compile where it is missing', () => {
    const [a, b] = [T.ones([2]), T.ones([2])];
    const same: Gradient = (dy) => dy;
    const y = T.add(a, b);
    // @ts-expect-error two inputs, one gradient
    remember('add', y, { inputs: [a, b], gradients: [same] });
    // @ts-expect-error an operation of the family without a rule
    const rules: Rules<'add' | 'subtract', Gradient> = { add: same };
    assert.ok(rules);
  });

  it('of layers agrees with central differences', () => {
    const random = T.random(7);
    const options = { random, dtype: 'float64' } as const;
    const attention = new T.MultiHeadAttention(6, { ...options, heads: 2, gated: true });
    const block = new T.EncoderBlock(4, { ...options, heads: 2, hidden: 5 });
    const table = new T.Embedding(5, 4, options);
    const allowed = { mask: T.tensor([1, 1, 0]), bias: random.normal([2, 3, 3], { dtype: 'float64' }) };
    const x = random.normal([2, 3, 6], { dtype: 'float64' });
    checkModel('attention', attention, () => attention.forward(x, allowed));
    checkModel('encoder block', { block, table }, () =>
      block.forward(table.forward(T.tensor([[0, 4, 4]])), { mask: T.tensor([1, 1, 0]) }),
    );
  });
});

/** Inputs are laid out plainly once, and once as transposed views of parameters where they have two axes or more. */
function checkGradients(name: string, { shapes, f, domain = (x) => x }: Case, seed: number): void {
  let next = 10 * seed;
  const make = (shape: T.Shape): T.Tensor => T.parameter(normal64(shape, next++, domain));
  checkModel(name, shapes.map(make), (inputs) => f(...inputs));
  const turned = shapes.map((shape) =>
    shape.length < 2 ? make(shape) : make([...shape.slice(0, -2), ...shape.slice(-2).reverse()]),
  );
  checkModel(`${name} of views`, turned, (inputs) => f(...inputs.map((x) => (x.rank < 2 ? x : T.transpose(x)))));
}

/** Compares `grad(p)` of every parameter, entry by entry, with `(L(p + h) − L(p − h)) / 2h`. */
function checkModel<Model extends object>(name: string, model: Model, f: (model: Model) => T.Tensor): void {
  const parameters = T.namedParameters(model);
  const weights = T.random(99);
  let upstream: T.Tensor | undefined;
  const loss = (): T.Tensor => {
    const y = f(model);
    upstream ??= weights.normal(y.shape, { dtype: 'float64' });
    return T.sum(T.multiply(y, upstream));
  };
  T.zeroGrad(parameters.values());
  T.backward(loss());
  for (const [which, p] of parameters) {
    const { data } = p;
    const analytic = T.grad(p);
    assert.deepEqual(analytic.shape, p.shape);
    for (let i = 0; i < data.length; i++) {
      const value = data[i] ?? NaN;
      const at = (x: number): number => {
        data[i] = x;
        return T.noGrad(loss).at();
      };
      const numeric = (at(value + step) - at(value - step)) / (2 * step);
      data[i] = value;
      const got = analytic.data[i] ?? NaN;
      const tolerance = 1e-6 + 1e-5 * Math.max(Math.abs(got), Math.abs(numeric));
      assert.ok(
        Math.abs(got - numeric) <= tolerance,
        `${name}, parameter ${which} (${p.shape.join(', ')}), entry ${i}: derivative ${got}, central difference ${numeric}`,
      );
    }
  }
}
