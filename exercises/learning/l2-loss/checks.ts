import { defineChecks } from 'authoring';
import { fromData, full, tensor, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';

/** The specification: one difference after the other, squared and added; then the mean over the examples. */
function meanOfSquares(outputs: Tensor, targets: Tensor): number {
  const [count = 0, width = 0] = outputs.shape;
  let total = 0;
  for (let n = 0; n < count; n += 1) {
    for (let k = 0; k < width; k += 1) total += (outputs.at(n, k) - targets.at(n, k)) ** 2;
  }
  return total / count;
}

/** The specification: every cell asks whether its column is the label of its row. */
function rowsWithOne(labels: readonly number[], classes: number): Tensor {
  const cells = labels.flatMap((label) => Array.from({ length: classes }, (_, k) => (k === label ? 1 : 0)));
  return fromData(cells, [labels.length, classes]);
}

function labelsFrom(random: Random, count: number, classes: number): number[] {
  return Array.from({ length: count }, () => random.integer(0, classes));
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's loss": {
    step: 'batch',
    async run({ learner, expect }) {
      const outputs = tensor([
        [0.7, 0.2, 0.1],
        [0.1, 0.6, 0.4],
      ]);
      const targets = tensor([
        [1, 0, 0],
        [0, 0, 1],
      ]);
      expect.close(await learner.oneHot(tensor([0, 2]), 3), targets);
      expect.close(await learner.l2Loss(outputs, targets), 0.435);
    },
  },

  'oneHot puts a single 1 into each row, at its label': {
    step: 'one-hot',
    async run({ learner, random, expect }) {
      for (const [count, classes] of [
        [6, 4],
        [3, 10],
        [5, 2],
        [2, 1],
      ] as const) {
        const labels = labelsFrom(random, count, classes);
        expect.equal(await learner.oneHot(tensor(labels), classes), rowsWithOne(labels, classes));
      }
    },
  },

  'the first and the last class are classes like any other': {
    step: 'one-hot',
    async run({ learner, expect }) {
      expect.equal(await learner.oneHot(tensor([9, 0, 9]), 10), rowsWithOne([9, 0, 9], 10));
    },
  },

  'a label that is no class is refused, and the message names it': {
    step: 'one-hot',
    async run({ learner, expect }) {
      await expect.throws(learner.oneHot(tensor([3, 17, 2]), 10), {
        because: 'ten classes are numbered from 0 to 9, and one label is 17',
        mentioning: ['17'],
      });
      await expect.throws(learner.oneHot(tensor([1, 4, 0]), 4), {
        because: 'four classes are 0, 1, 2 and 3, so that 4 is one too far',
        mentioning: ['4'],
      });
      await expect.throws(learner.oneHot(tensor([0, 2, -5]), 4), {
        because: 'no class has the number −5',
        mentioning: ['-5'],
      });
      await expect.throws(learner.oneHot(tensor([1, 0.5]), 3), {
        because: 'a label is a whole number, and one is 0.5',
        mentioning: ['0.5'],
      });
    },
  },

  'the loss of one example is the sum of its squared errors': {
    step: 'square',
    async run({ learner, random, expect }) {
      for (const width of [1, 2, 7]) {
        const outputs = random.uniform([1, width], { low: -2, high: 2 });
        const targets = random.uniform([1, width], { low: -2, high: 2 });
        expect.close(await learner.l2Loss(outputs, targets), meanOfSquares(outputs, targets));
      }
    },
  },

  'the loss of a batch is the mean over its examples': {
    step: 'batch',
    async run({ learner, random, expect }) {
      for (const [count, classes] of [
        [4, 3],
        [2, 6],
        [9, 1],
        [3, 3],
        [31, 10],
      ] as const) {
        const outputs = random.uniform([count, classes]);
        const targets = rowsWithOne(labelsFrom(random, count, classes), classes);
        expect.close(await learner.l2Loss(outputs, targets), meanOfSquares(outputs, targets));
      }
    },
  },

  'one answer for every picture costs what the lesson says': {
    step: 'constant',
    async run({ learner, expect }) {
      // Every digit once, and ten outputs that never change.
      const targets = rowsWithOne([3, 1, 4, 0, 5, 9, 2, 6, 8, 7], 10);
      expect.close(await learner.l2Loss(zeros([10, 10]), targets), 1);
      expect.close(await learner.l2Loss(full([10, 10], 0.1), targets), 0.9);
      expect.close(await learner.l2Loss(full([10, 10], 0.5), targets), 2.5);
    },
  },

  'perfect outputs cost nothing': {
    step: 'difference',
    async run({ learner, expect }) {
      const targets = rowsWithOne([2, 0, 3, 3], 4);
      expect.equal(await learner.l2Loss(targets, targets), 0);
      // And being off by as much in either direction costs the same.
      const [above, below] = [tensor([[1.5, 0.25]]), tensor([[0.5, -0.25]])];
      expect.close(await learner.l2Loss(above, tensor([[1, 0]])), 0.3125);
      expect.close(await learner.l2Loss(below, tensor([[1, 0]])), 0.3125);
    },
  },

  'shapes that differ are refused, even where they would broadcast': {
    step: 'difference',
    async run({ learner, random, expect }) {
      await expect.throws(learner.l2Loss(random.uniform([4, 1]), random.uniform([1, 4])), {
        because: 'four outputs against four targets are four differences, not sixteen',
        mentioning: ['shape'],
      });
      await expect.throws(learner.l2Loss(random.uniform([3, 5]), random.uniform([5])), {
        because: 'there must be a target for every output, and here is one row of targets for three of outputs',
        mentioning: ['shape'],
      });
    },
  },

  'float64 keeps its digits': {
    async run({ learner, random, expect }) {
      const outputs = random.uniform([5, 3], { dtype: 'float64' });
      const targets = rowsWithOne([1, 0, 2, 2, 1], 3);
      expect.close(await learner.l2Loss(outputs, targets), meanOfSquares(outputs, targets), {
        tolerance: { absolute: 1e-13, relative: 1e-13 },
      });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.oneHot(tensor([1, 0, 3]), 4);
      await learner.l2Loss(random.uniform([3, 4]), random.uniform([3, 4]));
      expect.inputsUnchanged();
    },
  },
});
