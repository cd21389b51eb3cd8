/**
 * The page's end of a worker: one question at a time, each with a limit. What does not answer in time is ended, and the
 * page says so; a worker that was ended answers every later question with the same sentence.
 */
import { t } from '../../l10n';
import { durationInWords } from '../../words';
import type { Lack, ToWorker, WorkerAnswer } from './workerMessages';

export interface BackendWorkerOptions {
  /** The text of the worker's script. */
  readonly script: string;
  /** How long an answer may take, in milliseconds. */
  readonly patienceMs: number;
}

export class BackendWorker {
  private readonly worker: Worker;
  private over: Extract<WorkerAnswer, { type: 'failed' }> | undefined;
  private settle: ((answer: WorkerAnswer) => void) | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: BackendWorkerOptions) {
    const url = URL.createObjectURL(new Blob([options.script], { type: 'text/javascript' }));
    this.worker = new Worker(url);
    URL.revokeObjectURL(url);
    this.worker.addEventListener('message', (event: MessageEvent<unknown>) => this.answered(readAnswer(event.data)));
    this.worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.end(
        // A script that could not be loaded gives an event without a message.
        event.message ? t('The worker stopped: {0}', event.message) : t('The worker stopped and gave no reason.'),
      );
    });
  }

  ask(message: ToWorker): Promise<WorkerAnswer> {
    if (this.over !== undefined) {
      return Promise.resolve(this.over);
    }
    return new Promise((resolve) => {
      this.settle = resolve;
      const { patienceMs } = this.options;
      this.watchdog = setTimeout(
        () =>
          this.end(
            t(
              'It was ended after {0} without an answer. A loop that never ends does that; on a GPU, what was already begun may keep it busy a while longer.',
              durationInWords(patienceMs),
            ),
          ),
        patienceMs,
      );
      this.worker.postMessage(message);
    });
  }

  /** Ends the worker; what was asked is answered with `sentence`. */
  end(sentence = t('The race was ended.')): void {
    this.worker.terminate();
    this.over ??= { type: 'failed', sentence, lost: true };
    this.answered(this.over);
  }

  private answered(answer: WorkerAnswer): void {
    clearTimeout(this.watchdog);
    const { settle } = this;
    this.settle = undefined;
    if (answer.type === 'failed' && answer.lost) {
      this.worker.terminate();
      this.over ??= answer;
    }
    settle?.(answer);
  }
}

function lackWords(): Readonly<Record<Lack, string>> {
  return {
    webgl2: t('This window gives no WebGL2: the GPU is switched off, or its driver is blocked.'),
    webgpu: t('This window has no WebGPU.'),
    gpuForWebGpu: t('This window knows WebGPU, and finds no GPU for it.'),
  };
}

/** A kernel shares the worker with what speaks for it, so nothing of an answer is taken on trust. */
function readAnswer(data: unknown): WorkerAnswer {
  const broken: WorkerAnswer = {
    type: 'failed',
    sentence: t('The worker answered with something that is no answer.'),
    lost: true,
  };
  if (typeof data !== 'object' || data === null || !('type' in data)) {
    return broken;
  }
  if (data.type === 'opened' && 'machine' in data && typeof data.machine === 'object' && data.machine !== null) {
    const { machine } = data;
    const renderer =
      'renderer' in machine && typeof machine.renderer === 'string'
        ? machine.renderer.slice(0, 300) || t('not named')
        : undefined;
    const limit =
      'textureLimit' in machine && typeof machine.textureLimit === 'number' ? machine.textureLimit : undefined;
    return {
      type: 'opened',
      machine: {
        ...(renderer === undefined ? {} : { renderer }),
        ...(limit === undefined ? {} : { textureLimit: limit }),
      },
    };
  }
  if (data.type === 'unavailable' && 'lack' in data && typeof data.lack === 'string') {
    const words = lackWords();
    return Object.hasOwn(words, data.lack) ? { type: 'unavailable', sentence: words[data.lack as Lack] } : broken;
  }
  if (data.type === 'contextLost') {
    const sentence = t('The GPU’s context was lost: the driver was reset, or too many pages use the GPU. Race again.');
    return { type: 'failed', sentence, lost: true };
  }
  if (data.type === 'failed' && 'sentence' in data && typeof data.sentence === 'string') {
    return { type: 'failed', sentence: data.sentence.slice(0, 500), lost: false };
  }
  return data.type === 'timed' && 'timed' in data ? (readTimed(data.timed) ?? broken) : broken;
}

function readTimed(timed: unknown): WorkerAnswer | undefined {
  if (typeof timed !== 'object' || timed === null) {
    return undefined;
  }
  const { values, firstMs, laterMs, kernelClass, fallbackReason } = timed as Readonly<Record<string, unknown>>;
  const isMs = (value: unknown): value is number => typeof value === 'number' && value >= 0;
  if (
    !(values instanceof Float32Array) ||
    !isMs(firstMs) ||
    !Array.isArray(laterMs) ||
    !laterMs.every(isMs) ||
    typeof kernelClass !== 'string'
  ) {
    return undefined;
  }
  return {
    type: 'timed',
    timed: {
      values,
      firstMs,
      laterMs,
      kernelClass: kernelClass.slice(0, 100),
      fallbackReason: typeof fallbackReason === 'string' ? fallbackReason.slice(0, 300) : null,
    },
  };
}
