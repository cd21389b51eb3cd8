/** Two kernels with one operation or two for each number that they read: what a graphics card is for, and what it is not. */
import { defineKernelRace } from 'authoring';
import { tensor } from 'tensor';

const pixels = { kernel: 'brightenKernel', sizeLabel: 'how many pixels' } as const;

export default defineKernelRace([
  {
    ...pixels,
    title: 'Brighten',
    sizes: [256, 1024, 4096, 16_384, 65_536, 262_144],
    // A sum and two comparisons for each pixel.
    operations: (size) => 3 * size,
    launch: (size, random) => ({ output: [size], arguments: [random.uniform([size]), 0.2, size] }),
  },
  {
    title: 'Change between two pictures',
    kernel: 'changeKernel',
    sizeLabel: 'n, for two pictures of n × n pixels',
    sizes: [16, 32, 64, 128, 256, 512],
    operations: (n) => n * n,
    launch: (n, random) => ({
      output: [n, n],
      arguments: [random.uniform([n, n]), random.uniform([n, n]), tensor([n, n])],
    }),
  },
]);
