/** What the page and the worker of one backend say to each other. A worker is asked one thing at a time. */
import type { TimedJob, TimedKernel } from '../../../harness/race/timeKernel';

export type { TimedJob, TimedKernel };

/** As GPU.js calls its modes. */
export type RaceMode = 'cpu' | 'webasm' | 'webgl2' | 'webgpu';

export type ToWorker =
  { readonly type: 'open'; readonly mode: RaceMode } | { readonly type: 'time'; readonly job: TimedJob };

/** What a backend lacks here. */
export type Lack = 'webgl2' | 'webgpu' | 'gpuForWebGpu';

/** As a worker says it. Where we have words for what happened it sends none: the page alone knows the reader's language. */
export type FromWorker =
  | { readonly type: 'opened'; readonly machine: MachineFacts }
  | { readonly type: 'unavailable'; readonly lack: Lack }
  | { readonly type: 'timed'; readonly timed: TimedKernel }
  /** `sentence` is what GPU.js, or the kernel, threw. */
  | { readonly type: 'failed'; readonly sentence: string }
  /** The GPU's context is gone, and nothing more can be had of this worker. */
  | { readonly type: 'contextLost' };

/** As the page understands it. */
export type WorkerAnswer =
  | Extract<FromWorker, { readonly type: 'opened' | 'timed' }>
  /** There is no such backend here, and why. */
  | { readonly type: 'unavailable'; readonly sentence: string }
  /** `lost` where nothing more can be had of this worker. */
  | { readonly type: 'failed'; readonly sentence: string; readonly lost: boolean };

export interface MachineFacts {
  /** The GPU's own name, where there is a GPU; empty where it gives none. */
  readonly renderer?: string;
  /** The longest side of a texture. */
  readonly textureLimit?: number;
}
