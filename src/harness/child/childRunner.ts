/**
 * The runner of record: each check in a Node process of its own, one process kept warm for the next. This side has the
 * last word on time, memory and death, so that whatever happens in the child, a report comes.
 */
import { randomInt, randomUUID } from 'node:crypto';
import path from 'node:path';
import { readFromChild } from '../protocol/childMessages';
import type { FromChild } from '../protocol/childMessages';
import type { CallView, CheckOutcome, Report } from '../report';
import type { Runner } from '../runner';
import type { SeededSubmission, Submission } from '../submission';
import { cutShort, emptyDraft, endingOf, finish, harnessEnding, memorySentence } from '../judge/verdict';
import type { Draft, Ending, Particulars } from '../judge/verdict';
import { setLimit } from '../judge/setLimit';
import { CompileAhead } from './compileAhead';
import type { CompiledText } from './compileThread';
import { JudgeChild, permissionsToTry } from './judgeChild';
import type { ChildEnd } from './judgeChild';

export interface ChildRunnerOptions {
  /** The bundle `dist/judge.js`; `learnerThread.js`, `watchdog.js` and `realm.js` lie beside it. */
  readonly judgePath: string;
  /** The Node to run; this process's own unless given. */
  readonly execPath?: string;
  /** Further flags for it. */
  readonly execArgv?: readonly string[];
  /** How much longer than the submission's own limit the child may take before it is ended from here. */
  readonly graceMs?: number;
  /** How long after a report the next process is started; at once unless given. Who draws the report wants the processor. */
  readonly spareDelayMs?: number;
  /**
   * Whether a process is made ready for the next check; yes unless told. Whoever runs many checks side by side wants no
   * more processes than checks.
   */
  readonly keepSpare?: boolean;
  /**
   * Whether a thread of this process (`compileThread.js`, beside the judge) compiles for the others, which then need no
   * compiler; no unless told. It takes a second to be worth it, so it is for whoever has many checks.
   */
  readonly compileAhead?: boolean;
}

/** From the start of a process until it takes its job. */
const startLimitMs = 20_000;

/** Author's files of which a runner remembers that they have ended once. */
const mostEnded = 1_000;

/** Whatever the checks ask for, and unless the submission itself has more. */
const longestTotalMs = 15 * 60_000;

export class ChildRunner implements Runner {
  readonly #options: Required<Omit<ChildRunnerOptions, 'compileAhead'>>;
  readonly #compileAhead: CompileAhead | undefined;
  /** The author's part of what has been judged to its end. */
  readonly #ended = new Set<string>();
  readonly #children = new Set<JudgeChild>();
  /** What is left to try of Node's permission flags, which differ by version; the last is to do without. */
  readonly #permissions: (readonly string[])[];
  #spare: JudgeChild | undefined;
  #spareLater: ReturnType<typeof setTimeout> | undefined;
  #last: SeededSubmission | undefined;
  readonly #lifetime = new AbortController();

  constructor(options: ChildRunnerOptions) {
    const { judgePath, execPath = process.execPath, execArgv = [] } = options;
    const { graceMs = 2_000, spareDelayMs = 0, keepSpare = true, compileAhead = false } = options;
    this.#options = { judgePath, execPath, execArgv, graceMs, spareDelayMs, keepSpare };
    const compileThread = path.join(path.dirname(judgePath), 'compileThread.js');
    this.#compileAhead = compileAhead ? new CompileAhead(compileThread) : undefined;
    this.#permissions = permissionsToTry(judgePath);
  }

  /**
   * Starts the spare process, so that the first check is as quick as the others. It rehearses with the author's part of
   * `submission`, which may come before anything of it is to be checked; without one, with what was checked last.
   */
  warmUp(submission?: Submission): void {
    this.#last = submission === undefined ? this.#last : seeded(submission);
    if (this.#lifetime.signal.aborted) return;
    const present = this.#spare?.hasEnded === false ? this.#spare : undefined;
    if (present !== undefined && submission === undefined) return;
    const spare = present ?? this.#spawn();
    this.#spare = spare;
    spare.isAwaited = false;
    spare.send({ kind: 'rehearse', submission: this.#last });
  }

  async check(given: Submission, signal?: AbortSignal): Promise<Report> {
    const started = performance.now();
    const submission = seeded(given);
    const lifetime = this.#lifetime.signal;
    const ended = signal === undefined ? lifetime : AbortSignal.any([signal, lifetime]);
    for (;;) {
      const outcome = await this.#attempt(submission, ended);
      if (outcome.kind === 'retry') continue;
      if (outcome.kind === 'report') return { ...outcome.report, durationMs: performance.now() - started };
      const { draft, ending, particulars } = outcome;
      const durationMs = performance.now() - started;
      return finish({ submission, draft, ending, durationMs, ...(particulars === undefined ? {} : { particulars }) });
    }
  }

  /** The processes that are running now, the spare included. */
  get processIds(): readonly number[] {
    return [...this.#children].flatMap(({ pid }) => pid ?? []);
  }

  dispose(): void {
    this.#lifetime.abort();
    clearTimeout(this.#spareLater);
    this.#compileAhead?.dispose();
    for (const child of this.#children) child.kill();
    this.#spare = undefined;
  }

  #spawn(): JudgeChild {
    const { judgePath, execPath, execArgv } = this.#options;
    const child: JudgeChild = new JudgeChild({
      judgePath,
      execPath,
      execArgv,
      permission: this.#permissions[0] ?? [],
      read: readFromChild,
      gone: () => this.#children.delete(child),
    });
    this.#children.add(child);
    return child;
  }

  /** One child, one job. `retry` when the child was gone before it took the job. */
  async #attempt(submission: SeededSubmission, signal: AbortSignal): Promise<Attempt> {
    if (signal.aborted) return cancelled(emptyDraft);
    // A trial is no rehearsal for the check that comes next.
    if (submission.trial === undefined) this.#last = submission;
    clearTimeout(this.#spareLater);
    const spare = this.#spare;
    this.#spare = undefined;
    const wasSpare = spare !== undefined && !spare.hasEnded;
    const child = wasSpare ? spare : this.#spawn();
    child.isAwaited = true;
    // The process starts meanwhile.
    const compiled = (await this.#compileAhead?.compile(submission)) ?? [];
    const author = `${submission.solution}\n${submission.checks}`;
    const { graceMs } = this.#options;
    const hasEnded = this.#ended.has(author);
    const watch = new JobWatch({ child, submission, compiled, hasEnded, graceMs, signal, wasSpare });
    const attempt = await watch.outcome;
    child.kill();
    if (attempt.kind === 'report' && attempt.report.verdict !== 'harnessFailed' && submission.trial === undefined) {
      if (this.#ended.size >= mostEnded) this.#ended.clear();
      this.#ended.add(author);
    }
    if (attempt.kind === 'retry' && attempt.badOption) {
      if (this.#permissions.length === 1) return failed(attempt.sentence, emptyDraft);
      // Another check may have found the same already.
      if (child.permission === this.#permissions[0]) this.#permissions.shift();
    }
    // Not before the report is there: the next spare would take the processor from this check.
    if (attempt.kind !== 'retry' && this.#options.keepSpare) {
      this.#spareLater = setTimeout(() => this.warmUp(), this.#options.spareDelayMs);
    }
    return attempt;
  }
}

/** Draws the seed here, a process away from the learner's code, so that it cannot know its inputs beforehand. */
function seeded(submission: Submission): SeededSubmission {
  return { ...submission, seed: submission.seed ?? randomInt(2 ** 32) };
}

type Attempt =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'ended'; readonly draft: Draft; readonly ending: Ending; readonly particulars?: Particulars }
  | { readonly kind: 'retry'; readonly badOption: boolean; readonly sentence: string };

function cancelled(draft: Draft): Attempt {
  const because = 'the check was cancelled';
  return {
    kind: 'ended',
    draft: cutShort(draft, { because }),
    ending: { verdict: 'cancelled', sentence: 'The check was cancelled.' },
  };
}

function failed(problem: string, draft: Draft): Attempt {
  return {
    kind: 'ended',
    draft: cutShort(draft, { outcome: { status: 'harnessFailed', message: problem }, because: 'the harness failed' }),
    ending: harnessEnding(problem),
    particulars: { harnessProblem: problem },
  };
}

interface JobOptions {
  readonly child: JudgeChild;
  readonly submission: SeededSubmission;
  readonly compiled: readonly CompiledText[];
  /** Whether these very checks have ended before, so that they do not keep the judge busy for ever. */
  readonly hasEnded: boolean;
  readonly graceMs: number;
  readonly signal: AbortSignal;
  readonly wasSpare: boolean;
}

/** Watches one child over one job; `outcome` always resolves, once. */
class JobWatch {
  readonly outcome: Promise<Attempt>;
  readonly #options: JobOptions;
  readonly #job = randomUUID();
  readonly #nonce = randomUUID();
  #resolve: (attempt: Attempt) => void = () => undefined;
  #draft: Draft = emptyDraft;
  /** The call under way, so that a death can name it. */
  #calling: CallView | undefined;
  #accepted = false;
  #acceptedAt = 0;
  #totalMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onAbort = (): void => this.#settle(cancelled(this.#draft));

  constructor(options: JobOptions) {
    this.#options = options;
    this.outcome = new Promise((resolve) => (this.#resolve = resolve));
    const { child, submission, compiled, hasEnded, signal } = options;
    this.#totalMs = submission.limits.totalMs;
    signal.addEventListener('abort', this.#onAbort, { once: true });
    if (signal.aborted) this.#onAbort();
    this.#timer = setTimeout(
      () => this.#settle(failed('its process did not start in time', this.#draft)),
      startLimitMs,
    );
    child.listen({ message: (message) => this.#receive(message), ended: (end) => this.#ended(end) });
    child.limitMemory(submission.limits.memoryBytes);
    child.send({ kind: 'judge', job: this.#job, nonce: this.#nonce, submission, compiled, hasEnded });
  }

  #settle(attempt: Attempt): void {
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#resolve(attempt);
  }

  #receive(message: FromChild): void {
    if (message.kind === 'ready') return;
    if (message.kind === 'unfit') return this.#settle(failed(message.message, this.#draft));
    if (message.job !== this.#job || message.nonce !== this.#nonce) return;
    switch (message.kind) {
      case 'accepted':
        this.#accepted = true;
        this.#acceptedAt = performance.now();
        this.#waitFor(this.#totalMs);
        return;
      case 'progress':
        this.#draft = message.draft;
        this.#calling = undefined;
        if (message.draft.totalMs !== undefined && message.draft.totalMs > this.#totalMs) {
          this.#waitFor(Math.min(message.draft.totalMs, Math.max(this.#totalMs, longestTotalMs)));
        }
        return;
      case 'calling':
        this.#calling = message.call;
        return;
      case 'report':
        return this.#settle({ kind: 'report', report: message.report });
      default:
        message satisfies never;
    }
  }

  /** From when the job was taken until the judge, which has limits of its own, is taken for dead. */
  #waitFor(totalMs: number): void {
    this.#totalMs = totalMs;
    clearTimeout(this.#timer);
    const wholeMs = totalMs + this.#options.graceMs;
    const late = (): void => {
      this.#settle(failed(`the judge did not answer within ${wholeMs / 1000} s`, this.#draft));
    };
    this.#timer = setLimit(late, this.#acceptedAt + wholeMs - performance.now());
  }

  #ended(end: ChildEnd): void {
    const { submission, wasSpare } = this.#options;
    if (!this.#accepted && (end.badOption || wasSpare)) {
      return this.#settle({ kind: 'retry', badOption: end.badOption, sentence: end.sentence });
    }
    const calling = this.#calling;
    if (!end.outOfMemory) {
      const during = calling === undefined ? '' : ` \`${calling.function}\` was being called.`;
      return this.#settle(failed(`${end.sentence}${during}`, this.#draft));
    }
    const limitBytes = submission.limits.memoryBytes;
    const outcome: CheckOutcome = {
      status: 'outOfMemory',
      limitBytes,
      ...(calling === undefined ? {} : { call: calling }),
    };
    const draft = cutShort(this.#draft, { outcome, because: 'an earlier check ended the run' });
    const ending: Ending =
      draft.results.length > 0
        ? endingOf(draft.results)
        : { verdict: 'outOfMemory', sentence: memorySentence(limitBytes) };
    this.#settle({ kind: 'ended', draft, ending });
  }
}
