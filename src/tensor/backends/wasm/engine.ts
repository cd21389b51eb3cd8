/**
 * The one engine of this realm, made when it is first wanted: its memory in well under a millisecond, its kernels in tens of
 * them. `scope`, `keep` and `dispose` are how programs say what memory they still need.
 */
import type { Tensor } from '../../tensor';
import type { Backend } from '../backend';
import { wasmBackend } from './backend';
import { createMachine, type Machine } from './machine';
import { createHeap, type Heap } from './memory';

let heap: Heap | undefined;
let engine: { readonly machine: Machine; readonly backend: Backend } | undefined;
/** Why there is no engine, once making one has failed. */
let failure: string | undefined;

function theHeap(): Heap | undefined {
  if (heap || failure !== undefined) return heap;
  try {
    heap = createHeap();
  } catch (error) {
    failure = `WebAssembly memory cannot be had here: ${error instanceof Error ? error.message : String(error)}`;
  }
  return heap;
}

/** The engine, made now where there is none yet; or, in words, why there is none. */
export function wasmEngine(): { readonly machine: Machine; readonly backend: Backend } | string {
  if (engine) return engine;
  const memory = theHeap();
  if (failure !== undefined || !memory) return failure ?? 'there is no WebAssembly memory';
  try {
    const machine = createMachine(memory);
    engine = { machine, backend: wasmBackend(machine) };
    return engine;
  } catch (error) {
    failure = `WebAssembly SIMD cannot be had here: ${error instanceof Error ? error.message : String(error)}`;
    return failure;
  }
}

/** The engine where it has been made already. */
export function runningEngine(): { readonly machine: Machine; readonly backend: Backend } | undefined {
  return engine;
}

/** True between the start and the end of a scope. */
export function inScope(): boolean {
  return heap?.inScope ?? false;
}

/**
 * Runs `body` and frees the memory of every tensor made in it, except those it returns, alone or in arrays, maps and
 * plain objects. Training calls it for each step, so that memory stays flat whatever the collector does:
 *
 * ```ts
 * for (const batch of batches) {
 *   const loss = scope(() => step(batch));
 * }
 * ```
 *
 * A tensor that was stored elsewhere and is used afterwards throws a `FreedError`. Scopes may be nested. Tensors in
 * ordinary arrays (from `fromData` and its like, or made outside scopes) are not touched.
 */
export function scope<T>(body: () => T): T {
  const memory = theHeap();
  return memory ? memory.scope(body) : body();
}

/**
 * Takes `x` out of all scopes and puts it where the kernels read it without a copy: for parameters, and whatever else lives
 * from step to step. Returns `x`. `dispose` gives its memory back.
 */
export function keep(x: Tensor): Tensor {
  return theHeap()?.keep(x) ?? x;
}

/** Frees the memory of `x` now, ahead of its scope's end. It, and every view of it, must not be used again. */
export function dispose(x: Tensor): void {
  heap?.dispose(x);
}

/** How many bytes of WebAssembly memory have ever been in use at once; 0 before there is any. */
export function memoryReached(): number {
  return heap?.bytesReached ?? 0;
}
