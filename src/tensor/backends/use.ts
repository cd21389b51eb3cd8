/**
 * Which backend computes, and what really computed since someone last asked. The choice is one for the whole realm, as
 * the learner's realm runs one program; whoever starts a run sets it and reads the uses afterwards.
 *
 * `auto` computes in loops until that has cost about as much as starting the WebAssembly engine would: the few small
 * tensors of a check never wait for it, and training does not notice. In a scope it starts at once. From then on it has all
 * of float32 that is large enough to be worth two copies, or any size in a scope, where nothing is copied.
 */
import type { Tensor } from '../tensor';
import type { Backend, Task } from './backend';
import { gpuJs } from './gpujs';
import { loops } from './loops';
import { wasmName, wasmRefuses } from './wasm/backend';
import { inScope, runningEngine, wasmEngine } from './wasm/engine';
import type { Machine, Tiles } from './wasm/machine';

export type BackendChoice = 'auto' | 'loops' | 'wasm' | 'gpu.js';

/** Something that ran, as it really ran. */
export interface BackendUse {
  /** `loops`, `wasm simd`, `gpu.js webasm`. */
  readonly backend: string;
  readonly ran: 'tensor operations' | 'kernels';
  /** GPU.js's own class of the kernel that ran. */
  readonly kernelClass?: string;
  /** Why this backend and not another. */
  readonly reason: string;
}

let choice: BackendChoice = 'auto';
const uses = new Map<string, BackendUse>();
/** The last one recorded, as most operations follow one of their own kind. */
let latest: BackendUse | undefined;

/**
 * Chooses the backend of all tensor operations from now on. What the chosen one refuses runs in loops, and the reason is
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
  latest = undefined;
}

/** Remembers that something ran. */
export function recordUse(use: BackendUse): void {
  if (use === latest) return;
  latest = use;
  const key = [use.backend, use.ran, use.kernelClass, use.reason].join('|');
  if (!uses.has(key)) uses.set(key, use);
}

/** The backend that computes `op` of these tensors, recorded as used. */
export function backendFor(op: Task['op'], ...tensors: readonly Tensor[]): Backend {
  switch (choice) {
    case 'loops':
      return recorded(loops, 'chosen');
    case 'gpu.js': {
      const refusal = gpuJs.refuses(taskOf(op, tensors));
      return refusal === undefined ? recorded(gpuJs, 'chosen') : recorded(loops, `gpu.js was chosen, but ${refusal}`);
    }
    case 'wasm': {
      const engine = wasmEngine();
      const refusal = typeof engine === 'string' ? engine : wasmRefuses(taskOf(op, tensors));
      if (typeof engine === 'string' || refusal !== undefined)
        return recorded(loops, `${wasmName} was chosen, but ${refusal}`);
      engine.machine.heap.op = op;
      return recorded(engine.backend, 'chosen');
    }
    case 'auto':
      return quickest(op, tensors);
    default:
      return choice satisfies never;
  }
}

/** What loops may have cost, in nanoseconds by a rough count, before the engine is started. */
const startsAfter = 30e6;
/** Outside scopes, from how many entries or products on the engine is quicker, both copies included. */
const worthCopying = { entries: 2000, products: 30_000 } as const;
let spent = 0;
/** The sentence for the tiles measured last. */
let sentence: { readonly tiles: Tiles; readonly text: string } | undefined;

function quickest(op: Task['op'], tensors: readonly Tensor[]): Backend {
  const task = taskOf(op, tensors);
  const refusal = wasmRefuses(task);
  if (refusal !== undefined) return recorded(loops, `${refusal}, which leaves plain loops`);
  const scoped = inScope();
  const running = runningEngine();
  if (scoped && running) {
    running.machine.heap.op = op;
    return recorded(running.backend, reasonOf(running.machine));
  }
  const work = op === 'matmul' ? productsOf(tensors) : task.size;
  if (!scoped && work < (op === 'matmul' ? worthCopying.products : worthCopying.entries)) {
    return recorded(loops, 'for tensors as small as these, plain loops are quickest');
  }
  spent += 3 * work;
  if (!running && !scoped && spent < startsAfter) {
    return recorded(loops, 'so far plain loops have taken less time than starting the WebAssembly engine would');
  }
  const engine = running ?? wasmEngine();
  if (typeof engine === 'string') return recorded(loops, engine);
  engine.machine.heap.op = op;
  return recorded(engine.backend, reasonOf(engine.machine));
}

/** What was measured when the engine started, in words. */
function reasonOf({ tiles, milliseconds }: Machine): string {
  if (sentence?.tiles === tiles) return sentence.text;
  const speeds = Object.values(tiles)
    .flat()
    .map(({ name, gflops }) => `${name} at ${gflops.toFixed(0)} GFLOP/s`);
  const took = (milliseconds.compile + milliseconds.probe).toFixed(0);
  const text = `quickest for what is this large; the start measured ${speeds.join(', ')} in ${took} ms`;
  sentence = { tiles, text };
  return text;
}

function productsOf([a, b]: readonly Tensor[]): number {
  return (a?.size ?? 0) * (b?.shape.at(-1) ?? 1);
}

function taskOf(op: Task['op'], tensors: readonly Tensor[]): Task {
  let size = 0;
  let [empty, double] = [false, false];
  for (const x of tensors) {
    const own = x.size;
    if (own > size) size = own;
    if (own === 0) empty = true;
    if (x.dtype === 'float64') double = true;
  }
  return { op, dtype: double ? 'float64' : 'float32', size, empty };
}

const known = new Map<Backend, BackendUse>();

function recorded(backend: Backend, reason: string): Backend {
  let use = known.get(backend);
  if (use?.reason !== reason) {
    use = { backend: backend.name, ran: 'tensor operations', reason };
    known.set(backend, use);
  }
  recordUse(use);
  return backend;
}
