/**
 * How quick the tensor library is, as ratios to what else a learner could have taken: PyTorch on one thread (skipped in the
 * open where it is not installed), TensorFlow.js as documented and tuned, plain loops. Everything of ours goes through
 * the public API with autograd. All peers of one kind of work take turns; times are the least of ours, ratios the median over the rounds, so that what
 * else the computer does falls on all alike.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { backendUses, useBackend } from '../src/tensor/backends';
import { coresHere } from '../src/tensor/backends/wasm/threads';
import { memoryReached, threadsReady, useThreads, wasmEngine } from '../src/tensor/backends/wasm/engine';
import { median } from './rows';
import { measuredPeak } from './tensor/peak';
import { startPyTorch, type PyTorch } from './tensor/pytorch';
import { documentedEpoch, tfAddition, tfProduct, tfSoftmax, tunedEpoch, useTf } from './tensor/tfjs';
import {
  addition,
  attentionBothWays,
  digitsEpoch,
  encoderStep,
  layerNormRows,
  product,
  softmaxRows,
} from './tensor/workloads';

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, and the value divided by the peer's. */
  readonly peer?: string;
  readonly ratio?: number;
  /** The largest ratio, or value where there is no peer, that the project promises. */
  readonly limit?: number;
}

/** One kind of work: how ours, PyTorch and tfjs do it. `times` operations in a run. */
interface Work {
  readonly name: string;
  readonly ours: () => () => void;
  readonly torch: string;
  readonly tfjs?: () => () => void;
  readonly times: number;
  readonly unit: 'ms' | 'µs';
  readonly rounds: number;
  readonly limits?: { readonly one?: number; readonly two?: number; readonly microseconds?: number };
}

const works: readonly Work[] = [
  {
    name: 'digits epoch',
    ours: digitsEpoch,
    torch: 'digits 0 1',
    tfjs: tunedEpoch,
    times: 1,
    unit: 'ms',
    rounds: 12,
    limits: { one: 2, two: 0.95 },
  },
  {
    name: 'encoder step',
    ours: encoderStep,
    torch: 'encoder 0 1',
    times: 1,
    unit: 'ms',
    rounds: 12,
    limits: { one: 2.2, two: 1 },
  },
  ...[16, 64, 128, 256, 512, 1024].map((n): Work => {
    const times = Math.max(1, Math.round(2e7 / (2 * n ** 3)));
    return {
      name: `matmul ${n}`,
      ours: () => product(n, times),
      torch: `matmul ${n} ${times}`,
      tfjs: () => tfProduct(n, times),
      times,
      unit: 'µs',
      rounds: 12,
      ...(n === 64 ? { limits: { microseconds: 15 } } : {}),
    };
  }),
  {
    name: 'add 64×64',
    ours: () => addition(64, 500),
    torch: 'add 64 500',
    tfjs: () => tfAddition(64, 500),
    times: 500,
    unit: 'µs',
    rounds: 20,
    limits: { microseconds: 1 },
  },
  {
    name: 'softmax 128×128',
    ours: () => softmaxRows(100),
    torch: 'softmax 0 100',
    tfjs: () => tfSoftmax(100),
    times: 100,
    unit: 'µs',
    rounds: 12,
  },
  {
    name: 'layer norm 128×64',
    ours: () => layerNormRows(100),
    torch: 'layer-norm 0 100',
    times: 100,
    unit: 'µs',
    rounds: 12,
  },
  {
    name: 'attention both ways',
    ours: () => attentionBothWays(10),
    torch: 'attention 0 10',
    times: 10,
    unit: 'µs',
    rounds: 12,
  },
];

function milliseconds(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** The least time of ours, in milliseconds a run, and the median of the ratios that the rounds gave; NaN without the peer. */
interface Measured {
  readonly least: number;
  readonly torch: number;
  readonly tfjs: number;
}

/** Measures one kind of work, all peers taking turns. */
async function measure(
  work: Work,
  peers: { readonly threads: number; readonly torch: PyTorch | undefined },
): Promise<Measured> {
  const ours = work.ours();
  const tfjs = peers.threads === 1 ? work.tfjs?.() : undefined;
  const rounds: { ours: number; torch: number; tfjs: number }[] = [];
  // The first rounds are for compilers that notice only then what runs often.
  const warm = 4;
  for (let round = 0; round < warm + work.rounds; round++) {
    const taken = { ours: milliseconds(ours), torch: NaN, tfjs: NaN };
    if (peers.torch) taken.torch = await peers.torch.run(work.torch, 1);
    if (tfjs) taken.tfjs = milliseconds(tfjs);
    if (round >= warm) rounds.push(taken);
  }
  const ratioTo = (peer: 'torch' | 'tfjs'): number => median(rounds.map((taken) => taken.ours / taken[peer]));
  return { least: Math.min(...rounds.map(({ ours }) => ours)), torch: ratioTo('torch'), tfjs: ratioTo('tfjs') };
}

function rowsOf(work: Work, label: string, measured: Measured & { readonly threads: number }): Row[] {
  const scale = work.unit === 'µs' ? 1000 / work.times : 1;
  const { least, torch, tfjs, threads } = measured;
  const base = { name: `${work.name}, ${label}`, value: least * scale, unit: work.unit };
  const limit = threads === 1 ? work.limits?.one : work.limits?.two;
  const rows: Row[] = [];
  const promised = limit === undefined ? {} : { limit };
  rows.push(Number.isNaN(torch) ? base : { ...base, peer: 'PyTorch, 1 thread', ratio: torch, ...promised });
  if (!Number.isNaN(tfjs)) {
    const ofEpoch = work.tfjs === tunedEpoch ? { limit: 0.5 } : {};
    rows.push({ ...base, peer: 'tfjs wasm, tuned', ratio: tfjs, ...ofEpoch });
  }
  const most = work.limits?.microseconds;
  if (most !== undefined && threads === 1) rows.push({ ...base, limit: most });
  return rows;
}

export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'string' }, only: { type: 'string', default: '' } },
  });
  const rows: Row[] = [];
  const show = (row: Row): void => {
    rows.push(row);
    console.log(lineOf(row));
  };
  useThreads(1);
  const engine = wasmEngine();
  if (typeof engine === 'string') throw new Error(engine);
  const { compile, probe } = engine.machine.milliseconds;
  show({ name: 'cold start with the probe', value: compile + probe, unit: 'ms', limit: 60 });
  const peak = measuredPeak();
  show({ name: `128-bit peak of a core${peak.fused ? ', fused' : ''}`, value: peak.gflops, unit: 'GFLOP/s' });
  const torch = await startPyTorch();
  console.log(typeof torch === 'string' ? torch : `PyTorch ${torch.version}, Node ${process.versions.node}`);
  const peer = typeof torch === 'string' ? undefined : torch;
  await useTf('wasm');
  const chosen = works.filter(({ name }) => name.includes(values.only));

  for (const threads of [1, 2]) {
    if (threads > coresHere()) {
      console.log('This computer has one core, so two threads are not measured.');
      continue;
    }
    useThreads(threads);
    while (threadsReady() < threads) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const work of chosen) {
      const measured = await measure(work, { threads, torch: peer });
      for (const row of rowsOf(work, `${threads} ${threads === 1 ? 'thread' : 'threads'}`, { ...measured, threads }))
        show(row);
      if (work.name === 'matmul 512' && threads === 1) {
        const share = (2 * 512 ** 3 * work.times) / (measured.least * 1e6) / peak.gflops;
        show({ name: 'matmul 512, share of the peak', value: 100 * share, unit: '% (at least 90)' });
      }
    }
  }
  useThreads(1);
  if ('digits epoch'.includes(values.only)) {
    const ours = milliseconds(digitsEpoch());
    const documented = documentedEpoch();
    milliseconds(documented);
    const tfDocumented = milliseconds(documented);
    show({
      name: 'digits epoch, 1 thread',
      value: ours,
      unit: 'ms',
      peer: 'tfjs wasm, as documented',
      ratio: ours / tfDocumented,
    });
    useBackend('loops');
    const loops = milliseconds(digitsEpoch());
    useBackend('auto');
    show({ name: 'digits epoch, 1 thread', value: ours, unit: 'ms', peer: 'plain loops', ratio: ours / loops });
  }
  flatMemory(show);
  console.log('What ran:');
  for (const { backend, reason } of backendUses()) console.log(`  ${backend}: ${reason}`);
  if (peer) peer.stop();
  if (values.json !== undefined) {
    writeFileSync(
      values.json,
      `${JSON.stringify(
        rows.map(({ limit: _, ...row }) => row),
        undefined,
        2,
      )}\n`,
    );
  }
}

/** Memory after 10,000 steps less that after the first few. */
function flatMemory(show: (row: Row) => void): void {
  const step = attentionBothWays(100);
  step();
  const before = memoryReached();
  for (let i = 0; i < 100; i++) step();
  show({
    name: 'WebAssembly memory gained in 10,000 steps',
    value: (memoryReached() - before) / 1024,
    unit: 'KiB',
    limit: 0,
  });
}

function lineOf({ name, value, unit, peer, ratio, limit }: Row): string {
  const measured = ratio ?? value;
  const promise =
    limit === undefined ? '' : measured <= limit ? `  (at most ${limit})` : `  (TOO MUCH: at most ${limit})`;
  const compared = ratio === undefined ? '' : `  ${ratio.toFixed(2)} × ${peer ?? ''}`;
  return `${name.padEnd(44)} ${value.toFixed(2).padStart(10)} ${unit}${compared}${promise}`;
}
