/** Which way a matrix product is computed: how its operands are read, what is packed, and the axes in front. */
import { driverArguments, scratchAddress } from './machine';
import { accumulate, applyRelu } from './productKernels';
import { collapsed, eachStart, type Call, type Operand } from './operands';

/** The inner axis is taken in pieces of this many steps, so that a panel of B stays in the nearest cache. */
const innerPiece = 1024;
/** And the rows of A in blocks of about this many bytes, which the next cache holds. */
const rowBlockBytes = 512 * 1024;
const panel = 8;

export interface ProductTask {
  readonly a: Operand;
  readonly b: Operand;
  readonly to: number;
  /** Address of the bias, or 0. */
  readonly bias: number;
  readonly relu: boolean;
}

/** A matrix among the last two axes: address in bytes, strides in entries. */
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

/** Computes all products of a batch into `to`, one after the other. */
export function product(call: Call, task: ProductTask): void {
  const a = readable(call, task.a);
  const b = readable(call, task.b);
  const n = a.shape.at(-2) ?? 1;
  const k = a.shape.at(-1) ?? 1;
  const m = b.shape.at(-1) ?? 1;
  const outer = collapsed(a.shape.slice(0, -2), [a.strides.slice(0, -2), b.strides.slice(0, -2)]);
  const [ofA = [], ofB = []] = outer.strides;
  const matrixOf = (x: Operand, start: number): Matrix => ({
    address: x.address + 4 * start,
    row: x.strides.at(-2) ?? 0,
    column: x.strides.at(-1) ?? 0,
  });
  // One B for the whole batch, and rows of A that go on from one matrix to the next: it is one tall product.
  if (outer.lengths.length === 1 && ofB[0] === 0 && ofA[0] === n * (a.strides.at(-2) ?? 0)) {
    const tall = { n: n * (outer.lengths[0] ?? 1), k, m };
    single(call, tall, { ...task, a: matrixOf(a, 0), b: matrixOf(b, 0) });
    return;
  }
  let to = task.to;
  eachStart(outer.lengths, [ofA, ofB], ([startA = 0, startB = 0]) => {
    single(call, { n, k, m }, { ...task, a: matrixOf(a, startA), b: matrixOf(b, startB), to });
    to += n * m * 4;
  });
}

/** Kernels step through one of the last two axes by one entry; other views are copied together first. */
function readable(call: Call, x: Operand): Operand {
  const [row = 0, column = 0] = x.strides.slice(-2);
  const [n = 1, m = 1] = x.shape.slice(-2);
  if (row === 1 || column === 1) return x;
  // The stride of an axis with one entry is never used, so it may as well be 1.
  if (m === 1) return withStrides(x, row, 1);
  return n === 1 ? withStrides(x, 1, column) : call.packed(x);
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

function single(call: Call, { n, k, m }: Sizes, { a, b, to, bias, relu }: Single): void {
  const { kernels, tiles } = call.machine;
  if (n === 0 || m === 0) return;
  if (k === 0) {
    fillEmpty(call, { n, m }, { to, bias, relu });
    return;
  }
  const rowsOfA = a.column === 1;
  const byDot = rowsOfA && b.column !== 1 && (k >= 96 || n < 32);
  const { tile, drive } = tiles[byDot ? 'dot' : rowsOfA ? 'rows' : 'columns'];
  const packs = !byDot && (b.column !== 1 || conflicts(n, k, m));
  const packed = packs ? call.room(Math.min(k, innerPiece) * (m + panel)).start * 4 : 0;
  const blockRows = Math.max(tile.rows, Math.floor(rowBlockBytes / 4 / Math.min(k, innerPiece) / tile.rows) * tile.rows);
  for (let from = 0; from < k; from += innerPiece) {
    const inner = Math.min(innerPiece, k - from);
    const last = from + inner === k;
    const atB = b.address + 4 * from * b.row;
    if (packs) kernels[`pack ${panel}`]?.(atB, packed, inner, m, 4 * b.row, 4 * b.column);
    for (let first = 0; first < n; first += blockRows) {
      drive(
        ...driverArguments({
          tile,
          a: a.address + 4 * (from * a.column + first * a.row),
          b: packs ? packed : atB,
          c: to + 4 * first * m,
          rows: Math.min(blockRows, n - first),
          columns: m,
          inner,
          aRow: 4 * a.row,
          aStep: 4 * a.column,
          bTile: byDot ? 4 * b.column * tile.columns : packs ? 4 * panel * inner : 4 * tile.columns,
          ldb: byDot ? 4 * b.column : packs ? 4 * panel : 4 * b.row,
          ldc: 4 * m,
          bias: from === 0 ? bias : 0,
          flags: (from > 0 ? accumulate : 0) | (relu && last ? applyRelu : 0),
          scratch: scratchAddress,
        }),
      );
    }
  }
}

/**
 * True where a panel of an unpacked B would not stay in the nearest cache: its rows lie `m` entries apart, and where that is
 * a multiple of a power of two, many of them compete for few places. Counted for 64 sets of eight lines.
 */
function conflicts(n: number, k: number, m: number): boolean {
  if (n <= 8) return false;
  const bytes = 4 * m;
  if (bytes % 64 !== 0) return k > 400;
  let step = (bytes / 64) % 64;
  let sets = 64;
  while (step % 2 === 0 && sets > 1) {
    step /= 2;
    sets /= 2;
  }
  return k > sets * 8;
}

/** The sum of nothing is 0, and the bias stays. */
function fillEmpty(call: Call, { n, m }: { n: number; m: number }, task: { to: number; bias: number; relu: boolean }): void {
  const { floats } = call.machine.heap;
  for (let i = 0; i < n * m; i++) {
    const value = task.bias === 0 ? 0 : (floats[task.bias / 4 + (i % m)] ?? NaN);
    floats[task.to / 4 + i] = task.relu ? Math.max(0, value) : value;
  }
}
