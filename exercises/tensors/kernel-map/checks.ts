import { defineChecks } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Tensor } from 'tensor';

/** The specification: the loop, and zeros for the threads beyond `size`. */
function brightened(
  pixels: Tensor,
  { amount, size, threads }: { readonly amount: number; readonly size: number; readonly threads: number },
): Tensor {
  const values = Array.from({ length: threads }, (_, i) => {
    if (i >= size) return 0;
    const lighter = pixels.at(i) + amount;
    return lighter < 0 ? 0 : lighter > 1 ? 1 : lighter;
  });
  return fromData(Float32Array.from(values), [threads]);
}

interface Launch {
  readonly rows: number;
  readonly columns: number;
  /** As launched: x, then y. */
  readonly threads: readonly [x: number, y: number];
}

function change(before: Tensor, after: Tensor, { rows, columns, threads: [x, y] }: Launch): Tensor {
  const values: number[] = [];
  for (let i = 0; i < y; i += 1) {
    for (let j = 0; j < x; j += 1) {
      values.push(i < rows && j < columns ? after.at(i, j) - before.at(i, j) : 0);
    }
  }
  return fromData(Float32Array.from(values), [y, x]);
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "eight threads brighten the lesson's six pixels": {
    step: 'guard',
    async run({ learner, expect }) {
      const pixels = tensor([0, 0.1, 0.3, 0.5, 0.7, 0.9]);
      const run = await learner.brightenKernel({ output: [8], arguments: [pixels, 0.2, 6] });
      expect.close(run.values, tensor([0.2, 0.3, 0.5, 0.7, 0.9, 1, 0, 0]));
    },
  },

  'every pixel is brightened or darkened, and stays between 0 and 1': {
    step: 'cell',
    async run({ learner, random, expect }) {
      for (const size of [1, 2, 7, 64, 333]) {
        const pixels = random.uniform([size]);
        for (const amount of [0.35, -0.35, 0, 1.5]) {
          const run = await learner.brightenKernel({ output: [size], arguments: [pixels, amount, size] });
          expect.close(run.values, brightened(pixels, { amount, size, threads: size }));
        }
      }
    },
  },

  'a thread without a pixel reads nothing and returns 0': {
    step: 'guard',
    async run({ learner, random, expect }) {
      for (const [size, threads] of [
        [1, 8],
        [5, 6],
        [50, 64],
      ] as const) {
        const pixels = random.uniform([size]);
        const run = await learner.brightenKernel({ output: [threads], arguments: [pixels, 0.1, size] });
        expect.close(run.values, brightened(pixels, { amount: 0.1, size, threads }));
      }
    },
  },

  'size is believed where the array goes on': {
    step: 'guard',
    async run({ learner, random, expect }) {
      const pixels = random.uniform([20], { low: 0.2 });
      for (const size of [0, 1, 13]) {
        const run = await learner.brightenKernel({ output: [16], arguments: [pixels, 0.1, size] });
        expect.close(run.values, brightened(pixels, { amount: 0.1, size, threads: 16 }));
      }
    },
  },

  'a thread subtracts the picture before from the one after': {
    step: 'zip',
    async run({ learner, random, expect }) {
      const before = random.uniform([3, 5]);
      const after = random.uniform([3, 5]);
      const run = await learner.changeKernel({ output: [5, 3], arguments: [before, after, tensor([3, 5])] });
      expect.close(run.values, change(before, after, { rows: 3, columns: 5, threads: [5, 3] }));
    },
  },

  'x is the column and y is the row': {
    step: 'zip',
    async run({ learner, random, expect }) {
      for (const [rows, columns] of [
        [1, 6],
        [6, 1],
        [4, 9],
        [9, 4],
        [1, 1],
      ] as const) {
        const before = random.normal([rows, columns]);
        const after = random.normal([rows, columns]);
        const run = await learner.changeKernel({
          output: [columns, rows],
          arguments: [before, after, tensor([rows, columns])],
        });
        expect.close(run.values, change(before, after, { rows, columns, threads: [columns, rows] }));
      }
    },
  },

  'threads to the right of the pictures and below them return 0': {
    step: 'guard',
    async run({ learner, random, expect }) {
      for (const [rows, columns, x, y] of [
        [5, 7, 8, 8],
        [3, 8, 8, 4],
        [4, 6, 8, 4],
        [6, 2, 4, 8],
      ] as const) {
        const before = random.uniform([rows, columns]);
        const after = random.uniform([rows, columns], { low: 2, high: 3 });
        const run = await learner.changeKernel({
          output: [x, y],
          arguments: [before, after, tensor([rows, columns])],
        });
        expect.close(run.values, change(before, after, { rows, columns, threads: [x, y] }));
      }
    },
  },

  'pictures of many thousand pixels are no different': {
    step: 'zip',
    async run({ learner, random, expect }) {
      const before = random.uniform([150, 200]);
      const after = random.uniform([150, 200]);
      const run = await learner.changeKernel({ output: [208, 160], arguments: [before, after, tensor([150, 200])] });
      expect.close(run.values, change(before, after, { rows: 150, columns: 200, threads: [208, 160] }));
    },
  },
});
