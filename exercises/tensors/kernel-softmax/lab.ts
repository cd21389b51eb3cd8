/** Softmax along the rows, kernel by kernel: how much there is to compute for each number decides who wins. */
import { defineKernelRace } from 'authoring';
import { exp, max, subtract, sum } from 'tensor';

/** Each row as long as there are rows. */
const sizes = [16, 32, 64, 128, 256, 512];
const sizeLabel = 'n, for scores of n rows and n columns';

export default defineKernelRace([
  {
    title: 'The largest score of each row',
    kernel: 'rowMaximumKernel',
    sizeLabel,
    sizes,
    operations: (n) => n * n,
    launch: (n, random) => ({ output: [n], arguments: [random.normal([n, n]), n] }),
  },
  {
    title: 'The sum of the exponentials of each row',
    kernel: 'rowSumKernel',
    sizeLabel,
    sizes,
    // A difference, an exponential and a sum for each score.
    operations: (n) => 3 * n * n,
    launch: (n, random) => {
      const scores = random.normal([n, n]);
      return { output: [n], arguments: [scores, max(scores, { axis: 1 }), n] };
    },
  },
  {
    title: 'The share of each cell',
    kernel: 'normaliseKernel',
    sizeLabel,
    sizes,
    operations: (n) => 3 * n * n,
    launch: (n, random) => {
      const scores = random.normal([n, n]);
      const maxima = max(scores, { axis: 1 });
      const shifted = subtract(scores, max(scores, { axis: 1, keepdim: true }));
      return { output: [n, n], arguments: [scores, maxima, sum(exp(shifted), { axis: 1 })] };
    },
  },
]);
