import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, ones, tensor, zeros } from 'tensor';
import type { DType, Random, Shape, Tensor } from 'tensor';

type Stub = typeof import('./stub');

interface Given {
  readonly x: Tensor;
  readonly gamma: Tensor;
  readonly beta: Tensor;
  readonly dy: Tensor;
}

/** Rows off the centre and of a spread other than 1, so that neither part of the work can be left out unseen. */
function given(random: Random, shape: Shape, dtype: DType = 'float32'): Given {
  const n = shape.at(-1) ?? 1;
  return {
    x: random.normal(shape, { mean: 0.7, std: 1.6, dtype }),
    gamma: random.normal([n], { mean: 1, std: 0.4, dtype }),
    beta: random.normal([n], { dtype }),
    dy: random.normal(shape, { dtype }),
  };
}

/** The specification, row by row. */
function normed({ x, gamma, beta }: Omit<Given, 'dy'>): Tensor {
  const n = x.shape.at(-1) ?? 1;
  const out = new Float64Array(x.size);
  for (let start = 0; start < x.size; start += n) {
    const row = Array.from(x.data.subarray(start, start + n));
    const mean = row.reduce((sum, value) => sum + value, 0) / n;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
    row.forEach((value, i) => {
      out[start + i] = (gamma.at(i) * (value - mean)) / Math.sqrt(variance + 1e-5) + beta.at(i);
    });
  }
  return fromData(x.dtype === 'float64' ? out : Float32Array.from(out), x.shape);
}

/** A loss whose gradient with respect to y is `dy`. */
function lossOf(dy: Tensor, y: Tensor): number {
  return dy.data.reduce((sum, d, place) => sum + d * y.data[place]!, 0);
}

const shapes: readonly Shape[] = [[5], [3, 4], [4, 4], [2, 3, 5], [3, 3, 3]];

const taped = ({ layerNorm, tensor: t }: Beside<Stub>, { x, gamma, beta, dy }: Given) => {
  const [input, scale, shift] = [t.parameter(x), t.parameter(gamma), t.parameter(beta)];
  t.backward(layerNorm(input, { gamma: scale, beta: shift }), dy);
  return { dx: t.grad(input), dgamma: t.grad(scale), dbeta: t.grad(shift) };
};

// `answer?.dx` and not a pattern in the checks below: what comes from a learner need not be an object at all.

export default defineChecks<Stub, typeof import('./solution')>({
  "normalises the lesson's token": {
    step: 'normalise',
    async run({ learner, expect }) {
      const x = tensor([2, 4, 4, 10]);
      const tolerance = { absolute: 1e-4, relative: 0 };
      const parameters = { gamma: ones([4]), beta: zeros([4]) };
      expect.close(await learner.layerNorm(x, parameters), tensor([-1, -1 / 3, -1 / 3, 5 / 3]), { tolerance });
    },
  },

  'every token is normalised over its own channels': {
    step: 'moments',
    async run({ learner, random, expect }) {
      for (const shape of shapes) {
        const { x } = given(random, shape);
        const n = shape.at(-1) ?? 1;
        const parameters = { gamma: ones([n]), beta: zeros([n]) };
        expect.close(await learner.layerNorm(x, parameters), normed({ x, ...parameters }));
      }
    },
  },

  'each channel has its scale and its shift': {
    step: 'scale',
    async run({ learner, random, expect }) {
      for (const shape of shapes) {
        const all = given(random, shape);
        expect.close(await learner.layerNorm(all.x, all), normed(all));
      }
    },
  },

  'ε stands inside the root': {
    step: 'normalise',
    async run({ learner, random, expect }) {
      // A spread of about √ε, where it matters most what is done with ε.
      const x = random.normal([3, 4], { std: 0.003, dtype: 'float64' });
      const parameters = { gamma: ones([4], { dtype: 'float64' }), beta: zeros([4], { dtype: 'float64' }) };
      expect.close(await learner.layerNorm(x, parameters), normed({ x, ...parameters }));
    },
  },

  'a token of equal channels, or of a single one, gives the shift': {
    step: 'normalise',
    async run({ learner, random, expect }) {
      const { gamma, beta } = given(random, [3]);
      const x = tensor([
        [2, 2, 2],
        [-4, -4, -4],
      ]);
      expect.close(await learner.layerNorm(x, { gamma, beta }), normed({ x, gamma, beta }));
      const single = given(random, [4, 1]);
      expect.close(await learner.layerNorm(single.x, single), normed(single));
    },
  },

  'parameters for another number of channels are refused, and the message names what was wrong': {
    step: 'scale',
    async run({ learner, random, expect }) {
      const { x, gamma, beta } = given(random, [2, 4]);
      const because = 'each of four channels needs a scale and a shift of its own';
      await expect.throws(learner.layerNorm(x, { gamma: ones([1]), beta }), { because, mentioning: ['gamma'] });
      await expect.throws(learner.layerNorm(x, { gamma, beta: zeros([1]) }), { because, mentioning: ['beta'] });
      await expect.throws(learner.layerNorm(x, { gamma: ones([2, 4]), beta }), { because, mentioning: ['gamma'] });
    },
  },

  'the tape follows it': {
    step: 'scale',
    async run({ beside, random, expect }) {
      const all = given(random, [2, 3, 4], 'float64');
      expect.close(await beside(taped, all), await beside.reference(taped, all));
    },
  },

  "finds the lesson's gradient": {
    step: 'dx',
    async run({ learner, expect }) {
      const answer = await learner.layerNormBackward(tensor([1, 0, 0, -1]), {
        x: tensor([2, 4, 4, 10]),
        gamma: ones([4]),
      });
      const tolerance = { absolute: 6e-5, relative: 0 };
      expect.close(answer?.dx, tensor([0.1111, -0.0741, -0.0741, 0.037]), { subject: 'dx', tolerance });
    },
  },

  'dx agrees with central differences': {
    step: 'dx',
    async run({ learner, random, expect }) {
      for (const shape of shapes) {
        const all = given(random, shape, 'float64');
        const answer = await learner.layerNormBackward(all.dy, all);
        const of = async (moved: Tensor): Promise<number> => lossOf(all.dy, await learner.layerNorm(moved, all));
        await expect.gradient(answer?.dx, { of, at: all.x, subject: 'dx' });
      }
    },
  },

  'without a scale, only the three ways count': {
    step: 'jacobian',
    async run({ learner, random, expect }) {
      const all = { ...given(random, [3, 5], 'float64'), gamma: ones([5], { dtype: 'float64' }) };
      const answer = await learner.layerNormBackward(all.dy, all);
      const of = async (moved: Tensor): Promise<number> => lossOf(all.dy, await learner.layerNorm(moved, all));
      await expect.gradient(answer?.dx, { of, at: all.x, subject: 'dx' });
    },
  },

  'what is the same for all channels moves nothing': {
    step: 'paths',
    async run({ learner, random, expect }) {
      const { x } = given(random, [3, 5]);
      const answer = await learner.layerNormBackward(ones([3, 5]), { x, gamma: ones([5]) });
      expect.close(answer?.dx, zeros([3, 5]), { subject: 'dx, where dy and gamma are 1 everywhere,' });
    },
  },

  'the scale counts on the way back too': {
    step: 'inner',
    async run({ learner, random, expect }) {
      const all = { ...given(random, [4], 'float64'), gamma: tensor([2, -1, 0.5, 0], { dtype: 'float64' }) };
      const answer = await learner.layerNormBackward(all.dy, all);
      const of = async (moved: Tensor): Promise<number> => lossOf(all.dy, await learner.layerNorm(moved, all));
      await expect.gradient(answer?.dx, { of, at: all.x, subject: 'dx' });
    },
  },

  'dgamma and dbeta are summed over all tokens': {
    step: 'parameters',
    async run({ learner, random, expect }) {
      for (const shape of shapes) {
        const all = given(random, shape, 'float64');
        const answer = await learner.layerNormBackward(all.dy, all);
        const { dy, x, gamma, beta } = all;
        await expect.gradient(answer?.dgamma, {
          of: async (moved) => lossOf(dy, await learner.layerNorm(x, { gamma: moved, beta })),
          at: gamma,
          subject: 'dgamma',
        });
        await expect.gradient(answer?.dbeta, {
          of: async (moved) => lossOf(dy, await learner.layerNorm(x, { gamma, beta: moved })),
          at: beta,
          subject: 'dbeta',
        });
      }
    },
  },

  'no tokens, nothing to learn': {
    async run({ learner, random, expect }) {
      const all = given(random, [0, 3]);
      expect.close(await learner.layerNorm(all.x, all), zeros([0, 3]));
      const nothing = { dx: zeros([0, 3]), dgamma: zeros([3]), dbeta: zeros([3]) };
      expect.close(await learner.layerNormBackward(all.dy, all), nothing);
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const all = given(random, [2, 3, 4]);
      await learner.layerNorm(all.x, all);
      await learner.layerNormBackward(all.dy, all);
      expect.inputsUnchanged();
    },
  },
});
