import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Tensor } from 'tensor';

type Stub = typeof import('./stub');

/** The specification: the surprise of every place. */
function lossOf(logits: Tensor, targets: Tensor): number {
  const v = logits.shape.at(-1) ?? 1;
  let sum = 0;
  targets.data.forEach((target, place) => {
    const row = Array.from(logits.data.subarray(place * v, (place + 1) * v));
    const top = Math.max(...row);
    sum += top + Math.log(row.reduce((total, z) => total + Math.exp(z - top), 0)) - row[target]!;
  });
  return sum / targets.size;
}

const gradient = ({ causalLanguageLoss, tensor: t }: Beside<Stub>, logits: Tensor, targets: Tensor) => {
  const z = t.parameter(logits);
  t.backward(causalLanguageLoss(z, targets));
  return t.grad(z);
};

export default defineChecks<Stub, typeof import('./solution')>({
  'each place is to predict the token behind it': {
    step: 'shift',
    async run({ learner, random, expect }) {
      expect.equal(await learner.shiftTargets(tensor([3, 1, 4, 2])), {
        inputs: tensor([3, 1, 4]),
        targets: tensor([1, 4, 2]),
      });
      expect.equal(await learner.shiftTargets(tensor([6, 8])), { inputs: tensor([6]), targets: tensor([8]) });
      for (const front of [[], [3], [2, 3], [5]]) {
        const ids = random.integers([...front, 5], { low: 0, high: 9 });
        const cut = (from: number): Tensor =>
          fromData(
            ids.data.filter((_, place) => place % 5 >= from && place % 5 < from + 4),
            [...front, 4],
          );
        expect.equal(await learner.shiftTargets(ids), { inputs: cut(0), targets: cut(1) });
      }
    },
  },

  'a text of fewer than two tokens is refused, and the message names the number': {
    step: 'shift',
    async run({ learner, expect }) {
      const because = 'no token of it follows another';
      await expect.throws(learner.shiftTargets(tensor([7])), { because, mentioning: ['1'] });
      await expect.throws(learner.shiftTargets(tensor([])), { because, mentioning: ['0'] });
    },
  },

  'the loss is the mean surprise of all places': {
    step: 'loss',
    async run({ learner, random, expect }) {
      expect.close(await learner.causalLanguageLoss(tensor([[2, 1, 0, 0]]), tensor([0])), tensor(0.4938), {
        tolerance: { absolute: 6e-5, relative: 0 },
      });
      for (const front of [[3], [4], [2, 3], [2, 3, 2]]) {
        const logits = random.normal([...front, 4], { std: 2 });
        const targets = random.integers(front, { low: 0, high: 4 });
        expect.close(await learner.causalLanguageLoss(logits, targets), tensor(lossOf(logits, targets)));
      }
    },
  },

  'a large surprise stays a number': {
    step: 'loss',
    async run({ learner, expect }) {
      const logits = tensor([
        [200, 0, -100],
        [0, 300, 1],
      ]);
      expect.close(await learner.causalLanguageLoss(logits, tensor([2, 1])), tensor(150));
    },
  },

  'its gradient is share minus truth, over the number of places': {
    step: 'loss',
    async run({ learner, beside, random, expect }) {
      const logits = random.normal([2, 3, 4], { dtype: 'float64' });
      const targets = random.integers([2, 3], { low: 0, high: 4 });
      const of = async (moved: Tensor): Promise<number> => (await learner.causalLanguageLoss(moved, targets)).at();
      await expect.gradient(await beside(gradient, logits, targets), { of, at: logits, subject: 'the gradient' });
    },
  },

  'targets for other places are refused, and the message names both shapes': {
    step: 'loss',
    async run({ learner, random, expect }) {
      const because = 'each place needs one target';
      const logits = random.normal([2, 3, 4]);
      for (const shape of [[1, 3], [3, 2], [6]]) {
        const mentioning = [/2,\s*3,\s*4/, new RegExp(shape.join(',\\s*'))];
        const targets = random.integers(shape, { low: 0, high: 4 });
        await expect.throws(learner.causalLanguageLoss(logits, targets), { because, mentioning });
      }
    },
  },

  'the draw picks its token': {
    step: 'draw',
    async run({ learner, expect }) {
      const logits = tensor([2, 1, 0, 0]);
      for (const [draw, id] of [
        [0, 0],
        [0.6, 0],
        [0.62, 1],
        [0.83, 1],
        [0.84, 2],
        [0.92, 3],
        [0.999, 3],
      ] as const) {
        const subject = `the token for draw ${draw}`;
        expect.equal(await learner.sample(logits, { temperature: 1, draw }), id, { subject });
      }
      const subject = 'the token for draw 0.5, which two equal shares reach and do not exceed';
      expect.equal(await learner.sample(tensor([3, 3, -Infinity]), { temperature: 1, draw: 0.5 }), 1, { subject });
    },
  },

  'a forbidden token is never drawn': {
    step: 'draw',
    async run({ learner, expect }) {
      const logits = tensor([-Infinity, 1, 0.3, -Infinity]);
      for (const [draw, id] of [
        [0, 1],
        [0.9, 2],
        [1 - 2 ** -53, 2],
      ] as const) {
        expect.equal(await learner.sample(logits, { temperature: 1, draw }), id, {
          subject: `the token for draw ${draw}`,
        });
      }
      // Twenty-five shares of 1/25, each rounded down in float32, leave a gap below 1, and the last token is forbidden.
      const gap = tensor([...Array.from({ length: 25 }, () => 1), -Infinity]);
      expect.equal(await learner.sample(gap, { temperature: 1, draw: 1 - 2 ** -53 }), 24, {
        subject: 'the token for a draw beyond the sum of all shares as they are rounded',
      });
    },
  },

  'temperature sharpens and flattens, and at 0 the most likely token is taken': {
    step: 'temperature',
    async run({ learner, expect }) {
      const logits = tensor([2, 1, 0, 0]);
      for (const [temperature, draw, id] of [
        [0.5, 0.84, 0],
        [0.5, 0.86, 1],
        [2, 0.42, 0],
        [2, 0.44, 1],
        [2, 0.7, 2],
        [0, 0.99, 0],
      ] as const) {
        const subject = `the token for temperature ${temperature} and draw ${draw}`;
        expect.equal(await learner.sample(logits, { temperature, draw }), id, { subject });
      }
      expect.equal(await learner.sample(tensor([1, 5, 3]), { temperature: 0, draw: 0 }), 1);
    },
  },

  'a negative temperature is refused, and the message names it': {
    step: 'temperature',
    async run({ learner, expect }) {
      const because = 'it would prefer what is least likely';
      const call = learner.sample(tensor([1, 2]), { temperature: -0.5, draw: 0.5 });
      await expect.throws(call, { because, mentioning: ['-0.5'] });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.shiftTargets(tensor([3, 1, 4]));
      await learner.causalLanguageLoss(random.normal([2, 3]), tensor([0, 2]));
      await learner.sample(random.normal([4]), { temperature: 0.7, draw: 0.5 });
      expect.inputsUnchanged();
    },
  },
});
