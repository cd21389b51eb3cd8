/** What the tests of runs share: the bundles of a run's process, built once, and a lab short enough to be read here. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ChildRunHost } from '../../../src/harness/child/childRunHost';
import type { LabJob, RunCommand, RunEvent, RunHost, RunProcess } from '../../../src/harness/runs/runHost';

/** A host on freshly built bundles. */
export class RunBench {
  private constructor(
    readonly folder: string,
    readonly host: ChildRunHost,
  ) {}

  static async build(): Promise<RunBench> {
    const { buildInto } = await import('../../../scripts/build.mjs');
    const folder = await mkdtemp(path.join(os.tmpdir(), 'groundup-runs-'));
    await buildInto(folder, ['processes', 'run', 'learnerThread', 'watchdog', 'realm']);
    return new RunBench(folder, new ChildRunHost({ runPath: path.join(folder, 'run.js') }));
  }

  async dispose(): Promise<void> {
    this.host.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }
}

type Kind = RunEvent['kind'];
type EventOf<K extends Kind> = Extract<RunEvent, { readonly kind: K }>;

/** One run, with all that it has told so far. */
export class WatchedRun {
  readonly events: RunEvent[] = [];
  private readonly process: RunProcess;
  private waiting: (() => void)[] = [];

  constructor(host: RunHost, job: LabJob) {
    this.process = host.open(job, (event) => {
      this.events.push(event);
      for (const look of this.waiting.splice(0)) look();
    });
  }

  send(command: RunCommand): void {
    this.process.send(command);
  }

  end(): void {
    this.process.end();
  }

  /** The first event of this kind, from event `from` on, that `fits`. A run that fails instead ends the wait. */
  async next<K extends Kind>(
    kind: K,
    { fits = () => true, from = 0 }: { readonly fits?: (event: EventOf<K>) => boolean; readonly from?: number } = {},
  ): Promise<EventOf<K>> {
    for (;;) {
      const found = this.events
        .slice(from)
        .find((event): event is EventOf<K> => event.kind === kind && fits(event as EventOf<K>));
      if (found !== undefined) return found;
      const failed = this.events.find((event) => event.kind === 'failed');
      if (failed?.kind === 'failed') throw new Error(`The run failed instead: ${failed.failure.sentence}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  status(status: EventOf<'status'>['status'], from = 0): Promise<EventOf<'status'>> {
    return this.next('status', { fits: (event) => event.status === status, from });
  }

  /** The points of one curve that were told from event `from` on: step and value. */
  points(curve: string, from = 0): (readonly [number, number])[] {
    return this.events
      .slice(from)
      .flatMap((event) =>
        event.kind === 'steps'
          ? Array.from(event.points.steps, (step, index) => [step, event.points.curves[curve]?.[index] ?? NaN] as const)
          : [],
      );
  }
}

export const megabyte = 1024 * 1024;

/** A ball on a hill: the learner writes where it goes next. */
export const rightWalk = `export function next(x: number, rate: number): number {
  return x - rate * 2 * x;
}`;

/** A lab around the learner's `next`, with `body` in its loop after a step was told. */
export function labOf({ body = '', top = '' }: { readonly body?: string; readonly top?: string } = {}): string {
  return `import { defineRun } from 'authoring';
import { next } from 'basics/walk';
import { random, tensor } from 'tensor';
let x = 0;
${top}
export default defineRun({
  title: 'A walk',
  settings: {
    rate: { kind: 'number', label: 'Rate', value: 0.01, minimum: 0, maximum: 1e6 },
    steps: { kind: 'integer', label: 'Steps', value: 50, minimum: 1, maximum: 1e6 },
  },
  curves: { height: { label: 'Height' } },
  *start({ settings, seed }) {
    const stream = random(seed);
    x = 10;
    for (let step = 1; step <= settings.steps; step += 1) {
      x = next(x, settings.rate) + 0.01 * stream.number();
      yield {
        step,
        of: settings.steps,
        curves: { height: x * x },
        tensors: { first: tensor([1]), place: tensor([[0, x]]) },
        views: () => [{ kind: 'bars', title: 'Place', labels: ['x'], values: tensor([x]) }],
      };
      ${body}
    }
  },
  questions: {
    place: { kind: 'text', title: 'Where?', value: '', answer: (text) => [{ kind: 'text', title: text, text: String(x) }] },
    pad: { kind: 'digit-pad', title: 'Draw', answer: (image) => [{ kind: 'images', title: 'Drawn', images: tensor([image.data.length > 0 ? [[image.at(0, 1)]] : []]) }] },
  },
});`;
}

export function jobOf(changes: Partial<LabJob> = {}): LabJob {
  return {
    learner: { exercise: 'basics/walk', text: rightWalk },
    earlier: [],
    backend: 'auto',
    lab: labOf(),
    memoryBytes: 600 * megabyte,
    ...changes,
  };
}

/** A pause of some milliseconds in the realm, which has no timers. */
export const slowly = 'const until = Date.now() + 20; while (Date.now() < until);';
