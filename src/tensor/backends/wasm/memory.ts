/**
 * The one WebAssembly memory that tensors and kernels share, and when its parts are free again.
 *
 * It is a *shared* memory with a maximum, wherever the engine has one, also where there are no threads: a shared memory grows
 * in place, so a view that was taken before keeps reading the right bytes, where growing an ordinary memory would detach every
 * view. Without shared memory it is reserved at a fixed size and never grows.
 *
 * A block of it belongs to the innermost scope that was open when it was made, and is free again when that scope ends,
 * whatever the collector does; the same step therefore takes the same blocks each time, and memory stays flat. What a
 * scope returns goes to the scope around it, or, from the outermost, is copied into an ordinary array, which the
 * collector looks after. A tensor that was stored elsewhere and is used after its scope is an error in words (`FreedError`),
 * never another tensor's numbers. `keep` takes a tensor out of all scopes, for parameters; should its owner forget
 * `dispose`, a `FinalizationRegistry` gives the block back in the end, as a safety net only.
 */
import { rowMajorStrides, sizeOf, type Shape } from '../../shape';
import { isRowMajor, layoutOf, moveTo, Tensor, type Layout, type StorageOwner } from '../../tensor';

/** The parts of the WebAssembly API that are used; the project compiles without the DOM's types. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const pageBytes = 65536;
/** What a tensor library may take before an operation fails with a sentence: 1 GiB. */
const maximumPages = 16384;
const initialPages = 256;
const fixedPages = 4096;
/** Kernels may read up to a vector tile past the end of an operand, never write; the last bytes are never handed out. */
const slack = 4096;

/** An allocation would pass the memory's limit. */
export class MemoryBudgetError extends RangeError {
  override readonly name = 'MemoryBudgetError';
}

/** A part of the memory: `floats` entries from the entry `start` on. */
export class Block implements StorageOwner {
  freed = false;
  kept = false;
  /** Whose end frees it. */
  scope: Scope | undefined;

  constructor(
    readonly start: number,
    readonly sizeClass: number,
  ) {}
}

const nothing: ReadonlySet<Block> = new Set();

interface Scope {
  readonly blocks: Block[];
}

/** Sizes come in classes, four to each doubling, so that a block can be used again for another size nearby. */
function classOf(floats: number): number {
  if (floats <= 16) return 0;
  const doubling = 31 - Math.clz32((floats - 1) >> 4);
  const quarter = ((floats - 1) >> (doubling + 2)) & 3;
  return 1 + 4 * doubling + quarter;
}

function floatsOfClass(sizeClass: number): number {
  if (sizeClass === 0) return 16;
  const doubling = (sizeClass - 1) >> 2;
  const quarter = (sizeClass - 1) & 3;
  return (16 << doubling) + (quarter + 1) * (4 << doubling);
}

export class Heap {
  readonly memory: WasmMemory;
  readonly shared: boolean;
  readonly maximumPages: number;
  /** The memory as floats. Replaced when it grows; earlier views stay right. */
  floats: Float32Array;
  ints: Int32Array;
  /** The operation under way, for errors. */
  op = 'keep';
  #top: number;
  readonly #free: number[][] = [];
  readonly #scopes: Scope[] = [];
  readonly #registry: FinalizationRegistry<{ readonly start: number; readonly sizeClass: number }>;

  constructor(
    memory: WasmMemory,
    options: { readonly shared: boolean; readonly reservedBytes: number; readonly pages: number },
  ) {
    this.memory = memory;
    this.shared = options.shared;
    this.maximumPages = options.pages;
    this.floats = new Float32Array(memory.buffer);
    this.ints = new Int32Array(memory.buffer);
    this.#top = options.reservedBytes / 4;
    this.#registry = new FinalizationRegistry(({ start, sizeClass }) => {
      this.#release(start, sizeClass);
    });
  }

  get inScope(): boolean {
    return this.#scopes.length > 0;
  }

  /** How many bytes have ever been handed out; flat where programs free what they take. */
  get bytesReached(): number {
    return this.#top * 4;
  }

  /** A block of the innermost scope; without one, the caller must `release` it. */
  allocate(floats: number): Block {
    const block = this.#take(floats);
    const scope = this.#scopes[this.#scopes.length - 1];
    if (scope) {
      block.scope = scope;
      scope.blocks.push(block);
    }
    return block;
  }

  /** A block that no scope frees. */
  allocateOutside(floats: number): Block {
    return this.#take(floats);
  }

  release(block: Block): void {
    if (block.freed) return;
    block.freed = true;
    this.#release(block.start, block.sizeClass);
  }

  #release(start: number, sizeClass: number): void {
    (this.#free[sizeClass] ??= []).push(start);
  }

  #take(floats: number): Block {
    const sizeClass = classOf(floats);
    const again = this.#free[sizeClass]?.pop();
    if (again !== undefined) return new Block(again, sizeClass);
    const start = this.#top;
    const end = start + floatsOfClass(sizeClass);
    const bytesNeeded = end * 4 + slack;
    if (bytesNeeded > this.memory.buffer.byteLength) this.#grow(bytesNeeded, floats);
    this.#top = end;
    return new Block(start, sizeClass);
  }

  #grow(bytesNeeded: number, floats: number): void {
    const pages = this.memory.buffer.byteLength / pageBytes;
    const wanted = Math.min(this.maximumPages, Math.max(Math.ceil(bytesNeeded / pageBytes), Math.ceil(pages * 1.5)));
    const budget = (this.maximumPages * pageBytes) / 2 ** 20;
    const tooMuch = `${this.op}: a tensor of ${floats} entries does not fit: the tensors alive now and this one need more than the ${budget} MiB there are; give scopes less to hold, or smaller batches`;
    if (wanted * pageBytes < bytesNeeded || wanted === pages) throw new MemoryBudgetError(tooMuch);
    try {
      this.memory.grow(wanted - pages);
    } catch {
      throw new MemoryBudgetError(tooMuch);
    }
    this.floats = new Float32Array(this.memory.buffer);
    this.ints = new Int32Array(this.memory.buffer);
  }

  /** A tensor without gaps in `block`; `strides` where they are known already. */
  tensorIn(block: Block, shape: Shape, strides: readonly number[] = rowMajorStrides(shape)): Tensor {
    return new Tensor(shape, {
      storage: this.floats,
      strides,
      offset: block.start,
      owner: block,
    });
  }

  /** Runs `body`; afterwards everything it made is free, except the tensors in what it returns. */
  scope<T>(body: () => T): T {
    const scope: Scope = { blocks: [] };
    this.#scopes.push(scope);
    const depth = this.#scopes.length;
    let result: T;
    try {
      result = body();
    } catch (error) {
      this.#end(depth, nothing);
      throw error;
    }
    if (typeof result !== 'object' || result === null) {
      this.#end(depth, nothing);
      return result;
    }
    const returned = tensorsIn(result);
    const outer = this.#scopes[depth - 2];
    const saved = new Set<Block>();
    for (const x of returned) {
      const layout = layoutOf(x);
      if (!(layout.owner instanceof Block) || layout.owner.scope !== scope || layout.owner.kept) continue;
      if (outer) saved.add(layout.owner);
      else moveTo(x, this.copyOut(x, layout));
    }
    this.#end(depth, saved);
    return result;
  }

  #end(depth: number, saved: ReadonlySet<Block>): void {
    const outer = this.#scopes[depth - 2];
    while (this.#scopes.length >= depth) {
      const blocks = this.#scopes.pop()?.blocks ?? [];
      // Last made, first free: the next step then finds its blocks in the same order, warm in the cache.
      for (let i = blocks.length - 1; i >= 0; i--) {
        const block = blocks[i];
        if (!block || block.kept || block.freed) continue;
        if (outer && saved.has(block)) {
          block.scope = outer;
          outer.blocks.push(block);
        } else this.release(block);
      }
    }
  }

  copyOut(x: Tensor, { storage, strides, offset }: Layout): Layout {
    if (isRowMajor(x.shape, strides)) {
      return {
        storage: ordinaryCopy(storage as Float32Array, offset, x.size),
        strides: rowMajorStrides(x.shape),
        offset: 0,
      };
    }
    // A view with gaps or repetitions: everything it may read lies in its block, so the block is copied as it is.
    const { least, most } = reach(x.shape, strides);
    return {
      storage: ordinaryCopy(storage as Float32Array, offset + least, most - least + 1),
      strides,
      offset: -least,
    };
  }

  /** Takes `x` out of all scopes, into this memory where it is not there yet. Returns `x`. */
  keep(x: Tensor): Tensor {
    if (x.dtype === 'float64') return x;
    const layout = layoutOf(x);
    if (layout.owner instanceof Block && layout.owner.kept) return x;
    const values = x.data as Float32Array;
    const block = this.#take(values.length);
    block.kept = true;
    this.#registry.register(block, { start: block.start, sizeClass: block.sizeClass }, block);
    this.floats.set(values, block.start);
    moveTo(x, { storage: this.floats, strides: rowMajorStrides(x.shape), offset: block.start, owner: block });
    return x;
  }

  /** Frees a tensor's memory now; it, and every view of it, must not be used again. Ordinary arrays are left to the collector. */
  dispose(x: Tensor): void {
    const { owner } = layoutOf(x);
    if (!(owner instanceof Block)) return;
    if (owner.kept) this.#registry.unregister(owner);
    this.release(owner);
  }
}

/** A copy outside WebAssembly memory, in a buffer of its own that is not shared. */
function ordinaryCopy(values: Float32Array, start: number, length: number): Float32Array {
  const copy = new Float32Array(length);
  copy.set(values.subarray(start, start + length));
  return copy;
}

/** The least and the greatest distance from its offset at which a view reads. */
function reach(shape: Shape, strides: readonly number[]): { least: number; most: number } {
  let [least, most] = [0, 0];
  if (sizeOf(shape) === 0) return { least, most: -1 };
  shape.forEach((length, axis) => {
    const span = (length - 1) * (strides[axis] ?? 0);
    if (span < 0) least += span;
    else most += span;
  });
  return { least, most };
}

/** The tensors in a value: itself, or in its arrays, maps and plain objects, however deep. */
function tensorsIn(value: unknown, found = new Set<Tensor>(), seen = new Set<object>()): Set<Tensor> {
  if (value instanceof Tensor) found.add(value);
  else if (typeof value === 'object' && value !== null && !seen.has(value) && !ArrayBuffer.isView(value)) {
    seen.add(value);
    const parts: Iterable<unknown> =
      value instanceof Map || value instanceof Set ? value.values() : Object.values(value);
    for (const part of parts) tensorsIn(part, found, seen);
  }
  return found;
}

declare const WebAssembly: {
  readonly Memory: new (options: { initial: number; maximum: number; shared?: boolean }) => WasmMemory;
};

/** The first bytes of the memory: what threads tell each other, a scratch tile for each, and constants. */
export const reservedBytes = 12288;

/** A memory, shared where the engine has that. */
export function createHeap(): Heap {
  try {
    const memory = new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages, shared: true });
    return new Heap(memory, { shared: true, reservedBytes, pages: maximumPages });
  } catch {
    const memory = new WebAssembly.Memory({ initial: fixedPages, maximum: fixedPages });
    return new Heap(memory, { shared: false, reservedBytes, pages: fixedPages });
  }
}
