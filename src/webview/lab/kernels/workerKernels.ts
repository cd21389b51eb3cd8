/**
 * The worker of one backend: it holds one instance of GPU.js and times one kernel after another, as it is asked. A page
 * ends it from outside when a launch does not come to an end. The policy of the page, which it takes over, allows no network.
 */
import { t } from '../../l10n';
import { timeKernel, type TimingOptions } from '../../../harness/race/timeKernel';
import { KernelMachine } from '../../../harness/race/machine';
import type { FromWorker, MachineFacts, RaceMode, ToWorker } from './workerMessages';

interface Opened {
  readonly machine: KernelMachine;
  readonly facts: MachineFacts;
  readonly assertAlive: () => void;
}

/** Nothing can be had of this worker any more. */
class ContextLost extends Error {
  override readonly name = 'ContextLost';
}

let opened: Opened | undefined;

const tell = (message: FromWorker): void => postMessage(message);

addEventListener('message', (event: MessageEvent<ToWorker>) => void answer(event.data).catch(failed));
// An exception in an asynchronous listener does not reach the page by itself.
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  failed(event.reason);
});

async function answer(message: ToWorker): Promise<void> {
  if (message.type === 'open') {
    await open(message.mode);
    return;
  }
  if (opened === undefined) {
    throw new Error(t('A kernel was sent before there was a machine for it.'));
  }
  const timing: TimingOptions = { now: () => performance.now(), assertAlive: opened.assertAlive };
  tell({ type: 'timed', timed: await timeKernel(opened.machine, message.job, timing) });
}

async function open(mode: RaceMode): Promise<void> {
  if (mode === 'webgl2') {
    openWebGl2();
  } else if (mode === 'webgpu') {
    await openWebGpu();
  } else {
    start({ machine: new KernelMachine({ mode }), facts: {}, assertAlive: () => undefined });
  }
}

function start(machine: Opened): void {
  opened = machine;
  tell({ type: 'opened', machine: machine.facts });
}

function openWebGl2(): void {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('webgl2', { alpha: false, depth: false, antialias: false });
  if (context === null) {
    tell({ type: 'unavailable', lack: 'webgl2' });
    return;
  }
  const named = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = context.getParameter(named?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  start({
    machine: new KernelMachine({ mode: 'webgl2', surface: { canvas, context } }),
    facts: {
      renderer: typeof renderer === 'string' ? renderer : '',
      textureLimit: Number(context.getParameter(context.MAX_TEXTURE_SIZE)),
    },
    assertAlive: () => {
      // A kernel on a lost context gives zeros, and no error.
      if (context.isContextLost()) {
        throw new ContextLost();
      }
    },
  });
}

/** The little of WebGPU that is asked here. */
interface WebGpu {
  requestAdapter(): Promise<{
    readonly info?: { readonly vendor: string; readonly architecture: string; readonly description: string };
  } | null>;
}

async function openWebGpu(): Promise<void> {
  const gpu = (navigator as Navigator & { readonly gpu?: WebGpu }).gpu;
  if (gpu === undefined) {
    tell({ type: 'unavailable', lack: 'webgpu' });
    return;
  }
  const adapter = await gpu.requestAdapter();
  if (adapter === null) {
    tell({ type: 'unavailable', lack: 'gpuForWebGpu' });
    return;
  }
  const { vendor = '', architecture = '', description = '' } = adapter.info ?? {};
  const renderer = description || [vendor, architecture].filter((part) => part !== '').join(' ');
  start({ machine: new KernelMachine({ mode: 'webgpu' }), facts: { renderer }, assertAlive: () => undefined });
}

function failed(error: unknown): void {
  if (error instanceof ContextLost) {
    tell({ type: 'contextLost' });
    return;
  }
  const words = error instanceof Error ? error.message : String(error);
  tell({ type: 'failed', sentence: words.slice(0, 2_000) });
}
