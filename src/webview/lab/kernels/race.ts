/**
 * A race: each size on each backend in turn, one at a time, so that none takes another's time. The plain JavaScript runs
 * first at each size, and what it computes is what the others are held against.
 */
import type { KernelField } from '../../labProtocol';
import { t } from '../../l10n';
import { agreement, median, type Agreement } from './agreement';
import { BackendWorker } from './backendWorker';
import { loopLimitOf, overBudget, overTexture, type Launched } from './raceBudget';
import { modeNames, raceModes } from './raceWords';
import type { MachineFacts, RaceMode, WorkerAnswer } from './workerMessages';

export type Attempt =
  | {
      readonly kind: 'timed';
      readonly medianMs: number;
      readonly launches: number;
      /** The first launch less a later one: what it costs to compile. */
      readonly compileMs: number;
      readonly kernelClass: string;
      readonly fallbackReason: string | null;
      /** Against the backend that is named; none for the first to compute this size. */
      readonly against?: { readonly mode: RaceMode } & Agreement;
    }
  | { readonly kind: 'skipped' | 'failed'; readonly sentence: string };

export interface BackendState {
  readonly mode: RaceMode;
  readonly machine?: MachineFacts;
  /** Why there is none. */
  readonly unavailable?: string;
  /** By size, as far as the race has come. */
  readonly attempts: ReadonlyMap<number, Attempt>;
}

export interface RaceState {
  readonly backends: readonly BackendState[];
  /** What is being timed just now; none once the race is over. */
  readonly at?: { readonly mode: RaceMode; readonly size: number };
}

export interface RaceOptions {
  readonly kernel: KernelField;
  readonly script: string;
  /** Called with the state whenever it has changed. */
  readonly show: (state: RaceState) => void;
  /** What is to be told besides, in a sentence. */
  readonly tell: (sentence: string) => void;
  readonly patienceMs?: number;
}

interface Lane {
  state: BackendState;
  readonly worker: BackendWorker;
  readonly launched: Launched[];
}

/** Loops are unbounded where a worker can be ended cleanly. */
const noLimit = 2 ** 31 - 1;

export class Race {
  private readonly lanes: Lane[];
  private ended = false;

  constructor(private readonly options: RaceOptions) {
    const { script, patienceMs = 8_000 } = options;
    this.lanes = raceModes.map((mode) => ({
      state: { mode, attempts: new Map() },
      worker: new BackendWorker({ script, patienceMs }),
      launched: [],
    }));
  }

  /** Runs to the end, or until it is ended. */
  async run(): Promise<void> {
    try {
      for (const lane of this.lanes) {
        await this.open(lane);
      }
      for (const launch of this.options.kernel.launches) {
        let reference: { readonly mode: RaceMode; readonly values: Float32Array } | undefined;
        for (const lane of this.lanes) {
          if (this.ended) {
            return;
          }
          const values = await this.attempt(lane, { launch, reference });
          reference ??= values === undefined ? undefined : { mode: lane.state.mode, values };
        }
      }
    } finally {
      this.show();
      this.end();
    }
  }

  /** Ends all workers, whatever they are doing. */
  end(): void {
    this.ended = true;
    for (const { worker } of this.lanes) {
      worker.end();
    }
  }

  private async open(lane: Lane): Promise<void> {
    const { mode } = lane.state;
    const answer = await lane.worker.ask({ type: 'open', mode });
    if (answer.type === 'opened') {
      lane.state = { ...lane.state, machine: answer.machine };
    } else {
      const sentence = 'sentence' in answer ? answer.sentence : t('The worker did not open it.');
      lane.state = { ...lane.state, unavailable: sentence };
      lane.worker.end();
    }
    this.show();
  }

  private async attempt(lane: Lane, { launch, reference }: Trial): Promise<Float32Array | undefined> {
    const { mode, machine, unavailable } = lane.state;
    if (unavailable !== undefined) {
      return undefined;
    }
    const { size } = launch;
    const settle = (attempt: Attempt): void => {
      lane.state = { ...lane.state, attempts: new Map([...lane.state.attempts, [size, attempt]]) };
    };
    const refused =
      overBudget(launch.operations, lane.launched) ??
      (machine?.textureLimit === undefined ? undefined : overTexture(launch, machine.textureLimit));
    if (refused !== undefined) {
      settle({ kind: 'skipped', sentence: refused });
      this.show();
      return undefined;
    }
    this.show({ mode, size });
    const onGpu = mode === 'webgl2' || mode === 'webgpu';
    const loopLimit = onGpu ? loopLimitOf(launch) : noLimit;
    const answer = await lane.worker.ask({
      type: 'time',
      job: { source: this.options.kernel.source, output: launch.output, arguments: launch.arguments, loopLimit },
    });
    const values = this.settled(answer, { lane, settle, reference, launch, loopLimit });
    this.show();
    return values;
  }

  private settled(
    answer: WorkerAnswer,
    { lane, settle, reference, launch, loopLimit }: Settling,
  ): Float32Array | undefined {
    if (answer.type !== 'timed') {
      const sentence = 'sentence' in answer ? answer.sentence : t('The worker gave no time.');
      settle({ kind: 'failed', sentence });
      if (!this.ended) {
        this.options.tell(t('{0}, size {1}: {2}', modeNames[lane.state.mode], launch.size, sentence));
      }
      return undefined;
    }
    const { values, firstMs, laterMs, kernelClass, fallbackReason } = answer.timed;
    const medianMs = median(laterMs);
    lane.launched.push({ operations: launch.operations, medianMs });
    const compared = reference === undefined ? undefined : agreement(values, reference.values);
    settle({
      kind: 'timed',
      medianMs,
      launches: laterMs.length,
      compileMs: Math.max(0, firstMs - medianMs),
      kernelClass,
      fallbackReason,
      ...(compared === undefined || reference === undefined ? {} : { against: { mode: reference.mode, ...compared } }),
    });
    if (compared?.agrees === false && loopLimit !== noLimit) {
      this.options.tell(
        t(
          '{0}, size {1}: another answer than that of {2}. On a GPU each loop ends after {3} rounds here.',
          modeNames[lane.state.mode],
          launch.size,
          modeNames[reference?.mode ?? 'cpu'],
          loopLimit,
        ),
      );
    }
    return values;
  }

  private show(at?: RaceState['at']): void {
    this.options.show({ backends: this.lanes.map(({ state }) => state), ...(at === undefined ? {} : { at }) });
  }
}

interface Trial {
  readonly launch: KernelField['launches'][number];
  readonly reference: { readonly mode: RaceMode; readonly values: Float32Array } | undefined;
}

interface Settling extends Trial {
  readonly lane: Lane;
  readonly settle: (attempt: Attempt) => void;
  readonly loopLimit: number;
}
