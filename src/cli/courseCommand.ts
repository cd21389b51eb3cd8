/** `groundup course`: the author check, with its findings and a table of the mutants that were caught. */
import { checkExercise, everyBackend, properties } from '../content/authorCheck';
import type { AuthorReport, Finding } from '../content/authorCheck';
import { checkCourse } from '../content/checkCourse';
import type { ContentProblem } from '../content/courseFile';
import type { CourseFiles } from '../content/courseFiles';
import type { Exercise } from '../course/course';
import { exercisesOf } from '../course/course';
import type { Runner } from '../harness/runner';
import { evaluateHere } from './evaluate';
import type { Terminal } from './terminal';

export interface CourseCommandOptions {
  readonly files: CourseFiles;
  readonly runner: Runner;
  readonly terminal: Terminal;
  /** Exercises to check; none means all of them. */
  readonly ids: readonly string[];
  readonly seedCount: number;
}

/** Resolves with the exit code: 0 nothing to say, 1 findings, 2 the course or the request cannot be read. */
export async function courseCommand({
  files,
  runner,
  terminal,
  ids,
  seedCount,
}: CourseCommandOptions): Promise<number> {
  const { source, problems } = await checkCourse(files);
  problems.forEach((problem) => terminal.print(problemLine(problem)));
  if (source === undefined) {
    return 2;
  }
  const all = exercisesOf(source.course);
  const unknown = ids.filter((id) => !all.some((exercise) => exercise.id === id));
  if (unknown.length > 0) {
    const known = all.map(({ id }) => id).join(', ');
    terminal.print(`The course has no exercise ${unknown.join(', ')}. It has ${known === '' ? 'none' : known}.`);
    return 2;
  }
  const wanted = ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
  const reports: AuthorReport[] = [];
  for (const exercise of wanted) {
    const report = await checkExercise({
      source,
      exercise,
      runner,
      evaluate: evaluateHere,
      seeds: Array.from({ length: seedCount }, (_, index) => index + 1),
      backends: everyBackend,
      onProgress: (words) => terminal.progress(words),
    });
    terminal.progress('');
    terminal.print(exerciseLines(exercise, report).join('\n'));
    reports.push(report);
  }
  terminal.print('', ...mutantTable(reports));
  const errors =
    reports.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error').length + problems.length;
  terminal.print('', errors === 0 ? 'Nothing to mend.' : `${errors} to mend.`);
  return errors === 0 ? 0 : 1;
}

function problemLine({ path, line, message }: ContentProblem): string {
  return `${path}:${line}  ${message}`;
}

function exerciseLines(exercise: Exercise, { findings }: AuthorReport): string[] {
  const isWrong = findings.some(({ severity }) => severity === 'error');
  return [
    `${isWrong ? '✗' : '✓'} ${exercise.id}  ${exercise.title}`,
    ...findings.map(
      (finding: Finding) =>
        `    ${finding.severity === 'warning' ? 'warning, ' : ''}${finding.path}${finding.line === undefined ? '' : `:${finding.line}`}\n` +
        `      it ${properties[finding.property]}?\n      ${finding.message}`,
    ),
  ];
}

/** For each exercise: checks, mutants, and how many of them fail the check that they name. */
function mutantTable(reports: readonly AuthorReport[]): string[] {
  const rows = reports.map(({ exercise, checkCount, mutants, findings }) => {
    const escaped = findings.filter(({ property }) => property === 'mutants').length;
    const caught = mutants.filter(({ failed, caughtBy }) => failed.includes(caughtBy)).length;
    return [exercise, String(checkCount), String(mutants.length), String(caught), String(escaped)];
  });
  const table = [['exercise', 'checks', 'mutants run', 'caught', 'findings'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}
