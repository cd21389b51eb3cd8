/** What the page and the worker of one backend say to each other. A worker is asked one thing at a time. */
import type { TimedJob, TimedKernel } from '../../../harness/race/timeKernel';

export type { TimedJob, TimedKernel };

/** As GPU.js calls its modes. */
export type RaceMode = 'cpu' | 'webasm' | 'webgl2' | 'webgpu';

export type ToWorker =
  { readonly type: 'open'; readonly mode: RaceMode } | { readonly type: 'time'; readonly job: TimedJob };

export type FromWorker =
  | { readonly type: 'opened'; readonly machine: MachineFacts }
  /** There is no such backend here, and why. */
  | { readonly type: 'unavailable'; readonly sentence: string }
  | { readonly type: 'timed'; readonly timed: TimedKernel }
  /** `lost` where nothing more can be had of this worker. */
  | { readonly type: 'failed'; readonly sentence: string; readonly lost: boolean };

export interface MachineFacts {
  /** The GPU's own name, where there is one. */
  readonly renderer?: string;
  /** The longest side of a texture. */
  readonly textureLimit?: number;
}
