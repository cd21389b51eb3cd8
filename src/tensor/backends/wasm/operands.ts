/**
 * From tensors to addresses. An operand that lies in WebAssembly memory is read where it is, view or not; one that lies in
 * an ordinary array is copied in for the time of one call. Results are made in the innermost scope, or, without one, copied
 * out into ordinary arrays.
 */
import { rowMajorStrides, sizeOf, type Shape } from '../../shape';
import { layoutOf, ofValues, type Tensor } from '../../tensor';
import type { Machine } from './machine';
import { Block } from './memory';
import type { Crew } from './threads';

/** From how many nanoseconds of work on other threads are told. */
const worthSharing = 12_000;

/** A tensor's place: the address of its first entry in bytes, strides in entries. */
export interface Operand {
  readonly address: number;
  readonly shape: Shape;
  readonly strides: readonly number[];
}

/** What one call of an op has borrowed. `close` gives it back. */
export class Call {
  readonly #temporary: Block[] = [];
  readonly #heap;

  constructor(
    readonly machine: Machine,
    /** The other threads, where there are any and they are ready. */
    readonly crew: Crew | undefined,
  ) {
    this.#heap = machine.heap;
  }

  /**
   * Calls a kernel, shared out among threads where that is worth it. `args[count]` of the call may be divided into units of
   * `unit`; for each one the other arguments move on by `step`. `work` is what the call costs, in nanoseconds by a rough count.
   */
  spread(
    kernel: string,
    args: readonly number[],
    parts: { count: number; unit?: number; step: readonly number[]; work: number },
  ): void {
    const { count, unit = 1, step, work } = parts;
    const total = args[count] ?? 0;
    const pieces = this.crew && work >= worthSharing ? Math.min(4 * this.crew.threads, Math.floor(total / unit)) : 1;
    if (!this.crew || pieces < 2) {
      this.machine.kernels[kernel]?.(...args);
      return;
    }
    const chunk = Math.ceil(total / unit / pieces) * unit;
    const moved = step.map((distance) => distance * chunk);
    const call = { kernel, args, step: moved, count: { index: count, chunk, total } };
    this.crew.run({ pieces: Math.ceil(total / chunk), inner: 0xffff, calls: [call] });
  }

  /** `x` where it lies, or copied in. */
  operand(x: Tensor): Operand {
    const layout = layoutOf(x);
    const { strides, shape } = { strides: layout.strides, shape: x.shape };
    if (layout.owner instanceof Block) return { address: layout.offset * 4, shape, strides };
    const reach = shape.reduce((most, length, axis) => most + Math.max(0, length - 1) * (strides[axis] ?? 0), 1);
    const whole = reach <= 2 * x.size;
    // All that a view reads is copied as it lies, repetitions not repeated; unless most of it lies between what is read.
    const source = whole ? layout.storage.subarray(layout.offset, layout.offset + reach) : x.data;
    const block = this.room(source.length);
    this.#heap.floats.set(source, block.start);
    return { address: block.start * 4, shape, strides: whole ? strides : rowMajorStrides(shape) };
  }

  /** `x` without gaps, and its address. */
  contiguous(x: Tensor): number {
    return this.packed(this.operand(x)).address;
  }

  /** The operand itself where it has no gaps, or a copy that has none. */
  packed(x: Operand): Operand {
    if (withoutGaps(x.shape, x.strides)) return x;
    const address = this.room(sizeOf(x.shape)).start * 4;
    this.gather(x, address);
    return { address, shape: x.shape, strides: rowMajorStrides(x.shape) };
  }

  /** Copies a view together at `address`. */
  gather(x: Operand, address: number): void {
    const { lengths, strides } = collapsed(x.shape, [x.strides]);
    const [of] = strides as [number[]];
    const [planes, rows, columns] = [lengths.at(-3) ?? 1, lengths.at(-2) ?? 1, lengths.at(-1) ?? 1];
    const [plane, row, column] = [4 * (of.at(-3) ?? 0), 4 * (of.at(-2) ?? 0), 4 * (of.at(-1) ?? 1)];
    const size = planes * rows * columns;
    const outer = lengths.slice(0, -3);
    if (this.crew && outer.length === 1 && size * (outer[0] ?? 1) * 0.3 >= worthSharing) {
      const args = [x.address, address, planes, rows, columns, plane, row, column];
      const call = { kernel: 'gather', args, step: [4 * (of[0] ?? 0), 4 * size, 0, 0, 0, 0, 0, 0] };
      this.crew.run({ pieces: outer[0] ?? 1, inner: 0xffff, calls: [call] });
      return;
    }
    let to = address;
    eachStart(outer, [of], ([start = 0]) => {
      const args = [x.address + start * 4, to, planes, rows, columns, plane, row, column];
      this.spread('gather', args, { count: 2, step: [plane, 4 * rows * columns, 0, 0, 0, 0, 0, 0], work: size * 0.3 });
      to += 4 * size;
    });
  }

  /** Room for the time of the call. */
  room(floats: number): Block {
    const block = this.#heap.allocateOutside(floats);
    this.#temporary.push(block);
    return block;
  }

  /** Makes a result: `fill` writes its entries from the address it is given on. */
  result(shape: Shape, fill: (address: number) => void): Tensor {
    const size = sizeOf(shape);
    if (this.#heap.inScope) {
      const block = this.#heap.allocate(size);
      fill(block.start * 4);
      return this.#heap.tensorIn(block, shape);
    }
    const { start } = this.room(size);
    fill(start * 4);
    const values = new Float32Array(size);
    values.set(this.#heap.floats.subarray(start, start + size));
    return ofValues(values, shape);
  }

  /** Lets `write` change `x`, without gaps, where it lies. */
  change(x: Tensor, write: (address: number) => void): void {
    const layout = layoutOf(x);
    if (layout.owner instanceof Block && withoutGaps(x.shape, layout.strides)) {
      write(layout.offset * 4);
      return;
    }
    const values = x.data;
    const { start } = this.room(x.size);
    this.#heap.floats.set(values, start);
    write(start * 4);
    values.set(this.#heap.floats.subarray(start, start + x.size));
  }

  close(): void {
    for (const block of this.#temporary) this.#heap.release(block);
  }
}

/** As `isRowMajor`, without making an array: this is asked for every operand. */
export function withoutGaps(shape: Shape, strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 1;
    if (length !== 1 && strides[axis] !== expected) return false;
    expected *= length;
  }
  return true;
}

/**
 * The fewest axes that say the same: neighbours merge wherever every operand steps over both as over one. Axes of length
 * one go.
 */
export function collapsed(
  shape: Shape,
  strides: readonly (readonly number[])[],
): { lengths: number[]; strides: number[][] } {
  const lengths: number[] = [];
  const merged: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis] ?? 0;
    if (length === 1) continue;
    const last = lengths.length - 1;
    const joins = last >= 0 && strides.every((own, i) => merged[i]?.[last] === (own[axis] ?? 0) * length);
    if (joins) {
      lengths[last] = (lengths[last] ?? 1) * length;
      strides.forEach((own, i) => (merged[i]![last] = own[axis] ?? 0));
    } else {
      lengths.push(length);
      strides.forEach((own, i) => merged[i]?.push(own[axis] ?? 0));
    }
  }
  return { lengths, strides: merged };
}

/** Where each operand starts, in entries, for every index along the outer axes, row-major. */
export function eachStart(
  outer: readonly number[],
  strides: readonly (readonly number[])[],
  visit: (starts: readonly number[]) => void,
): void {
  const starts = strides.map(() => 0);
  const walk = (axis: number): void => {
    const length = outer[axis];
    if (length === undefined) {
      visit(starts);
      return;
    }
    for (let i = 0; i < length; i++) {
      walk(axis + 1);
      for (let s = 0; s < starts.length; s++) starts[s] = (starts[s] ?? 0) + (strides[s]?.[axis] ?? 0);
    }
    for (let s = 0; s < starts.length; s++) starts[s] = (starts[s] ?? 0) - length * (strides[s]?.[axis] ?? 0);
  };
  walk(0);
}
