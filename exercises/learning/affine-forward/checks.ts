import { defineChecks } from 'authoring';
import { astype, fromData, tensor, zeros } from 'tensor';
import type { Tensor } from 'tensor';

/** The specification, entry by entry: the weights of output k meet example n, and the bias comes on top. */
function affine(x: Tensor, W: Tensor, b: Tensor): Tensor {
  const [count = 0, inputs = 0] = x.shape;
  const outputs = W.shape[0] ?? 0;
  const y = zeros([count, outputs], { dtype: x.dtype });
  for (let n = 0; n < count; n += 1) {
    for (let k = 0; k < outputs; k += 1) {
      let sum = b.at(k);
      for (let i = 0; i < inputs; i += 1) sum += W.at(k, i) * x.at(n, i);
      y.data[n * outputs + k] = sum;
    }
  }
  return y;
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's answers": {
    step: 'batch',
    async run({ learner, expect }) {
      const pictures = tensor([
        [3, 2, 0, 1],
        [0, 1, 2, 4],
      ]);
      const questions = tensor([
        [1, 1, -1, -1],
        [1, -1, 1, -1],
        [1, -1, -1, 1],
      ]);
      const answers = tensor([
        [5, 2, 1],
        [-4, -1, 0],
      ]);
      expect.close(await learner.affineForward(pictures, questions, tensor([1, 2, -1])), answers);
    },
  },

  'one example and one output are a dot product and a bias': {
    step: 'one-output',
    async run({ learner, random, expect }) {
      for (const inputs of [1, 2, 7]) {
        const x = random.normal([1, inputs]);
        const W = random.normal([1, inputs]);
        const b = random.normal([1]);
        expect.close(await learner.affineForward(x, W, b), affine(x, W, b));
      }
    },
  },

  'each output has its own weights and its own bias': {
    step: 'layer',
    async run({ learner, random, expect }) {
      const W = random.normal([5, 3]);
      const b = random.normal([5]);
      // An input of zeros leaves the bias alone; an input with a single 1 lets one column of W through.
      const nothing = zeros([1, 3]);
      expect.close(await learner.affineForward(nothing, W, b), affine(nothing, W, b));
      const second = tensor([[0, 1, 0]]);
      expect.close(await learner.affineForward(second, W, b), affine(second, W, b));
    },
  },

  'agrees with plain sums for many shapes': {
    step: 'batch',
    async run({ learner, random, expect }) {
      for (const [count, inputs, outputs] of [
        [4, 3, 2],
        [2, 5, 6],
        [6, 1, 3],
        [5, 4, 1],
        [19, 33, 10],
      ] as const) {
        const x = random.normal([count, inputs]);
        const W = random.normal([outputs, inputs]);
        const b = random.normal([outputs]);
        expect.close(await learner.affineForward(x, W, b), affine(x, W, b));
      }
    },
  },

  'nothing is mistaken when all sizes are equal': {
    step: 'batch',
    async run({ learner, random, expect }) {
      // Here a forgotten transpose, or a bias added along the wrong axis, still has the right shape.
      const [x, W, b] = [random.normal([4, 4]), random.normal([4, 4]), random.normal([4])];
      expect.close(await learner.affineForward(x, W, b), affine(x, W, b));
    },
  },

  'an empty batch gives an empty answer': {
    async run({ learner, random, expect }) {
      const nobody = fromData(new Float32Array(0), [0, 3]);
      const y = await learner.affineForward(nobody, random.normal([2, 3]), random.normal([2]));
      expect.close(y, zeros([0, 2]));
    },
  },

  'float64 stays float64': {
    async run({ learner, random, expect }) {
      const x = random.normal([3, 4], { dtype: 'float64' });
      const W = random.normal([2, 4], { dtype: 'float64' });
      const b = random.normal([2], { dtype: 'float64' });
      const y = await learner.affineForward(x, W, b);
      // `?.`, because what comes from a learner need not be a tensor at all.
      expect.equal(y?.dtype, 'float64', { subject: 'the dtype of y' });
      // Gradients are checked by differences of such values; float32 would leave too few digits for that.
      expect.close(y, affine(x, W, b), { tolerance: { absolute: 1e-12, relative: 1e-12 } });
      const rounded = await learner.affineForward(astype(x, 'float32'), astype(W, 'float32'), astype(b, 'float32'));
      expect.equal(rounded?.dtype, 'float32', { subject: 'the dtype of y' });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.affineForward(random.normal([4, 3]), random.normal([2, 3]), random.normal([2]));
      expect.inputsUnchanged();
    },
  },
});
