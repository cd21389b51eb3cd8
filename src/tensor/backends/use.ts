/**
 * Which backend computes, and what really computed since someone last asked. The choice is one for the whole realm, as
 * the learner's realm runs one program; whoever starts a run sets it and reads the uses afterwards.
 */
import type { Tensor } from '../tensor';
import type { Backend, Task } from './backend';
import { gpuJs } from './gpujs';
import { loops } from './loops';

export type BackendChoice = 'auto' | 'loops' | 'gpu.js';

/** Something that ran, as it really ran. */
export interface BackendUse {
  /** `loops`, `gpu.js webasm`. */
  readonly backend: string;
  readonly ran: 'tensor operations' | 'kernels';
  /** GPU.js's own class of the kernel that ran. */
  readonly kernelClass?: string;
  /** Why this backend and not another. */
  readonly reason: string;
}

let choice: BackendChoice = 'auto';
const uses = new Map<string, BackendUse>();

/**
 * Chooses the backend of all tensor operations from now on. What GPU.js refuses runs in loops, and the reason is
 * recorded.
 */
export function useBackend(wanted: BackendChoice): void {
  choice = wanted;
}

/** What ran since the last `resetBackendUses`, each kind of use once, in the order of their first time. */
export function backendUses(): BackendUse[] {
  return [...uses.values()];
}

export function resetBackendUses(): void {
  uses.clear();
}

/** Remembers that something ran. */
export function recordUse(use: BackendUse): void {
  const key = [use.backend, use.ran, use.kernelClass, use.reason].join('|');
  if (!uses.has(key)) uses.set(key, use);
}

/** The backend that computes `op` of these tensors, recorded as used. */
export function backendFor(op: Task['op'], ...tensors: readonly Tensor[]): Backend {
  if (choice !== 'gpu.js') {
    recordUse({
      backend: loops.name,
      ran: 'tensor operations',
      reason: choice === 'loops' ? 'chosen' : reasonForLoops,
    });
    return loops;
  }
  const refusal = gpuJs.refuses({
    op,
    dtype: tensors.some((x) => x.dtype === 'float64') ? 'float64' : 'float32',
    size: Math.max(...tensors.map((x) => x.size)),
    empty: tensors.some((x) => x.size === 0),
  });
  const backend = refusal === undefined ? gpuJs : loops;
  recordUse({
    backend: backend.name,
    ran: 'tensor operations',
    reason: refusal === undefined ? 'chosen' : `gpu.js was chosen, but ${refusal}`,
  });
  return backend;
}

const reasonForLoops = 'without a GPU, GPU.js makes single tensor operations no quicker than plain loops';
