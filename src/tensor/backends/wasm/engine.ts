/**
 * The one engine of this realm, made when it is first wanted: its memory in well under a millisecond, its kernels in tens of
 * them. `scope`, `keep` and `dispose` are how programs say what memory they still need.
 */
import type { Tensor } from '../../tensor';
import type { Backend } from '../backend';
import { wasmBackend } from './backend';
import { createMachine, type Machine } from './machine';
import { createHeap, type Heap } from './memory';
import { coresHere, createCrew, type Crew } from './threads';

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
    engine = { machine, backend: wasmBackend(machine, readyCrew) };
    startCrew(machine);
    return engine;
  } catch (error) {
    failure = `WebAssembly SIMD cannot be had here: ${error instanceof Error ? error.message : String(error)}`;
    return failure;
  }
}

let crew: Crew | undefined;
let wantedThreads: number | undefined;

/**
 * How many threads may compute: at most as many as the host has cores, and four where nothing is said. Workers start when
 * the engine does or is running; until they are ready, and where the host has none, this thread computes alone.
 */
export function useThreads(threads: number): void {
  wantedThreads = threads;
  crew?.stop();
  crew = undefined;
  if (engine) startCrew(engine.machine);
}

/** How many threads compute now. */
export function threadsReady(): number {
  return crew?.threads ?? 1;
}

function startCrew(machine: Machine): void {
  const threads = wantedThreads ?? Math.min(4, coresHere());
  if (threads < 2 || !machine.heap.shared) return;
  crew = createCrew({ memory: machine.heap.memory, module: machine.module, kernels: machine.kernels, threads });
}

function readyCrew(): Crew | undefined {
  return crew && crew.threads > 1 ? crew : undefined;
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
