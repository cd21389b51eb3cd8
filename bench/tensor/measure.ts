/**
 * The measurement of one host, Node or a page. All peers of one kind of work take turns; times are the least of ours,
 * ratios the median over the rounds, so that what else the computer does falls on all alike.
 */
import { backendUses, useBackend } from '../../src/tensor/backends';
import { memoryReached, threadsReady, useThreads, wasmEngine } from '../../src/tensor/backends/wasm/engine';
import { coresHere } from '../../src/tensor/backends/wasm/threads';
import { median } from '../median';
import { measuredPeak } from './peak';
import type { Row } from './report';
import { forgetTf, useTf, type TfBackend } from './tfjs';
import { works, type Work } from './works';
import { attentionBothWays, digitsEpoch } from './workloads';

export interface Measurement {
  /** Part of the names of works; all where it is empty. */
  readonly only: string;
  /** Follows a row's name: `, Chromium`. */
  readonly suffix: string;
  readonly tfBackends: readonly TfBackend[];
  /** What follows the name of TensorFlow.js's backend. */
  readonly tfNotes: Readonly<Partial<Record<TfBackend, string>>>;
  readonly wasmFiles: string;
  /** Milliseconds that PyTorch takes on one thread; undefined where it is not here. */
  readonly torch: ((work: string) => Promise<number>) | undefined;
  readonly show: (row: Row) => void;
  readonly say: (line: string) => void;
}

function milliseconds(run: () => void, times = 1): number {
  const start = performance.now();
  for (let i = 0; i < times; i++) run();
  return (performance.now() - start) / times;
}

/** How often something this short is run for one time: clocks of pages tick every tenth of a millisecond. */
const repeatsOf = (once: number): number => Math.max(1, Math.min(20, Math.ceil(3 / Math.max(once, 0.05))));

// The first rounds are for compilers that notice only then what runs often.
const warmRounds = 4;
/** A peer that is much slower is not waited for so often: about this long in all, in milliseconds. */
const patience = 3000;

interface Compared {
  /** The least time of ours, in milliseconds a run. */
  readonly least: number;
  readonly ratio: number;
}

/** Ours in turn with `peer`, which runs once and answers with milliseconds; alone where there is none. */
async function compare(
  ours: () => void,
  {
    rounds,
    peer,
    known,
  }: {
    readonly rounds: number;
    readonly peer: (() => number | Promise<number>) | undefined;
    /** What the peer took once, where it has run already. */
    readonly known?: number;
  },
): Promise<Compared> {
  const repeats = repeatsOf(milliseconds(ours));
  const first = known ?? (await peer?.()) ?? 0;
  const wanted = Math.max(1, Math.min(warmRounds + rounds, Math.ceil(patience / Math.max(first, 1))));
  const warm = Math.min(warmRounds, wanted >> 1);
  const times: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < wanted; round++) {
    const own = milliseconds(ours, repeats);
    const other = peer ? await peer() : NaN;
    if (round < warm) continue;
    times.push(own);
    ratios.push(own / other);
  }
  return { least: Math.min(...times), ratio: median(ratios) };
}

export async function measureHost(measurement: Measurement): Promise<void> {
  const { only, suffix, show, say } = measurement;
  useThreads(1);
  const engine = wasmEngine();
  if (typeof engine === 'string') throw new Error(engine);
  const { compile, probe } = engine.machine.milliseconds;
  show({ name: `cold start with the probe${suffix}`, value: compile + probe, unit: 'ms', limit: 60 });
  const peak = measuredPeak();
  const peakName = `128-bit peak of a core${peak.fused ? ', fused' : ''}${suffix}`;
  show({ name: peakName, value: peak.gflops, unit: 'GFLOP/s' });
  const chosen = works.filter(({ name }) => name.includes(only));
  for (const threads of [1, 2]) {
    if (threads > coresHere()) {
      say(`Two threads are not measured${suffix}: there is one core, or the page is not isolated.`);
      continue;
    }
    useThreads(threads);
    while (threadsReady() < threads) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const work of chosen) {
      const least = await againstTorch(work, { threads, measurement });
      if (work.name === 'matmul 512' && threads === 1) {
        const share = (2 * 512 ** 3 * work.times) / (least * 1e6) / peak.gflops;
        show({ name: `matmul 512, share of the peak${suffix}`, value: 100 * share, unit: '% (at least 90)' });
      }
    }
  }
  useThreads(1);
  for (const backend of measurement.tfBackends) await againstTf(chosen, { backend, measurement });
  if ('digits epoch'.includes(only)) againstLoops(measurement);
  flatMemory(measurement);
  say('What ran:');
  for (const { backend, reason } of backendUses()) say(`  ${backend}: ${reason}`);
}

const scaleOf = ({ unit, times }: Work): number => (unit === 'µs' ? 1000 / times : 1);

/** Shows the rows of one work and returns the least time of ours. */
async function againstTorch(
  work: Work,
  { threads, measurement }: { readonly threads: number; readonly measurement: Measurement },
): Promise<number> {
  const { torch, suffix, show } = measurement;
  const peer = torch && (() => torch(work.torch));
  const { least, ratio } = await compare(work.ours(), { rounds: work.rounds, peer });
  const name = `${work.name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}${suffix}`;
  const row = { name, value: least * scaleOf(work), unit: work.unit };
  // Ratios are promised of Node.
  const limit = suffix !== '' ? undefined : threads === 1 ? work.limits?.one : work.limits?.two;
  const promised = limit === undefined ? {} : { limit };
  show(torch ? { ...row, peer: 'PyTorch, 1 thread', ratio, ...promised } : row);
  const most = work.limits?.microseconds;
  if (most !== undefined && threads === 1) show({ ...row, limit: most });
  return least;
}

async function againstTf(
  chosen: readonly Work[],
  { backend, measurement }: { readonly backend: TfBackend; readonly measurement: Measurement },
): Promise<void> {
  const { wasmFiles, tfNotes, suffix, show, say } = measurement;
  const missing = await useTf(backend, wasmFiles);
  if (missing !== undefined) {
    say(missing);
    return;
  }
  for (const work of chosen) {
    for (const { style, make, limit } of work.tfjs) {
      const peer = `tfjs ${backend}${tfNotes[backend] ?? ''}, ${style}`;
      try {
        const theirs = make();
        const once = milliseconds(theirs);
        const repeats = repeatsOf(once);
        const compared = await compare(work.ours(), {
          rounds: work.rounds,
          peer: () => milliseconds(theirs, repeats),
          known: once * repeats,
        });
        const promised = limit === undefined || backend !== 'wasm' ? {} : { limit };
        const name = `${work.name}, 1 thread${suffix}`;
        const value = compared.least * scaleOf(work);
        show({ name, value, unit: work.unit, peer, ratio: compared.ratio, ...promised });
      } catch (error) {
        say(`${work.name} is not compared with ${peer}, which cannot do it: ${String(error)}`);
      }
      forgetTf();
    }
  }
}

function againstLoops({ suffix, show }: Measurement): void {
  const run = digitsEpoch();
  run();
  const ours = milliseconds(run);
  useBackend('loops');
  const loops = milliseconds(digitsEpoch());
  useBackend('auto');
  const name = `digits epoch, 1 thread${suffix}`;
  show({ name, value: ours, unit: 'ms', peer: 'plain loops', ratio: ours / loops });
}

/** Memory after 10,000 steps less that after the first few. */
function flatMemory({ suffix, show }: Measurement): void {
  const step = attentionBothWays(100);
  step();
  const before = memoryReached();
  for (let i = 0; i < 100; i++) step();
  const value = (memoryReached() - before) / 1024;
  show({ name: `WebAssembly memory gained in 10,000 steps${suffix}`, value, unit: 'KiB', limit: 0 });
}
