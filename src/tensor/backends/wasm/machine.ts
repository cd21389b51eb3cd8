/**
 * The engine at work: one module with every kernel, and which tile of the matrix product runs, chosen by a timed probe
 * because the quickest differs between engines by a factor of two. Made when first needed, in some tens of
 * milliseconds, and kept.
 */
import { assemble, Code, constants, constantsAddress, relaxedMulAdd, zeroVector } from './encode';
import { elementwiseKernels } from './elementwiseKernels';
import type { Heap, WasmMemory } from './memory';
import { packKernel } from './packKernels';
import { driver, tileKernel, tileName, type Tile } from './productKernels';
import { rowKernels } from './rowKernels';

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: { env: { memory: WasmMemory } }) => { exports: object };
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
};
declare const performance: { now(): number } | undefined;

/** A kernel: addresses in bytes, counts, strides in bytes, rates. */
export type Kernel = (...args: readonly number[]) => void;

/** A tile that can run, and how quickly it did in the probe. */
export interface TunedTile {
  readonly tile: Tile;
  readonly drive: Kernel;
  /** The driver's name among the kernels. */
  readonly driver: string;
  readonly name: string;
  readonly gflops: number;
}

/** For each way of reading, tuned tiles of several heights. */
export type Tiles = Readonly<Record<Tile['reads'], readonly TunedTile[]>>;

export interface Machine {
  readonly heap: Heap;
  readonly kernels: Readonly<Record<string, Kernel>>;
  /** For each way of reading, the quickest tile of each height. Measured when the engine starts and once more. */
  readonly tiles: Tiles;
  /**
   * To be told of every product. An engine compiles first quickly and then well, in the background; at the start a kernel may
   * be measured before its turn has come, so after some hundred products the probe is repeated.
   */
  noteProduct(): void;
  /** The bytes of the module, for threads that run the same kernels. */
  readonly module: object;
  readonly milliseconds: { readonly compile: number; readonly probe: number };
}

/** Where the main thread's scratch tile lies, in the part of the memory that is never handed out. */
export const scratchAddress = 4096;
/** And how far from it the next thread's. */
export const scratchBytes = 256;

/** Tiles worth trying. More rows and columns use each entry read more often, until registers run out. */
function candidates(fused: boolean): Tile[] {
  const sizes = [
    { rows: 4, columns: 8, unroll: 1 },
    { rows: 4, columns: 8, unroll: 4 },
    { rows: 6, columns: 8, unroll: 1 },
  ];
  const dots = [{ rows: 3, columns: 3, unroll: 1 }];
  return [
    ...sizes.map((size) => ({ reads: 'rows' as const, ...size, fused })),
    ...sizes.map((size) => ({ reads: 'columns' as const, ...size, fused })),
    ...dots.map((size) => ({ reads: 'dot' as const, ...size, fused })),
  ];
}

/** A module of one relaxed multiply-add, which an engine without it refuses. */
function relaxedProbe(limits: { shared: boolean; initial: number; maximum: number }): Uint8Array<ArrayBuffer> {
  const code = new Code('relaxed', []);
  code.let('v128', relaxedMulAdd(zeroVector, zeroVector, zeroVector));
  return assemble([code], limits);
}

/** How many products pass before tiles are measured again. */
const repeatProbeAfter = 600;

/** Taken once, before a program could put a clock of its own in its place, which might stand still. */
const now: () => number = typeof performance === 'undefined' ? Date.now : performance.now.bind(performance);

/** What the clock moves on by at least, in milliseconds. */
function clockTick(): number {
  const start = now();
  let later = now();
  while (later === start) later = now();
  return later - start;
}

export function createMachine(heap: Heap): Machine {
  const started = now();
  const limits = { shared: heap.shared, initial: 1, maximum: heap.maximumPages };
  const plain = [...elementwiseKernels(), ...rowKernels(), packKernel(4), packKernel(8)];
  const build = (fused: boolean): { bytes: Uint8Array<ArrayBuffer>; tiles: Tile[] } => {
    const tiles = candidates(fused);
    const functions: Code[] = tiles.map(tileKernel);
    functions.push(...tiles.map((tile, i) => driver(tile, i)), ...plain);
    return { bytes: assemble(functions, limits), tiles };
  };
  const built = build(WebAssembly.validate(relaxedProbe(limits)));
  heap.ints.set(constants, constantsAddress / 4);
  const module = new WebAssembly.Module(built.bytes);
  const kernels = new WebAssembly.Instance(module, { env: { memory: heap.memory } }).exports as Record<string, Kernel>;
  const compiled = now();
  let tiles = probe({ heap, kernels, tiles: built.tiles });
  let products = 0;
  return {
    heap,
    kernels,
    module,
    get tiles() {
      return tiles;
    },
    noteProduct() {
      products += 1;
      if (products === repeatProbeAfter) tiles = probe({ heap, kernels, tiles: built.tiles });
    },
    milliseconds: { compile: compiled - started, probe: now() - compiled },
  };
}

/** The milliseconds of one call; `hasty` only warms it up. */
type Timed = (call: () => void, hasty: boolean) => number;

/** By a fine clock: many calls between two looks at it, for one that ticks every tenth of a millisecond, as in pages. */
function timedRounds(tick: number): Timed {
  const repeats = Math.max(5, Math.min(100, Math.ceil(tick * 10_000)));
  return (call, hasty) => {
    const calls = hasty ? 5 : repeats;
    const start = now();
    for (let i = 0; i < calls; i++) call();
    return Math.max(now() - start, 1e-3) / calls;
  };
}

/** By a clock that ticks once a millisecond, as in the realm: only its ticks are exact, so calls are counted from one to the next. */
function timedBetweenTicks(call: () => void): number {
  const before = now();
  let start = before;
  while (start === before) start = now();
  let calls = 0;
  let end = start;
  while (end === start) {
    for (let i = 0; i < 8; i++) call();
    calls += 8;
    end = now();
  }
  return (end - start) / calls;
}

/**
 * Times each tile on a product of 48 × 48 × 48, round after round, so that what else the computer does falls on all alike.
 * The first rounds let the engine's optimising compiler notice the kernels; the least time of the later ones counts.
 */
function probe({
  heap,
  kernels,
  tiles,
}: {
  heap: Heap;
  kernels: Record<string, Kernel>;
  tiles: readonly Tile[];
}): Tiles {
  const n = 48;
  const block = heap.allocateOutside(3 * n * n);
  heap.floats.fill(1, block.start, block.start + 3 * n * n);
  const [a, b, c] = [0, 1, 2].map((i) => (block.start + i * n * n) * 4) as [number, number, number];
  const runs = tiles.map((tile) => {
    const drive = kernels[`drive ${tileName(tile)}`]!;
    const columns = tile.reads === 'columns';
    const aTile = columns ? 4 * tile.rows : 4 * n * tile.rows;
    const bTile = tile.reads === 'dot' ? 4 * n * tile.columns : 4 * tile.columns;
    const args = [a, b, c, n, n, n, aTile, 4 * n, bTile, 4 * n, 4 * n, 0, 0, scratchAddress];
    return { tile, drive, args, least: Infinity, name: tileName(tile) };
  });
  const tick = clockTick();
  const timed = tick < 0.5 ? timedRounds(tick) : timedBetweenTicks;
  const rounds = 14;
  const end = now() + 25;
  for (let round = 0; round < rounds && (round < 2 || now() < end); round++) {
    for (const run of runs) {
      const milliseconds = timed(() => run.drive(...run.args), round === 0);
      // The first round is with code compiled in haste and not counted.
      if (round > 0) run.least = Math.min(run.least, milliseconds);
    }
  }
  heap.release(block);
  const best = (reads: Tile['reads']): TunedTile[] => {
    const heights = new Map<number, (typeof runs)[number]>();
    for (const run of runs.filter(({ tile }) => tile.reads === reads)) {
      const rival = heights.get(run.tile.rows);
      if (!rival || run.least < rival.least) heights.set(run.tile.rows, run);
    }
    return [...heights.values()].map(({ tile, drive, name, least }) => {
      return {
        tile,
        drive,
        driver: `drive ${name}`,
        name,
        gflops: (2 * n ** 3) / (least * 1e6),
      };
    });
  };
  return { rows: best('rows'), columns: best('columns'), dot: best('dot') };
}
