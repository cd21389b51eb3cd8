/** What a page's worker races kernels on; a page itself imports nothing of the tensor library. */
export { KernelMachine } from '../../tensor/backends/kernelModes';
