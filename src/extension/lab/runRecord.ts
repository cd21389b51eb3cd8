/**
 * What is known of one run, as its events tell it: status, progress, points, last views. It is bounded however long a run
 * goes on, it can be written down and read again, and it needs no `vscode`.
 */
import type { RunEvent } from '../../harness/runs/runHost';
import type { RunPoints } from '../../harness/runs/labData';
import type { RunFacts, RunProgress, RunSnapshot, RunStatus, ToLab } from '../../webview/labProtocol';

/** More points than these are thinned to half: every other one goes. */
export const mostPoints = 8_000;
/** Of what was printed, the last lines. */
export const mostLines = 200;
const lineLength = 2_000;

export class RunRecord {
  #facts: RunFacts;
  #progress: RunProgress;
  #points: GrowingPoints;
  #views: RunSnapshot['views'];
  #viewsStep: number | undefined;

  constructor({ facts, progress, points, views, viewsStep }: RunSnapshot) {
    this.#facts = facts;
    this.#progress = progress;
    this.#points = new GrowingPoints(points);
    this.#views = views;
    this.#viewsStep = viewsStep;
  }

  /** A run that begins. */
  static fresh(facts: RunFacts): RunRecord {
    return new RunRecord({
      facts,
      progress: { status: { kind: 'running' }, step: 0, console: [], consoleDropped: 0 },
      points: { steps: new Float64Array(0), curves: {} },
      views: [],
    });
  }

  get facts(): RunFacts {
    return this.#facts;
  }

  /** Marks it where it ran on another text than that of `version`. */
  compareWith(version: string): void {
    this.#facts = { ...this.#facts, isOldCode: this.#facts.codeVersion !== version };
  }

  get status(): RunStatus {
    return this.#progress.status;
  }

  get step(): number {
    return this.#progress.step;
  }

  /** The last step whose points it has: what a run catches up to. */
  get lastStep(): number {
    return this.#points.lastStep;
  }

  snapshot(): RunSnapshot {
    return {
      facts: this.facts,
      progress: this.#progress,
      points: this.#points.read(),
      views: this.#views,
      ...(this.#viewsStep === undefined ? {} : { viewsStep: this.#viewsStep }),
    };
  }

  /** Says how it stands, from here on; without points. */
  become(status: RunStatus, note?: string): ToLab {
    const { note: _, stepsPerSecond: _pace, secondsLeft: _left, ...rest } = this.#progress;
    this.#progress = { ...rest, status, ...(note === undefined ? {} : { note }) };
    return this.#steps(noPoints);
  }

  /** Takes what the run told, and answers with what there is to tell the page; answers to questions are not its concern. */
  take(event: Exclude<RunEvent, { readonly kind: 'described' | 'answer' }>): ToLab | undefined {
    switch (event.kind) {
      case 'steps':
        return this.#takeSteps(event);
      case 'status':
        if (event.status === 'catchingUp') return this.become({ kind: 'catchingUp', toStep: this.lastStep });
        return this.become({ kind: event.status });
      case 'views':
        this.#views = event.views;
        this.#viewsStep = event.step;
        return { type: 'views', run: this.facts.id, step: event.step, views: event.views };
      case 'diverged':
        this.#progress = { ...this.#progress, divergence: event.sentence };
        return this.#steps(noPoints);
      case 'silent':
        this.#progress = {
          ...this.#progress,
          note: `What comes after step ${this.step} has said nothing for ${event.seconds} s. It may still be at work; if it never ends, stop the run.`,
        };
        return this.#steps(noPoints);
      case 'failed':
        return this.become({ kind: 'failed', ...event.failure });
      default:
        return event satisfies never;
    }
  }

  #takeSteps({
    step,
    of,
    points,
    console,
    backend,
    stepsPerSecond,
  }: Extract<RunEvent, { readonly kind: 'steps' }>): ToLab {
    const { note: _, stepsPerSecond: _pace, secondsLeft: _left, ...before } = this.#progress;
    this.#points.append(points);
    if (backend !== undefined) this.#facts = { ...this.#facts, backend };
    const lines = console.lines.map(({ level, text }) => ({ level, text: text.slice(0, lineLength) }));
    const left = of === undefined || stepsPerSecond === undefined ? undefined : (of - step) / stepsPerSecond;
    this.#progress = {
      ...before,
      step,
      ...(of === undefined ? {} : { of }),
      ...(stepsPerSecond === undefined ? {} : { stepsPerSecond }),
      ...(left === undefined || !Number.isFinite(left) ? {} : { secondsLeft: Math.max(0, left) }),
      console: [...before.console, ...lines].slice(-mostLines),
      consoleDropped: console.dropped + Math.max(0, before.console.length + lines.length - mostLines),
    };
    return this.#steps(points);
  }

  #steps(points: RunPoints): ToLab {
    return { type: 'steps', run: this.facts.id, points, progress: this.#progress };
  }
}

const noPoints: RunPoints = { steps: new Float64Array(0), curves: {} };

/** Points that come a few at a time. */
class GrowingPoints {
  #steps: number[];
  readonly #curves = new Map<string, number[]>();

  constructor({ steps, curves }: RunPoints) {
    this.#steps = [...steps];
    for (const [name, values] of Object.entries(curves)) this.#curves.set(name, [...values]);
  }

  get lastStep(): number {
    return this.#steps.at(-1) ?? 0;
  }

  append({ steps, curves }: RunPoints): void {
    const before = this.#steps.length;
    this.#steps.push(...steps);
    for (const [name, values] of Object.entries(curves)) {
      const known = this.#curves.get(name) ?? Array.from({ length: before }, () => NaN);
      known.push(...values);
      this.#curves.set(name, known);
    }
    if (this.#steps.length > mostPoints) this.#thin();
  }

  read(): RunPoints {
    const curves = [...this.#curves].map(([name, values]) => [name, Float64Array.from(values)] as const);
    return { steps: Float64Array.from(this.#steps), curves: Object.fromEntries(curves) };
  }

  /** The last point stays: it says how far the run is. */
  #thin(): void {
    const last = this.#steps.length - 1;
    const isKept = (_: unknown, index: number): boolean => index % 2 === 0 || index === last;
    this.#steps = this.#steps.filter(isKept);
    for (const [name, values] of this.#curves) this.#curves.set(name, values.filter(isKept));
  }
}
