import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, ones, tensor, zeros } from 'tensor';
import type { Shape, Tensor } from 'tensor';

type Learner = Beside<typeof import('./stub')>;
type Loss = typeof import('learning/l2-loss');

/** `f` of each entry, in float64. */
function each(x: Tensor, f: (value: number, place: number) => number): Tensor {
  return fromData(Float64Array.from(x.data, f), x.shape);
}

const shapes: readonly Shape[] = [[], [4], [2, 3], [1, 1], [2, 2, 3], [0, 3]];

// The functions to be differentiated are written into the probes, since functions cannot cross to the learner's code.

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's slopes": {
    step: 'central',
    async run({ beside, expect }) {
      const slope = ({ numericGradient }: Learner, x: Tensor, h: number) =>
        numericGradient((v) => 1 / (1 + Math.exp(-v.at(0))), x, h);
      const [one, tolerance] = [tensor([1], { dtype: 'float64' }), { absolute: 6e-6, relative: 0 }];
      // The lesson gives five decimals.
      expect.close(await beside(slope, one, 0.1), tensor([0.19655]), { tolerance });
      expect.close(await beside(slope, one, 1e-5), tensor([0.19661]), { tolerance });
    },
  },

  'the slope of a straight line is found with any step': {
    step: 'one-sided',
    async run({ beside, random, expect }) {
      const line = ({ numericGradient, tensor: { multiply, sum } }: Learner, at: { x: Tensor; w: Tensor; h: number }) =>
        numericGradient((v) => sum(multiply(v, at.w)).at(), at.x, at.h);
      const [x, w] = [random.normal([3, 2], { dtype: 'float64' }), random.normal([3, 2], { dtype: 'float64' })];
      for (const h of [4, 0.5, 1e-3]) expect.close(await beside(line, { x, w, h }), w);
    },
  },

  'for a parabola both sides cancel, however large the step': {
    step: 'central',
    async run({ beside, random, expect }) {
      const parabola = ({ numericGradient, tensor: { square, sum } }: Learner, x: Tensor, h: number) =>
        numericGradient((v) => sum(square(v)).at(), x, h);
      const x = random.normal([5], { dtype: 'float64' });
      for (const h of [3, 0.5, 0.01]) {
        expect.close(
          await beside(parabola, x, h),
          each(x, (value) => 2 * value),
        );
      }
    },
  },

  'for a cube the error is h², to the last digit': {
    step: 'error',
    async run({ beside, random, expect }) {
      const cubes = ({ numericGradient, tensor: { power, sum } }: Learner, x: Tensor, h: number) =>
        numericGradient((v) => sum(power(v, 3)).at(), x, h);
      const x = random.uniform([2, 3], { low: 1.2, high: 2, dtype: 'float64' });
      for (const h of [1, 0.25]) {
        expect.close(
          await beside(cubes, x, h),
          each(x, (value) => 3 * value ** 2 + h ** 2),
        );
      }
    },
  },

  'every entry has its own slope, in tensors of every shape': {
    step: 'entry',
    async run({ beside, random, expect }) {
      const waves = ({ numericGradient, tensor: { multiply, sin, sum } }: Learner, x: Tensor, w: Tensor) =>
        numericGradient((v) => sum(multiply(sin(v), w)).at(), x, 1e-4);
      for (const shape of shapes) {
        const [x, w] = [random.normal(shape, { dtype: 'float64' }), random.normal(shape, { dtype: 'float64' })];
        const slopes = each(x, (value, place) => (w.data[place] ?? NaN) * Math.cos(value));
        expect.close(await beside(waves, x, w), slopes, { tolerance: { absolute: 1e-6, relative: 1e-6 } });
      }
    },
  },

  'one entry moves at a time, once up and once down': {
    step: 'entry',
    async run({ beside, random, expect }) {
      const visited = ({ numericGradient, tensor: { fromData, stack } }: Learner, x: Tensor, h: number) => {
        const points: Tensor[] = [];
        numericGradient((v) => points.push(fromData(Float64Array.from(v.data), v.shape)), x, h);
        return stack(points);
      };
      const [x, h] = [random.normal([2, 2], { dtype: 'float64' }), 0.125];
      const points = await beside(visited, x, h);
      expect.equal(points?.shape, [8, 2, 2], { subject: 'the shape of all points together' });
      const asked = zeros([4, 2]);
      for (let point = 0; point < 8; point += 1) {
        const moves = Array.from(x.data, (value, i) => (points.data[point * 4 + i] ?? NaN) - value);
        const moved = moves.findIndex((move) => Math.abs(move) > 1e-12);
        const others = moves.every((move, i) => i === moved || Math.abs(move) <= 1e-12);
        const whole = moved >= 0 && others && Math.abs(Math.abs(moves[moved] ?? NaN) - h) < 1e-12;
        expect.that(whole, `Point ${point} should be x with a single entry moved by h = ${h}.`, moves);
        asked.data[moved * 2 + ((moves[moved] ?? 0) > 0 ? 0 : 1)]! += 1;
      }
      expect.equal(asked, ones([4, 2]), { subject: 'how often each entry was moved up and down' });
    },
  },

  'works in float64, whatever x is': {
    step: 'rounding',
    async run({ beside, random, expect }) {
      const growth = ({ numericGradient, tensor: { exp, sum } }: Learner, x: Tensor) =>
        numericGradient((v) => sum(exp(v)).at(), x, 1e-5);
      for (const dtype of ['float64', 'float32'] as const) {
        const x = random.normal([3, 2], { dtype });
        const slopes = each(x, Math.exp);
        expect.close(await beside(growth, x), slopes, { tolerance: { absolute: 1e-8, relative: 1e-8 } });
      }
    },
  },

  'finds the gradient of your own loss': {
    step: 'entry',
    async run({ beside, random, expect }) {
      const ofLoss = ({ numericGradient, earlier }: Learner, outputs: Tensor, targets: Tensor) => {
        const { l2Loss } = earlier<Loss>('learning/l2-loss');
        return numericGradient((y) => l2Loss(y, targets), outputs, 1e-5);
      };
      const outputs = random.uniform([4, 3], { dtype: 'float64' });
      const targets = fromData(Float64Array.of(1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0), [4, 3]);
      const errors = each(outputs, (value, place) => 0.5 * (value - (targets.data[place] ?? NaN)));
      expect.close(await beside(ofLoss, outputs, targets), errors, { tolerance: { absolute: 1e-8, relative: 1e-8 } });
    },
  },

  'a step that is not above zero is refused, and the message names h': {
    async run({ beside, random, expect }) {
      const parabola = ({ numericGradient, tensor: { square, sum } }: Learner, x: Tensor, h: number) =>
        numericGradient((v) => sum(square(v)).at(), x, h);
      for (const h of [0, -0.1, NaN]) {
        await expect.throws(beside(parabola, random.normal([2]), h), {
          because: `with a step of ${h} there are no two points to compare`,
          mentioning: [/\bh\b/],
        });
      }
    },
  },

  'does not change its input': {
    async run({ beside, random, expect }) {
      const waves = ({ numericGradient, tensor: { sin, sum } }: Learner, x: Tensor) =>
        numericGradient((v) => sum(sin(v)).at(), x, 1e-3);
      await beside(waves, random.normal([3, 4], { dtype: 'float64' }));
      expect.inputsUnchanged();
    },
  },
});
