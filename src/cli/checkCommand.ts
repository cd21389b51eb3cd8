/** `groundup check`: one exercise of a learner's folder, judged as the editor judges it, reported as text. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { composeSubmission } from '../content/composeSubmission';
import type { CourseSource } from '../content/courseSource';
import type { Exercise } from '../course/course';
import { exercisesOf } from '../course/course';
import type { Runner } from '../harness/runner';
import { learnersFile, passedWork } from './learnerFolder';
import { reportText } from './reportText';
import type { Terminal } from './terminal';

export interface CheckCommandOptions {
  readonly source: CourseSource;
  readonly runner: Runner;
  readonly terminal: Terminal;
  /** An exercise's id, or the path of the learner's file. */
  readonly target: string;
  /** The learner's course folder. */
  readonly folder: string;
  readonly seed: number;
}

/** Resolves with the exit code: 0 passed, 1 did not, 2 it could not be judged. */
export async function checkCommand({
  source,
  runner,
  terminal,
  target,
  folder,
  seed,
}: CheckCommandOptions): Promise<number> {
  const exercise = exerciseFor(source, target);
  if (exercise === undefined) {
    const known = exercisesOf(source.course).map(({ id }) => id);
    terminal.print(`${target} names no exercise of the course. It has ${known.join(', ')}.`);
    return 2;
  }
  const file = target.endsWith('.ts') ? path.resolve(target) : learnersFile(folder, exercise.id);
  const learnerText = await readFile(file, 'utf8').catch(() => undefined);
  if (learnerText === undefined) {
    terminal.print(`${file} cannot be read. Open the exercise first, or name another folder with --folder.`);
    return 2;
  }
  const submission = await composeSubmission({
    source,
    exercise,
    learnerText,
    earlierWork: (id) => passedWork(folder, id),
    seed,
  });
  const report = await runner.check(submission);
  terminal.print(reportText(report));
  return report.verdict === 'passed' ? 0 : report.verdict === 'harnessFailed' ? 2 : 1;
}

function exerciseFor(source: CourseSource, target: string): Exercise | undefined {
  const id = target.replaceAll(path.sep, '/').replace(/\.ts$/, '').split('/').slice(-2).join('/');
  return exercisesOf(source.course).find((exercise) => exercise.id === id);
}
