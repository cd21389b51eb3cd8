/**
 * From outcomes to a verdict and one sentence. What ended the run (time, memory, the harness) comes first; then, in the
 * order of the checks, the first that failed or threw. Where nothing failed and a TODO is still there, the exercise is
 * not started, however many checks a stub happens to satisfy.
 */
import type {
  CallShapes,
  CallView,
  CheckOutcome,
  CheckResult,
  CompileProblem,
  Report,
  ThrownError,
  Verdict,
} from '../report';
import { hashOf } from '../sourceHash';
import type { SeededSubmission } from '../submission';

export interface Ending {
  readonly verdict: Verdict;
  readonly sentence: string;
}

/** What is known of a run that has no ending yet. */
export interface Draft {
  /** Every check of the run in order, with its derivation step. */
  readonly planned: readonly { readonly sentence: string; readonly step?: string }[];
  /** The outcomes so far, of the first of them. */
  readonly results: readonly CheckResult[];
  /** How long all checks may take, where their authors asked for more than the submission has. */
  readonly totalMs?: number;
  readonly console: Report['console'];
  readonly backends: Report['backends'];
  readonly kernels: NonNullable<Report['kernels']>;
  readonly shapes?: readonly CallShapes[];
  readonly earlier: Report['earlier'];
  /** Of a trial, once its call is over. */
  readonly answer?: Report['answer'];
}

export const emptyDraft: Draft = {
  planned: [],
  results: [],
  console: { lines: [], dropped: 0 },
  backends: [],
  kernels: [],
  earlier: [],
};

/** The parts of a report that only some endings have. */
export type Particulars = Pick<Report, 'compileProblem' | 'loadError' | 'harnessProblem'>;

export interface Finish {
  readonly submission: SeededSubmission;
  readonly draft: Draft;
  readonly ending: Ending;
  readonly durationMs: number;
  readonly particulars?: Particulars;
}

export function finish({ submission, draft, ending, durationMs, particulars = {} }: Finish): Report {
  return {
    exercise: submission.learner.exercise,
    verdict: ending.verdict,
    sentence: ending.sentence,
    checks: draft.results,
    ...particulars,
    ...(draft.answer === undefined ? {} : { answer: draft.answer }),
    console: draft.console,
    backends: draft.backends,
    ...(draft.kernels.length === 0 ? {} : { kernels: draft.kernels }),
    ...(draft.shapes === undefined || draft.shapes.length === 0 ? {} : { shapes: draft.shapes }),
    earlier: draft.earlier,
    durationMs,
    seed: submission.seed,
    sourceHash: hashOf(submission.learner.text),
  };
}

/** `draft` with `outcome` for the check that was running, and with the reason for those that did not run. */
export function cutShort(draft: Draft, { outcome, because }: { outcome?: CheckOutcome; because: string }): Draft {
  const results = [...draft.results];
  for (const { sentence, step } of draft.planned.slice(results.length)) {
    const own: CheckOutcome =
      outcome !== undefined && results.length === draft.results.length ? outcome : { status: 'notRun', because };
    results.push({ sentence, ...(step === undefined ? {} : { step }), outcome: own, durationMs: 0 });
  }
  return { ...draft, results };
}

/** The ending of a run whose checks have all been given an outcome. */
export function endingOf(results: readonly CheckResult[]): Ending {
  const first = (...statuses: readonly CheckOutcome['status'][]): CheckResult | undefined =>
    results.find(({ outcome }) => statuses.includes(outcome.status));
  const decisive =
    first('harnessFailed') ??
    first('outOfMemory') ??
    first('timedOut') ??
    first('failed', 'threw') ??
    first('notStarted') ??
    first('notRun');
  if (decisive === undefined) {
    return {
      verdict: 'passed',
      sentence: results.length === 1 ? 'The check holds.' : `All ${results.length} checks hold.`,
    };
  }
  return endingAt(decisive, results);
}

function endingAt({ sentence, outcome }: CheckResult, results: readonly CheckResult[]): Ending {
  const passed = results.filter((result) => result.outcome.status === 'passed').length;
  const count = `${passed} of ${results.length} ${results.length === 1 ? 'checks holds' : 'checks hold'}.`;
  const where = `“${sentence}”`;
  switch (outcome.status) {
    case 'failed':
      return { verdict: 'failed', sentence: `${count} First to look at: ${where}.` };
    case 'threw':
      return {
        verdict: 'threw',
        sentence: `${count} Your code threw an error in ${where}: ${firstLine(outcome.error)}`,
      };
    case 'notStarted': {
      const rest = passed === 0 ? '' : ` ${count}`;
      return {
        verdict: 'notStarted',
        sentence: `\`${outcome.function}\` is still to be written: its TODO is there.${rest}`,
      };
    }
    case 'timedOut':
      return { verdict: 'timedOut', sentence: timeSentence(outcome, where) };
    case 'outOfMemory':
      return { verdict: 'outOfMemory', sentence: memorySentence(outcome.limitBytes, { where, call: outcome.call }) };
    case 'harnessFailed':
      return harnessEnding(outcome.message);
    case 'notRun':
    case 'passed':
      return { verdict: 'harnessFailed', sentence: `The checks did not run to their end: ${where} has no result.` };
    default:
      return outcome satisfies never;
  }
}

function timeSentence(
  { limitMs, of, call }: Extract<CheckOutcome, { readonly status: 'timedOut' }>,
  where: string,
): string {
  const limit = `${limitMs / 1000} s`;
  const name = nameOf(call);
  switch (of) {
    case undefined:
      return `${name} did not return within ${limit}, in ${where}.`;
    case 'check':
      return `${where} took longer than the ${limit} that it may take. ${name} was running when they were up.`;
    case 'exercise':
      return `All checks together took longer than the ${limit} that they may take. ${name} was running when they were up, in ${where}.`;
    default:
      return of satisfies never;
  }
}

function nameOf(call: CallView | undefined): string {
  return call === undefined ? 'Your code' : `\`${call.function}\``;
}

export function memorySentence(
  limitBytes: number,
  { where, call }: { readonly where?: string; readonly call?: CallView | undefined } = {},
): string {
  const limit = `${Math.round(limitBytes / 1024 / 1024)} MB`;
  return `${nameOf(call)} needed more than the ${limit} of memory it may use${where === undefined ? '' : `, in ${where}`}, and was stopped.`;
}

export function harnessEnding(problem: string): Ending {
  return {
    verdict: 'harnessFailed',
    sentence: `This is a fault of the harness and says nothing about your code: ${problem}`,
  };
}

export function compileEnding({ message, place }: CompileProblem): Ending {
  return { verdict: 'didNotCompile', sentence: `Line ${place.line} of ${place.exercise} does not compile: ${message}` };
}

export function loadEnding(error: ThrownError): Ending {
  const line = error.place === undefined ? '' : ` (line ${error.place.line} of ${error.place.exercise})`;
  return {
    verdict: 'threw',
    sentence: `Your file threw an error before any check could run${line}: ${firstLine(error)}`,
  };
}

function firstLine({ name, message }: ThrownError): string {
  const line = message.split('\n', 1)[0] ?? '';
  return `${name}: ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`;
}
