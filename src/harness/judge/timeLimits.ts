/**
 * How long the learner's code may take: for one call, for one check, for all of them. The author of a check may give it
 * more (a network that learns takes its seconds); what they write is meant for the default setting and grows with it.
 */
import type { Check } from '../../authoring';
import { defaultLimits } from '../submission';
import type { Limits } from '../submission';
import { HarnessProblem } from './prepare';

/** What is left for a call, and which limit it is that leaves no more. */
export interface TimeLimit {
  /** Infinity where there is no limit. */
  readonly ms: number;
  readonly of: 'call' | 'check' | 'exercise';
  /** That limit as a whole. */
  readonly wholeMs: number;
}

/** The longest that an author can ask for. */
const mostSeconds = 300;

type Timed = Pick<Check<unknown>, 'limits'>;

export class Clock {
  /** For all checks, with what their authors asked for. */
  readonly totalMs: number;
  readonly #limits: Limits;
  readonly #started: number;
  #callMs: number;
  #checkMs: number;
  #checkBegan: number;

  /** `started` is when the run began, as `performance.now()` says it. */
  constructor(limits: Limits, { started, checks }: { readonly started: number; readonly checks: readonly Timed[] }) {
    this.#limits = limits;
    this.#started = started;
    this.#callMs = limits.callMs;
    this.#checkMs = limits.checkMs;
    this.#checkBegan = started;
    const extra = checks.map((check) => Math.max(0, limitsOf(check, limits).checkMs - limits.checkMs));
    this.totalMs = limits.totalMs + extra.reduce((sum, ms) => sum + ms, 0);
  }

  begin(check: Timed): void {
    const { callMs, checkMs } = limitsOf(check, this.#limits);
    this.#callMs = callMs;
    this.#checkMs = checkMs;
    this.#checkBegan = performance.now();
  }

  /** For the next call. */
  left(): TimeLimit {
    const now = performance.now();
    const call: TimeLimit = { ms: this.#callMs, of: 'call', wholeMs: this.#callMs };
    const others: readonly TimeLimit[] = [
      { ms: this.#checkBegan + this.#checkMs - now, of: 'check', wholeMs: this.#checkMs },
      { ms: this.#started + this.totalMs - now, of: 'exercise', wholeMs: this.totalMs },
    ];
    const least = others.reduce((shortest, limit) => (limit.ms < shortest.ms ? limit : shortest), call);
    return { ...least, ms: Math.max(1, least.ms) };
  }

  /** After this long a check that still waits waits for nothing that has a limit. */
  get patienceMs(): number {
    const { ms } = this.left();
    return Math.max(ms, this.#checkBegan + this.#checkMs - performance.now()) + this.#callMs;
  }
}

function limitsOf({ limits: own = {} }: Timed, limits: Limits): Pick<Limits, 'callMs' | 'checkMs'> {
  const { callSeconds, seconds } = own;
  for (const given of [callSeconds, seconds]) {
    if (given !== undefined && !(given > 0 && given <= mostSeconds)) {
      throw new HarnessProblem(`a check has a limit of ${given} s; it is a number above 0, at most ${mostSeconds}`);
    }
  }
  const scale = Number.isFinite(limits.callMs) ? limits.callMs / defaultLimits.callMs : Infinity;
  const callMs = callSeconds === undefined ? limits.callMs : callSeconds * 1_000 * scale;
  const checkMs = seconds === undefined ? limits.checkMs : seconds * 1_000 * scale;
  // A check must have time for the long call that it was given.
  return { callMs, checkMs: callSeconds === undefined ? checkMs : Math.max(checkMs, callMs) };
}
