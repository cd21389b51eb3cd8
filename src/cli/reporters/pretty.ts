/**
 * For a person. One folder is shown in full, as the results panel shows it; of many, each gets a line for what has passed
 * and one for each exercise that has not.
 */
import type { Paint } from '../paint';
import { paintMarks } from '../paint';
import { reportText } from '../reportText';
import type { ExerciseResult, FolderResults, Results, Summary } from '../results';
import { sentenceOf, standingOf, summaryOf } from '../results';
import { printable } from './control';
import type { ReporterContext } from './reporter';

export function pretty({ folders, durationMs }: Results, { paint }: ReporterContext): string {
  const [only] = folders;
  const all = folders.flatMap(({ exercises }) => exercises);
  const lines =
    only !== undefined && folders.length === 1
      ? [...problemLines(only, paint), ...only.exercises.map((result) => exerciseText(result, paint))]
      : folders.map((folder) => folderText(folder, paint));
  if (all.length > 1 || folders.length > 1) {
    const seconds = `${(durationMs / 1000).toFixed(1)} s`;
    const where = folders.length > 1 ? `${folders.length} folders, ` : '';
    lines.push('', `${paint('bold', `${where}${summaryWords(summaryOf(all))}`)} ${paint('dim', `(${seconds})`)}`);
  }
  return lines.join('\n');
}

/** `3 of 5 passed, 1 not handed in`. */
export function summaryWords({ passed, failed, missing, couldNotRun }: Summary): string {
  const total = passed + failed + missing + couldNotRun;
  return [
    `${passed} of ${total} passed`,
    ...(missing > 0 ? [`${missing} not handed in`] : []),
    ...(couldNotRun > 0 ? [`${couldNotRun} could not be judged`] : []),
  ].join(', ');
}

function exerciseText(result: ExerciseResult, paint: Paint): string {
  // What a learner's code prints and throws goes to whoever judges it, whose terminal it must not steer.
  return paintMarks(printable(result.kind === 'judged' ? reportText(result.report) : headOf(result)), paint);
}

function folderText(folder: FolderResults, paint: Paint): string {
  const summary = summaryOf(folder.exercises);
  const isDone = folder.problem === undefined && summary.passed === folder.exercises.length;
  const head = `${isDone ? '✓' : '✗'} ${folder.folder}: ${folder.problem ?? summaryWords(summary)}`;
  const rest = folder.exercises
    .filter((result) => standingOf(result) !== 'passed')
    .map((result) => `  ${headOf(result)}`);
  return paintMarks(printable([head, ...rest].join('\n')), paint);
}

function problemLines({ problem }: FolderResults, paint: Paint): string[] {
  return problem === undefined ? [] : [paintMarks(`✗ ${problem}`, paint)];
}

function headOf(result: ExerciseResult): string {
  const standing = standingOf(result);
  return `${standing === 'passed' ? '✓' : standing === 'missing' ? '–' : '✗'} ${result.exercise}: ${sentenceOf(result)}`;
}
