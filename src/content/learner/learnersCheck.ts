/**
 * A learner's check as the editor and the terminal both understand it: whose earlier work it imports, and what its report does to the progress. One place, so that the two cannot come to different verdicts.
 */
import type { ExerciseId } from '../../course/course';
import type { Progress } from '../../course/progress';
import { checked, passedWith, progressOf } from '../../course/progress';
import type { Report } from '../../harness/report';
import { hashOf } from '../../harness/sourceHash';

/** `text` where it is the text that has passed: only then do later exercises import it. */
export function passedText(progress: Progress, id: ExerciseId, text: string | undefined): string | undefined {
  const { passed } = progressOf(progress, id);
  return text !== undefined && hashOf(text) === passed?.hash ? text : undefined;
}

/** What `report` adds to the progress: a check that was cancelled, or that the harness could not judge, adds nothing. */
export function withReport(progress: Progress, report: Report, now: Date): Progress {
  switch (report.verdict) {
    case 'passed':
      return passedWith(progress, report.exercise, { hash: report.sourceHash, now });
    case 'cancelled':
    case 'harnessFailed':
      return progress;
    case 'failed':
    case 'notStarted':
    case 'didNotCompile':
    case 'threw':
    case 'timedOut':
    case 'outOfMemory':
      return checked(progress, report.exercise, now);
    default:
      return report.verdict satisfies never;
  }
}
