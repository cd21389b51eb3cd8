/** For whoever runs learners' programs: the choice of backend, what ran, and the launch of kernels. */
export { backendUses, resetBackendUses, useBackend } from './use';
export type { BackendChoice, BackendUse } from './use';
export { dispose, keep, memoryReached, scope } from './wasm/engine';
export { KernelError, runKernel, runKernelOnGuardedArrays } from './kernels';
export type { Kernel, KernelLaunch, KernelResult } from './kernels';
export { KernelReadError } from './guardedArrays';
export { KernelCompileError } from './gpu';
