/**
 * More cores, where the host lets a program have them: Node's worker threads, and workers of a page that is isolated
 * (`crossOriginIsolated`). Each worker has its own instance of the same module on the same shared memory. Work is posted
 * there as a *job*: kernel calls whose arguments are the same for every piece but for what moves on from piece to piece.
 *
 * Pieces are taken from both ends: this thread counts up, the first worker down. So with nothing else running each core has
 * the same columns of a layer every time and its cache keeps them, and with something else running whoever has time does
 * the rest. A worker looks for a job for a while before it sleeps on a futex; this thread never sleeps. No piece depends on
 * who computes it, so results are the same to the bit with any number of threads.
 */
import type { Kernel } from './machine';
import type { WasmMemory } from './memory';

/** One kernel call of a piece: argument `i` is `args[i] + step[i] · piece + outerStep[i] · ⌊piece / inner⌋ + perThread[i] · thread`. */
export interface PieceCall {
  readonly kernel: string;
  readonly args: readonly number[];
  readonly step: readonly number[];
  /** Where pieces are counted along two axes; `step` then counts within `inner`. */
  readonly outerStep?: readonly number[];
  readonly perThread?: readonly number[];
  /** An argument that counts: `chunk` in each piece, what is left of `total` in the last. */
  readonly count?: { readonly index: number; readonly chunk: number; readonly total: number };
}

export interface Job {
  readonly calls: readonly PieceCall[];
  readonly pieces: number;
  /** How many pieces there are along the inner of two axes; all of them where there is one axis. */
  readonly inner: number;
}

/** Threads that share the work. `threads` counts this one too, and only those that are ready. */
export interface Crew {
  readonly threads: number;
  run(job: Job): void;
  stop(): void;
}

// Ints at the start of the memory. `number` counts jobs, `ends` holds the next piece from below and from above.
const word = { number: 0, ends: 1, running: 2, sleeping: 3, ready: 4, sizes: 5 } as const;
/** The job's numbers, as doubles, from this byte on. */
const jobAddress = 256;
const argsPerCall = 14;
const numbersPerCall = 5 + 4 * argsPerCall;
/** How often a worker looks for a job before it sleeps: some hundred microseconds. */
const looks = 60_000;

/**
 * How often this thread looks for the end of another's last piece before it takes that core for busy: about half a
 * millisecond, which is longer than any piece. It then computes so many jobs alone.
 */
const patience = 30_000;
const [shortestPause, longestPause] = [16, 512] as const;

/** Computes pieces until there are none. Runs in this thread and, from its source, in every worker: it is self-contained. */
function takePieces(
  ints: Int32Array,
  numbers: Float64Array,
  options: { thread: number; table: readonly Kernel[]; perCall: number; perArgs: number },
): void {
  const { thread, table, perCall, perArgs } = options;
  for (;;) {
    const ends = Atomics.load(ints, 1);
    const [low, high] = [ends & 0xffff, ends >>> 16];
    if (low >= high) return;
    const next = thread === 0 ? (high << 16) | (low + 1) | 0 : ((high - 1) << 16) | low | 0;
    if (Atomics.compareExchange(ints, 1, ends, next) !== ends) continue;
    const piece = thread === 0 ? low : high - 1;
    const calls = numbers[0] ?? 0;
    const inner = numbers[1] ?? 1;
    const outerIndex = Math.floor(piece / inner);
    const innerIndex = piece - outerIndex * inner;
    for (let call = 0; call < calls; call++) {
      const at = 2 + call * perCall;
      const length = numbers[at + 1] ?? 0;
      const args: number[] = [];
      for (let i = 0; i < length; i++) {
        const from = at + 5 + i;
        args.push(
          (numbers[from] ?? 0) +
            (numbers[from + perArgs] ?? 0) * innerIndex +
            (numbers[from + 2 * perArgs] ?? 0) * outerIndex +
            (numbers[from + 3 * perArgs] ?? 0) * thread,
        );
      }
      const count = numbers[at + 2] ?? -1;
      if (count >= 0)
        args[count] = Math.min(numbers[at + 3] ?? 0, (numbers[at + 4] ?? 0) - piece * (numbers[at + 3] ?? 0));
      table[numbers[at] ?? 0]?.(...args);
    }
  }
}

interface Start {
  readonly memory: WasmMemory;
  readonly module: object;
  readonly names: readonly string[];
  readonly thread: number;
}

/** What a worker runs, given what it starts with. */
const workerSource = `
const takePieces = %TAKE%;
function work({ memory, module, names, thread }) {
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports;
  const table = names.map((name) => kernels[name]);
  const ints = new Int32Array(memory.buffer);
  const numbers = new Float64Array(memory.buffer, ${jobAddress}, 256);
  const options = { thread, table, perCall: ${numbersPerCall}, perArgs: ${argsPerCall} };
  let seen = Atomics.load(ints, ${word.number});
  Atomics.add(ints, ${word.ready}, 1);
  for (;;) {
    let left = ${looks};
    while (Atomics.load(ints, ${word.number}) === seen && --left > 0);
    if (left === 0) {
      Atomics.add(ints, ${word.sleeping}, 1);
      Atomics.wait(ints, ${word.number}, seen);
      Atomics.sub(ints, ${word.sleeping}, 1);
      continue;
    }
    // Only after it is counted as running may a thread look at the pieces, so that nobody changes the job meanwhile.
    Atomics.add(ints, ${word.running}, 1);
    seen = Atomics.load(ints, ${word.number});
    if (seen === -1) return;
    takePieces(ints, numbers, options);
    Atomics.sub(ints, ${word.running}, 1);
  }
}
`;

interface NodeThreads {
  readonly Worker: new (
    source: string,
    options: { eval: true; workerData: unknown; stdout?: boolean; execArgv?: string[] },
  ) => { unref(): void; terminate(): unknown };
}
interface Host {
  readonly process?: { getBuiltinModule?(name: string): unknown };
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Blob?: new (parts: readonly string[], options: { type: string }) => object;
  readonly URL?: { createObjectURL(blob: object): string };
  readonly Worker?: new (url: string) => { postMessage(message: unknown): void; terminate(): void };
}

const host = globalThis as unknown as Host;

/** How many cores the host says there are; 1 where threads cannot be had. */
export function coresHere(): number {
  const os = host.process?.getBuiltinModule?.('node:os') as { availableParallelism(): number } | undefined;
  if (os) return os.availableParallelism();
  return host.crossOriginIsolated === true ? (host.navigator?.hardwareConcurrency ?? 1) : 1;
}

/** Starts a worker; `undefined` where the host has none. */
function spawn(start: Start, source: string): (() => void) | undefined {
  const node = host.process?.getBuiltinModule?.('node:worker_threads') as NodeThreads | undefined;
  if (node) {
    const code = `${source}work(require('node:worker_threads').workerData);`;
    const worker = new node.Worker(code, { eval: true, workerData: start, execArgv: [] });
    worker.unref();
    return () => void worker.terminate();
  }
  if (host.crossOriginIsolated !== true || !host.Worker || !host.Blob || !host.URL) return undefined;
  const code = `${source}onmessage = ({ data }) => work(data);`;
  const worker = new host.Worker(host.URL.createObjectURL(new host.Blob([code], { type: 'text/javascript' })));
  worker.postMessage(start);
  return () => {
    worker.terminate();
  };
}

/** Starts `threads − 1` workers. They are used as soon as they are ready, which this thread never waits for. */
export function createCrew(options: {
  readonly memory: WasmMemory;
  readonly module: object;
  readonly kernels: Readonly<Record<string, Kernel>>;
  readonly threads: number;
}): Crew | undefined {
  const { memory, module, kernels, threads } = options;
  const names = Object.keys(kernels);
  const indices = new Map(names.map((name, i) => [name, i]));
  const table = names.map((name) => kernels[name]!);
  const ints = new Int32Array(memory.buffer, 0, 16);
  const numbers = new Float64Array(memory.buffer, jobAddress, 256);
  ints.fill(0);
  const source = workerSource.replace('%TAKE%', () => takePieces.toString());
  const stops: (() => void)[] = [];
  for (let thread = 1; thread < threads; thread++) {
    const stop = spawn({ memory, module, names, thread }, source);
    if (stop) stops.push(stop);
  }
  if (stops.length === 0) return undefined;
  const mine = { thread: 0, table, perCall: numbersPerCall, perArgs: argsPerCall };
  let jobs = 0;
  let aloneFor = 0;
  let nextPause: number = shortestPause;

  const write = ({ calls, inner }: Job): void => {
    numbers[0] = calls.length;
    numbers[1] = inner;
    calls.forEach(({ kernel, args, step, outerStep, perThread, count }, call) => {
      const at = 2 + call * numbersPerCall;
      numbers[at] = indices.get(kernel) ?? -1;
      numbers[at + 1] = args.length;
      numbers[at + 2] = count?.index ?? -1;
      numbers[at + 3] = count?.chunk ?? 0;
      numbers[at + 4] = count?.total ?? 0;
      for (let i = 0; i < args.length; i++) {
        numbers[at + 5 + i] = args[i] ?? 0;
        numbers[at + 5 + argsPerCall + i] = step[i] ?? 0;
        numbers[at + 5 + 2 * argsPerCall + i] = outerStep?.[i] ?? 0;
        numbers[at + 5 + 3 * argsPerCall + i] = perThread?.[i] ?? 0;
      }
    });
  };

  return {
    get threads() {
      return 1 + Atomics.load(ints, word.ready);
    },
    run(job) {
      // A worker that came late to the last job may still be looking at it.
      while (Atomics.load(ints, word.running) !== 0);
      write(job);
      Atomics.store(ints, word.ends, job.pieces << 16);
      if (aloneFor > 0) {
        aloneFor -= 1;
        takePieces(ints, numbers, mine);
        return;
      }
      jobs = (jobs + 1) & 0x3fffffff;
      Atomics.store(ints, word.number, jobs);
      if (Atomics.load(ints, word.sleeping) > 0) Atomics.notify(ints, word.number);
      takePieces(ints, numbers, mine);
      let waited = 0;
      while (Atomics.load(ints, word.running) !== 0) waited += 1;
      if (waited <= patience) {
        nextPause = shortestPause;
        return;
      }
      // Its core is busy with something else: better alone for a while, and longer each time.
      aloneFor = nextPause;
      nextPause = Math.min(2 * nextPause, longestPause);
    },
    stop() {
      for (const stop of stops) stop();
      ints.fill(0);
    },
  };
}
