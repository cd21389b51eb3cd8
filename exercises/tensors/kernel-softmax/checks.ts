import { defineChecks } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Tensor } from 'tensor';

/** The specifications: one row after the other, in double precision. */
function rowsOf(x: Tensor, columns = x.shape[1] ?? 0): number[][] {
  return Array.from({ length: x.shape[0] ?? 0 }, (_, i) => Array.from({ length: columns }, (_, j) => x.at(i, j)));
}

function rowMaxima(x: Tensor, columns?: number): Tensor {
  return tensor(rowsOf(x, columns).map((row) => row.reduce((largest, score) => (score > largest ? score : largest))));
}

function rowSums(x: Tensor, maxima: Tensor, columns?: number): Tensor {
  const sums = rowsOf(x, columns).map((row, i) =>
    row.reduce((total, score) => total + Math.exp(score - maxima.at(i)), 0),
  );
  return tensor(sums);
}

function shares(x: Tensor, maxima: Tensor, sums: Tensor): Tensor {
  return tensor(rowsOf(x).map((row, i) => row.map((score) => Math.exp(score - maxima.at(i)) / sums.at(i))));
}

const photographs = tensor([
  [2, 1, 0],
  [0, 3, 1],
]);

const shapes = [
  [2, 5],
  [5, 2],
  [1, 7],
  [7, 1],
  [1, 1],
  [4, 4],
  [23, 9],
] as const;

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'the maximum kernel finds the largest score of each row': {
    step: 'maximum',
    async run({ learner, random, expect }) {
      const run = await learner.rowMaximumKernel({ output: [2], arguments: [photographs, 3] });
      expect.close(run.values, tensor([2, 3]));
      for (const [rows, columns] of shapes) {
        const x = random.normal([rows, columns]);
        const { values } = await learner.rowMaximumKernel({ output: [rows], arguments: [x, columns] });
        expect.close(values, rowMaxima(x));
      }
    },
  },

  'the largest of negative scores is negative': {
    step: 'maximum',
    async run({ learner, random, expect }) {
      const x = random.uniform([4, 6], { low: -300, high: -200 });
      const run = await learner.rowMaximumKernel({ output: [4], arguments: [x, 6] });
      expect.close(run.values, rowMaxima(x));
    },
  },

  'the sum kernel adds the exponentials of each row': {
    step: 'sum',
    async run({ learner, random, expect }) {
      for (const [rows, columns] of shapes) {
        const x = random.normal([rows, columns]);
        const maxima = rowMaxima(x);
        const { values } = await learner.rowSumKernel({ output: [rows], arguments: [x, maxima, columns] });
        expect.close(values, rowSums(x, maxima));
      }
    },
  },

  'scores of a hundred and more do not overflow': {
    step: 'sum',
    async run({ learner, random, expect }) {
      const centre = random.normal([3, 4]);
      // Every row far from zero, and far from the others.
      const x = fromData(
        Float32Array.from(centre.data, (score, position) => score + [400, -400, 120][Math.floor(position / 4)]!),
        [3, 4],
      );
      const maxima = rowMaxima(x);
      const sums = await learner.rowSumKernel({ output: [3], arguments: [x, maxima, 4] });
      expect.close(sums.values, rowSums(x, maxima));
      const { values } = await learner.normaliseKernel({ output: [4, 3], arguments: [x, maxima, rowSums(x, maxima)] });
      expect.close(values, shares(x, maxima, rowSums(x, maxima)));
    },
  },

  'both believe the number of columns that they are told': {
    step: 'sum',
    async run({ learner, random, expect }) {
      const x = random.normal([5, 8]);
      const maxima = random.normal([5]);
      for (const columns of [1, 3, 7]) {
        const largest = await learner.rowMaximumKernel({ output: [5], arguments: [x, columns] });
        expect.close(largest.values, rowMaxima(x, columns));
        // These maxima are not the rows' own, and the kernel cannot know.
        const sums = await learner.rowSumKernel({ output: [5], arguments: [x, maxima, columns] });
        expect.close(sums.values, rowSums(x, maxima, columns));
      }
    },
  },

  'the normalise kernel gives every cell the share of its row': {
    step: 'normalise',
    async run({ learner, random, expect }) {
      for (const [rows, columns] of shapes) {
        const x = random.normal([rows, columns]);
        const maxima = random.normal([rows]);
        const sums = random.uniform([rows], { low: 0.5, high: 4 });
        const { values } = await learner.normaliseKernel({ output: [columns, rows], arguments: [x, maxima, sums] });
        expect.close(values, shares(x, maxima, sums));
      }
    },
  },

  'three launches one after the other are a softmax': {
    step: 'launches',
    async run({ learner, random, expect }) {
      for (const [rows, columns] of [
        [2, 3],
        [6, 11],
        [90, 250],
      ] as const) {
        const x = rows === 2 ? photographs : random.normal([rows, columns], { std: 3 });
        const maxima = await learner.rowMaximumKernel({ output: [rows], arguments: [x, columns] });
        const sums = await learner.rowSumKernel({ output: [rows], arguments: [x, maxima.values, columns] });
        const { values } = await learner.normaliseKernel({
          output: [columns, rows],
          arguments: [x, maxima.values, sums.values],
        });
        const largest = rowMaxima(x);
        expect.close(values, shares(x, largest, rowSums(x, largest)));
      }
    },
  },

  'a row may be long': {
    step: 'maximum',
    async run({ learner, random, expect }) {
      const columns = 1_400;
      const x = random.uniform([2, columns]);
      // The largest score of each row stands at its end.
      for (const row of [0, 1]) x.data[row * columns + columns - 1] = 2;
      const largest = await learner.rowMaximumKernel({ output: [2], arguments: [x, columns] });
      expect.close(largest.values, tensor([2, 2]));
      const sums = await learner.rowSumKernel({ output: [2], arguments: [x, tensor([2, 2]), columns] });
      // A thousand roundings to float32 leave an error that grows with the length of the sum.
      expect.close(sums.values, rowSums(x, tensor([2, 2])), { tolerance: { absolute: 1e-3, relative: 1e-4 } });
    },
  },
});
