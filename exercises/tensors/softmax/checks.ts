import { defineChecks } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { Tensor } from 'tensor';

/** Every index of `shape`, the last axis fastest. */
function indicesOf(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (indices, size) => indices.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])),
    [[]],
  );
}

/** The scores that share a run with `index`. Found by index, so nothing here depends on how data is laid out. */
function runOf(x: Tensor, { index, axis }: { readonly index: readonly number[]; readonly axis: number }): number[] {
  return Array.from({ length: x.shape[axis] ?? 0 }, (_, i) => x.at(...index.with(axis, i)));
}

/** The definition as it stands in the lesson, without any shift: good for scores near zero. */
function shares(x: Tensor, axis: number): Tensor {
  const values = indicesOf(x.shape).map((index) => {
    const sum = runOf(x, { index, axis }).reduce((total, score) => total + Math.exp(score), 0);
    return Math.exp(x.at(...index)) / sum;
  });
  return fromData(Float32Array.from(values), x.shape);
}

function logOfSum(x: Tensor, axis: number): Tensor {
  const shape = x.shape.filter((_, at) => at !== axis);
  const values = indicesOf(shape).map((rest) => {
    const run = runOf(x, { index: rest.toSpliced(axis, 0, 0), axis });
    return Math.log(run.reduce((total, score) => total + Math.exp(score), 0));
  });
  return fromData(Float32Array.from(values), shape);
}

const shapes = [[5], [2, 3], [4, 2], [2, 3, 4], [3, 1, 2], [2, 3, 2, 5]] as const;

/** Around a thousand, float32 numbers are 6e-5 apart. */
const aroundAThousand = { absolute: 2e-4, relative: 0 };

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "softmax finds the lesson's shares": {
    step: 'shares',
    async run({ learner, expect }) {
      const run = tensor([2, 1, 0]);
      expect.close(await learner.softmax(run, 0), tensor([0.66524096, 0.24472847, 0.09003057]));
      const photographs = tensor([
        [2, 1, 0],
        [0, 3, 1],
      ]);
      expect.close(await learner.softmax(photographs, 1), shares(photographs, 1));
      expect.close(await learner.softmax(photographs, 0), shares(photographs, 0));
    },
  },

  'softmax agrees with the definition along every axis': {
    step: 'axis',
    async run({ learner, random, expect }) {
      for (const shape of shapes) {
        const x = random.normal(shape, { std: 2 });
        for (const axis of shape.keys()) expect.close(await learner.softmax(x, axis), shares(x, axis));
      }
    },
  },

  'adding a constant to all scores changes nothing': {
    step: 'shift',
    async run({ learner, random, expect }) {
      const x = random.normal([3, 5]);
      for (const constant of [-40, 0.5, 300]) {
        const shifted = fromData(
          Float32Array.from(x.data, (score) => score + constant),
          x.shape,
        );
        // The sum of a score and 300 is rounded to float32, by up to 1.6e-5.
        expect.close(await learner.softmax(shifted, 1), shares(x, 1), {
          tolerance: { absolute: 1e-4, relative: 0 },
        });
      }
    },
  },

  'scores of a thousand, and of minus a thousand, still give shares': {
    step: 'largest',
    async run({ learner, random, expect }) {
      expect.close(await learner.softmax(tensor([1002, 1001, 1000]), 0), shares(tensor([2, 1, 0]), 0));
      // Every run has a largest score of its own: the first row's would leave nothing of the second.
      const centre = random.normal([2, 4]);
      const rows = fromData(
        Float32Array.from(centre.data, (score, position) => score + (position < 4 ? 1000 : -1000)),
        [2, 4],
      );
      expect.close(await learner.softmax(rows, 1), shares(centre, 1), { tolerance: aroundAThousand });
    },
  },

  'logSumExp agrees with the definition along every axis': {
    step: 'log-sum-exp',
    async run({ learner, random, expect }) {
      expect.close(await learner.logSumExp(tensor([2, 1, 0]), 0), fromData([2.407606], []));
      for (const shape of shapes) {
        const x = random.normal(shape, { std: 2 });
        for (const axis of shape.keys()) expect.close(await learner.logSumExp(x, axis), logOfSum(x, axis));
      }
    },
  },

  'logSumExp stays finite where the exponentials do not': {
    step: 'log-sum-exp',
    async run({ learner, expect }) {
      const x = tensor([
        [1000, 1000, 1000],
        [-1000, -1000, -1000],
        [1000, 0, -1000],
      ]);
      const expected = tensor([1000 + Math.log(3), -1000 + Math.log(3), 1000]);
      expect.close(await learner.logSumExp(x, 1), expected, { tolerance: aroundAThousand });
    },
  },

  'a score of −Infinity gets no share, and a run of nothing else becomes zeros': {
    step: 'empty',
    async run({ learner, expect }) {
      const never = -Infinity;
      const x = tensor([
        [0, never, 0],
        [never, never, never],
        [never, 3, never],
      ]);
      const expected = tensor([
        [0.5, 0, 0.5],
        [0, 0, 0],
        [0, 1, 0],
      ]);
      expect.close(await learner.softmax(x, 1), expected);
      expect.close(await learner.logSumExp(x, 1), tensor([Math.log(2), never, 3]));
    },
  },

  'a run of one score gets all, and a run of none is no trouble': {
    step: 'empty',
    async run({ learner, random, expect }) {
      const column = random.normal([3, 1]);
      expect.close(await learner.softmax(column, 1), tensor([[1], [1], [1]]));
      expect.close(await learner.logSumExp(column, 1), fromData(column.data, [3]));
      const single = random.normal([1, 1, 1]);
      expect.close(await learner.softmax(single, 1), tensor([[[1]]]));
      expect.close(await learner.softmax(zeros([2, 0]), 1), zeros([2, 0]));
      expect.close(await learner.softmax(zeros([0, 3]), 1), zeros([0, 3]));
      expect.close(await learner.logSumExp(zeros([2, 0]), 1), tensor([-Infinity, -Infinity]));
      expect.close(await learner.logSumExp(zeros([0, 3]), 1), zeros([0]));
    },
  },

  'an axis that x does not have is refused, and the message names it': {
    step: 'axis',
    async run({ learner, random, expect }) {
      for (const [shape, axis] of [
        [[3, 4], 2],
        [[5], 7],
        [[], 0],
      ] as const) {
        const x = random.normal(shape);
        const refused = {
          because: `a tensor of shape (${shape.join(', ')}) has no axis ${axis}`,
          mentioning: [String(axis)],
        };
        await expect.throws(learner.softmax(x, axis), refused);
        await expect.throws(learner.logSumExp(x, axis), refused);
      }
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.softmax(random.normal([3, 4]), 1);
      await learner.softmax(random.normal([5]), 0);
      await learner.logSumExp(random.normal([3, 4]), 0);
      expect.inputsUnchanged();
    },
  },
});
