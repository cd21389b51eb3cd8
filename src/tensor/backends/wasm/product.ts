/** Which way a matrix product is computed: how its operands are read, what is packed, which cores take part. */
import { scratchAddress, scratchBytes, type TunedTile } from './machine';
import { collapsed, eachStart, type Call, type Operand } from './operands';
import { accumulate, applyRelu } from './productKernels';
import type { PieceCall } from './threads';

/** A longer inner axis than this is taken in parts of half as many steps, so that panels stay in the nearest cache. */
const longestInner = 1024;
/** And the rows of A in blocks of about this many bytes, which the next cache holds. */
const rowBlockBytes = 512 * 1024;
/** Columns in a packed panel of B, and rows in one of A. */
const [panelOfB, panelOfA] = [8, 4] as const;
/** From how many multiplications on a second thread is worth being told. */
const worthSharing = 150_000;

export interface ProductTask {
  readonly a: Operand;
  readonly b: Operand;
  readonly to: number;
  /** Address of the bias, or 0. */
  readonly bias: number;
  readonly relu: boolean;
}

/** One matrix of an operand: address and strides in bytes. */
interface Matrix {
  readonly address: number;
  readonly row: number;
  readonly column: number;
}

interface Sizes {
  readonly n: number;
  readonly k: number;
  readonly m: number;
}

interface Plan {
  readonly tuned: TunedTile;
  readonly dot: boolean;
  readonly packsA: boolean;
  readonly packsB: boolean;
}

/** Computes all products of a batch into `to`, one after the other. */
export function product(call: Call, task: ProductTask): void {
  call.machine.noteProduct();
  const a = readable(call, task.a);
  const b = readable(call, task.b);
  const rank = a.shape.length;
  const sizes = { n: a.shape[rank - 2] ?? 1, k: a.shape[rank - 1] ?? 1, m: b.shape[rank - 1] ?? 1 };
  const { n, k, m } = sizes;
  if (task.a.shape.length === 2) {
    single(call, sizes, { ...task, a: matrixOf(a, 0), b: matrixOf(b, 0) });
    return;
  }
  const outer = collapsed(a.shape.slice(0, -2), [a.strides.slice(0, -2), b.strides.slice(0, -2)]);
  const [ofA = [], ofB = []] = outer.strides;
  // One B for the whole batch, and rows of A that go on from one matrix to the next: it is one tall product.
  if (outer.lengths.length === 1 && ofB[0] === 0 && ofA[0] === n * (a.strides[rank - 2] ?? 0)) {
    const tall = { n: n * (outer.lengths[0] ?? 1), k, m };
    single(call, tall, { ...task, a: matrixOf(a, 0), b: matrixOf(b, 0) });
    return;
  }
  if (batchAcrossThreads(call, { sizes, task, a, b, outer })) return;
  let to = task.to;
  eachStart(outer.lengths, [ofA, ofB], ([startA = 0, startB = 0]) => {
    single(call, sizes, { ...task, a: matrixOf(a, startA), b: matrixOf(b, startB), to });
    to += n * m * 4;
  });
}

function matrixOf(x: Operand, start: number): Matrix {
  const rank = x.shape.length;
  return {
    address: x.address + 4 * start,
    row: 4 * (x.strides[rank - 2] ?? 0),
    column: 4 * (x.strides[rank - 1] ?? 0),
  };
}

/** Kernels step through one of the last two axes by one entry; other views are copied together first. */
function readable(call: Call, x: Operand): Operand {
  const rank = x.shape.length;
  const [row, column] = [x.strides[rank - 2] ?? 0, x.strides[rank - 1] ?? 0];
  if (row === 1 || column === 1) return x;
  // The stride of an axis with one entry is never used, so it may as well be 1.
  if (x.shape[rank - 1] === 1) return withStrides(x, row, 1);
  return x.shape[rank - 2] === 1 ? withStrides(x, 1, column) : call.packed(x);
}

function withStrides(x: Operand, row: number, column: number): Operand {
  return { ...x, strides: [...x.strides.slice(0, -2), row, column] };
}

interface Single {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly to: number;
  readonly bias: number;
  readonly relu: boolean;
}

function planOf(call: Call, { n, k, m }: Sizes, { a, b }: Pick<Single, 'a' | 'b'>): Plan {
  const { tiles } = call.machine;
  const alongRows = a.column === 4;
  // Where A has few rows, packing B costs more than the slower way of reading it in place.
  const dot = alongRows && b.column !== 4 && n < 24;
  const packsA = !alongRows && m >= 64 && a.column >= 2048 && conflicts(k, a.column);
  const packsB = !dot && (b.column !== 4 || (n > 8 && conflicts(k, b.row)));
  const choice = tiles[dot ? 'dot' : alongRows ? 'rows' : 'columns'];
  const tuned = quickest(packsA ? choice.filter(({ tile }) => tile.rows === panelOfA) : choice, n);
  return { tuned, dot, packsA, packsB };
}

/** The arguments of the tile's driver, in its order; see `driverParameters`. */
function driverArguments(
  plan: Plan,
  { n, k, m }: Sizes,
  { a, b, to, bias, flags }: Omit<Single, 'relu'> & { flags: number },
): number[] {
  const { tile } = plan.tuned;
  const { dot, packsA, packsB } = plan;
  const alongRows = tile.reads !== 'columns';
  const aTile = packsA ? 4 * panelOfA * k : a.row * tile.rows;
  const lda = packsA ? 4 * panelOfA : alongRows ? a.row : a.column;
  const bTile = dot ? b.column * tile.columns : packsB ? 4 * panelOfB * k : 4 * tile.columns;
  const ldb = dot ? b.column : packsB ? 4 * panelOfB : b.row;
  return [a.address, b.address, to, n, m, k, aTile, lda, bTile, ldb, 4 * m, bias, flags, scratchAddress];
}

function single(call: Call, sizes: Sizes, task: Single): void {
  const { n, k, m } = sizes;
  const { a, b, to, bias, relu } = task;
  if (n === 0 || m === 0) return;
  if (k === 0) {
    fillEmpty(call, sizes, task);
    return;
  }
  const plan = planOf(call, sizes, task);
  const shared = n * k * m >= worthSharing ? call.crew : undefined;
  const { tile, driver, drive } = plan.tuned;
  const longest = k <= longestInner ? k : longestInner / 2;
  const packedB = plan.packsB ? call.room(longest * (m + panelOfB)).start * 4 : 0;
  const packedA = plan.packsA ? call.room(longest * (n + panelOfA)).start * 4 : 0;
  const blockRows = shared ? n : Math.max(1, Math.floor(rowBlockBytes / 4 / longest / tile.rows)) * tile.rows;
  for (let from = 0; from < k; from += longest) {
    const inner = Math.min(longest, k - from);
    const [atA, atB] = [a.address + from * a.column, b.address + from * b.row];
    if (plan.packsB) pack(call, panelOfB, [atB, packedB, inner, m, b.row, b.column]);
    if (plan.packsA) pack(call, panelOfA, [atA, packedA, inner, n, a.column, a.row]);
    const part: Omit<Single, 'relu'> & { flags: number } = {
      a: { ...a, address: plan.packsA ? packedA : atA },
      b: { ...b, address: plan.packsB ? packedB : atB },
      to,
      bias: from === 0 ? bias : 0,
      flags: (from > 0 ? accumulate : 0) | (relu && from + inner === k ? applyRelu : 0),
    };
    const args = driverArguments(plan, { n, k: inner, m }, part);
    if (shared) {
      shared.run(split(plan, { n, m }, { driver, args, threads: shared.threads }));
      continue;
    }
    const [start = 0, , target = 0] = args;
    const rowOfA = plan.packsA ? 4 * inner : a.row;
    for (let first = 0; first < n; first += blockRows) {
      args[0] = start + first * rowOfA;
      args[2] = target + first * 4 * m;
      args[3] = Math.min(blockRows, n - first);
      drive(...args);
    }
  }
}

/** `[matrix, out, inner, columns, row, column]`, by all threads where it is large. */
function pack(call: Call, width: 4 | 8, args: readonly number[]): void {
  const [, , inner = 0, columns = 0, , column = 0] = args;
  const kernel = `pack ${width}`;
  const pieces = call.crew ? 4 * call.crew.threads : 1;
  if (!call.crew || inner * columns < worthSharing / 4 || columns < width * pieces) {
    call.machine.kernels[kernel]?.(...args);
    return;
  }
  const chunk = Math.ceil(columns / width / pieces) * width;
  call.crew.run({
    pieces: Math.ceil(columns / chunk),
    inner: 0xffff,
    calls: [
      {
        kernel,
        args,
        step: [chunk * column, chunk * inner * 4, 0, 0, 0, 0],
        count: { index: 3, chunk, total: columns },
      },
    ],
  });
}

/**
 * One product in pieces. A tall one is split along its rows, so that a core keeps its part of the activations from layer
 * to layer; any other along its columns, so that a core keeps its part of the weights.
 */
function split(
  plan: Plan,
  { n, m }: { n: number; m: number },
  { driver, args, threads }: { driver: string; args: readonly number[]; threads: number },
): { calls: PieceCall[]; pieces: number; inner: number } {
  const { tile } = plan.tuned;
  const [, , , , , inner = 0, aTile = 0, , bTile = 0, , ldc = 0, bias = 0] = args;
  const byRows = n >= 2 * m;
  const unit = byRows ? tile.rows : tile.columns;
  const length = byRows ? n : m;
  const most = byRows ? Math.ceil((n * inner * 4) / rowBlockBytes) : 1;
  const pieces = Math.min(Math.ceil(length / unit), Math.max(4 * threads, most));
  const tilesEach = Math.ceil(length / unit / pieces);
  const chunk = tilesEach * unit;
  const step = new Array<number>(args.length).fill(0);
  if (byRows) {
    step[0] = tilesEach * aTile;
    step[2] = chunk * ldc;
  } else {
    step[1] = tilesEach * bTile;
    step[2] = chunk * 4;
    step[11] = bias === 0 ? 0 : chunk * 4;
  }
  const perThread = args.map((_, i) => (i === args.length - 1 ? scratchBytes : 0));
  const count = { index: byRows ? 3 : 4, chunk, total: length };
  return {
    pieces: Math.ceil(length / chunk),
    inner: 0xffff,
    calls: [{ kernel: driver, args, step, perThread, count }],
  };
}

/** The products of a batch shared out among threads. False where there are none, or the batch has more than two axes. */
function batchAcrossThreads(
  call: Call,
  batch: {
    readonly sizes: Sizes;
    readonly task: ProductTask;
    readonly a: Operand;
    readonly b: Operand;
    readonly outer: ReturnType<typeof collapsed>;
  },
): boolean {
  const { sizes, task, outer } = batch;
  const { n, k, m } = sizes;
  const { crew } = call;
  const pieces = outer.lengths.reduce((product, length) => product * length, 1);
  if (!crew || pieces < 4 || pieces > 0x7fff || k > longestInner || n * k * m * pieces < worthSharing) return false;
  if (n === 0 || k === 0 || m === 0 || outer.lengths.length > 2) return false;
  const [a, b] = [matrixOf(batch.a, 0), matrixOf(batch.b, 0)];
  const plan = { ...planOf(call, sizes, { a, b }), packsA: false };
  const last = outer.lengths.length - 1;
  const stepOf = (operand: 0 | 1, axis: number): number => 4 * (outer.strides[operand]?.[axis] ?? 0);
  const packedBytes = 4 * k * (m + panelOfB);
  const packed = plan.packsB ? call.room((packedBytes / 4) * crew.threads).start * 4 : 0;
  const flags = task.relu ? applyRelu : 0;
  const args = driverArguments(plan, sizes, {
    a,
    b: plan.packsB ? { ...b, address: packed } : b,
    to: task.to,
    bias: task.bias,
    flags,
  });
  const inner = outer.lengths[last] ?? 1;
  const only = (values: Readonly<Record<number, number>>, length: number): number[] =>
    Array.from({ length }, (_, i) => values[i] ?? 0);
  const drive: PieceCall = {
    kernel: plan.tuned.driver,
    args,
    step: only({ 0: stepOf(0, last), 1: plan.packsB ? 0 : stepOf(1, last), 2: 4 * n * m }, 14),
    outerStep: only({ 0: stepOf(0, last - 1), 1: plan.packsB ? 0 : stepOf(1, last - 1), 2: 4 * n * m * inner }, 14),
    perThread: only({ 1: plan.packsB ? packedBytes : 0, 13: scratchBytes }, 14),
  };
  const packing: PieceCall = {
    kernel: `pack ${panelOfB}`,
    args: [b.address, packed, k, m, b.row, b.column],
    step: only({ 0: stepOf(1, last) }, 6),
    outerStep: only({ 0: stepOf(1, last - 1) }, 6),
    perThread: only({ 1: packedBytes }, 6),
  };
  crew.run({ pieces, inner, calls: plan.packsB ? [packing, drive] : [drive] });
  return true;
}

/** The tile that should take the least time over `n` rows; those that hang over the edge are computed all the same. */
function quickest(tiles: readonly TunedTile[], n: number): TunedTile {
  let best = tiles[0]!;
  let least = Infinity;
  for (const tuned of tiles) {
    const { rows } = tuned.tile;
    const over = n % rows === 0 ? 0 : 0.3;
    const cost = ((Math.ceil(n / rows) + over) * rows) / tuned.gflops;
    if (cost >= least) continue;
    best = tuned;
    least = cost;
  }
  return best;
}

/**
 * True where a panel of `k` rows of an unpacked matrix would not stay in the nearest cache: they lie `bytes`
 * apart, and where that is a multiple of a power of two, many compete for few places. Counted for 64 sets of eight lines.
 */
function conflicts(k: number, bytes: number): boolean {
  if (bytes % 64 !== 0) return k > 400;
  let step = bytes / 64;
  let sets = 64;
  while (step % 2 === 0 && sets > 1) {
    step /= 2;
    sets /= 2;
  }
  return k > sets * 8;
}

/** The sum of nothing is 0, and the bias stays. */
function fillEmpty(call: Call, { n, m }: Sizes, task: { to: number; bias: number; relu: boolean }): void {
  const { floats } = call.machine.heap;
  for (let i = 0; i < n * m; i++) {
    const value = task.bias === 0 ? 0 : (floats[task.bias / 4 + (i % m)] ?? NaN);
    floats[task.to / 4 + i] = task.relu ? Math.max(0, value) : value;
  }
}
