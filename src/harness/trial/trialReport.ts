/** What a trial came to, in one word and one sentence. A trial passes nothing, so a report of one is read only through this. */
import type { CallView, CompileProblem, ConsoleOutput, Report, SourcePlace, TrialAnswer } from '../report';

export type TrialVerdict =
  | 'answered'
  /** The call could not be made, or the kernel not be launched: `sentence` says why. */
  | 'refused'
  | Exclude<Report['verdict'], 'passed' | 'failed'>;

export interface TrialReport {
  readonly exercise: Report['exercise'];
  readonly verdict: TrialVerdict;
  readonly sentence: string;
  /** What was passed, as far as the call was made. */
  readonly call?: CallView;
  readonly answer?: TrialAnswer;
  readonly place?: SourcePlace;
  readonly compileProblem?: CompileProblem;
  readonly console: ConsoleOutput;
  readonly backends: Report['backends'];
  readonly durationMs: number;
}

export function trialReportOf(report: Report): TrialReport {
  const { exercise, answer, compileProblem, loadError, console, backends, durationMs } = report;
  const outcome = report.checks[0]?.outcome;
  const common = { exercise, console, backends, durationMs, ...(answer === undefined ? {} : { answer }) };
  const name = answer?.call.function ?? 'Your function';
  const own = (verdict: TrialVerdict, sentence: string, place?: SourcePlace): TrialReport => ({
    ...common,
    verdict,
    sentence,
    ...(place === undefined ? {} : { place }),
    ...callOf(answer?.call ?? (outcome !== undefined && 'call' in outcome ? outcome.call : undefined)),
  });
  switch (outcome?.status) {
    case 'passed':
      return own('answered', answeredSentence(answer, name));
    case 'failed':
      return own('refused', outcome.sentence, outcome.place);
    case 'threw':
      return own('threw', `\`${name}\` threw ${outcome.error.name}: ${outcome.error.message}`, outcome.error.place);
    case 'notStarted':
      return own('notStarted', `\`${outcome.function}\` is still to be written: its TODO is there.`, outcome.place);
    case 'timedOut':
      return own(
        'timedOut',
        `\`${outcome.call?.function ?? name}\` did not return within ${outcome.limitMs / 1000} s.`,
        outcome.place,
      );
    case 'outOfMemory': {
      const megabytes = Math.round(outcome.limitBytes / 1024 / 1024);
      return own(
        'outOfMemory',
        `\`${outcome.call?.function ?? name}\` needed more than the ${megabytes} MB of memory it may use, and was stopped.`,
      );
    }
    case undefined:
    case 'notRun':
    case 'harnessFailed':
      break;
    default:
      outcome satisfies never;
  }
  // What ends a run before its call ends it for a trial as for a check, in the same words.
  const verdict = report.verdict === 'passed' || report.verdict === 'failed' ? 'harnessFailed' : report.verdict;
  return {
    ...own(verdict, report.sentence, compileProblem?.place ?? loadError?.place),
    ...(compileProblem === undefined ? {} : { compileProblem }),
  };
}

function answeredSentence(answer: TrialAnswer | undefined, name: string): string {
  const changed = answer?.changed.map((argument) => argument.name) ?? [];
  const andChanged = changed.length === 0 ? '' : ` It changed its input ${changed.join(' and ')}.`;
  const { reference } = answer ?? {};
  switch (reference?.kind) {
    case undefined:
      return `\`${name}\` answered.${andChanged}`;
    case 'threw':
      return `\`${name}\` answered; the reference threw an error on this input.${andChanged}`;
    case 'returned':
      return reference.difference === undefined
        ? `\`${name}\` answered, and the reference answers the same.${andChanged}`
        : `\`${name}\` answers something else than the reference. ${reference.difference.sentence}${andChanged}`;
    default:
      return reference satisfies never;
  }
}

function callOf(call: CallView | undefined): Pick<TrialReport, 'call'> {
  return call === undefined ? {} : { call };
}
