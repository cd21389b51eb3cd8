/** The matrix product as a race: the same kernel cell by cell, in WebAssembly and on the graphics card. */
import { defineKernelRace } from 'authoring';

export default defineKernelRace([
  {
    title: 'Matrix product',
    kernel: 'matmulKernel',
    sizeLabel: 'n, for a product of two n × n matrices',
    sizes: [16, 32, 64, 128, 256, 512, 1024],
    // For each of n² cells n products, and n sums.
    operations: (n) => 2 * n ** 3,
    launch: (n, random) => ({ output: [n, n], arguments: [random.normal([n, n]), random.normal([n, n]), n] }),
  },
]);
