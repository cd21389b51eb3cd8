/**
 * `groundup try`: one function of an exercise on an input that is typed, and what it answers; with `--reference` beside
 * what the reference solution answers. It records nothing.
 */
import { composeSubmission } from '../content/composeSubmission';
import type { CourseSource } from '../content/courseSource';
import { findExercise } from '../course/course';
import type { Runner } from '../harness/runner';
import type { Submission } from '../harness/submission';
import { readArguments, whyNot } from '../harness/trial/arguments';
import { signaturesIn } from '../harness/trial/signature';
import { trialReportOf } from '../harness/trial/trialReport';
import { unknownExercise } from './exercises';
import { LearnerFolder } from './learnerFolder';
import { didYouMean } from './nearest';
import { faultWords } from './nodeLearnerFiles';
import { trialText } from './reportText';
import type { Screen } from './terminal';

export interface TryCommandOptions {
  readonly source: CourseSource;
  readonly runner: Runner;
  readonly screen: Screen;
  readonly folder: string;
  readonly id: string;
  readonly function: string;
  /** As typed, one for each parameter. */
  readonly texts: readonly string[];
  /** For a kernel: threads along x, then y. */
  readonly threads?: string | undefined;
  readonly withReference: boolean;
  readonly backend?: Submission['backend'] | undefined;
}

/** Resolves with the exit code: 0 it answered, 1 it did not, 2 there was nothing to call. */
export async function tryCommand(options: TryCommandOptions): Promise<number> {
  const { source, runner, screen, folder, id, texts, threads, withReference, backend } = options;
  const refuse = (...lines: readonly string[]): number => {
    screen.note(...lines);
    return 2;
  };
  const exercise = findExercise(source.course, id);
  if (exercise === undefined) return refuse(unknownExercise(source.course, id));
  const signatures = signaturesIn(await source.stub(exercise.id));
  const names = signatures.map(({ name }) => name);
  const signature = signatures.find(({ name }) => name === options.function);
  if (signature === undefined) {
    const has = names.length === 0 ? 'It exports no function that can be called alone.' : `It has ${names.join(', ')}.`;
    return refuse(`${id} has no function ${options.function}.${didYouMean(options.function, names)} ${has}`);
  }
  const reason = whyNot(signature);
  if (reason !== undefined) return refuse(reason);
  const read = readArguments(signature, { texts, output: threads });
  if (!read.ok) {
    const { argument, message, column } = read.problem;
    if (argument === 'output') return refuse(`--threads: ${message}`);
    const text = texts[argument] ?? '';
    const mark = text === '' || text.includes('\n') ? [] : [`  ${text}`, `  ${' '.repeat(column - 1)}^`];
    return refuse(`Argument ${argument + 1}, column ${column}: ${message}`, ...mark);
  }
  const learner = new LearnerFolder({ path: folder, course: source.course, say: (sentence) => screen.note(sentence) });
  let text: string | undefined;
  try {
    text = await learner.textOf(exercise.id);
  } catch (error) {
    return refuse(`${learner.fileOf(exercise.id)} cannot be read: ${faultWords(error)}.`);
  }
  if (text === undefined) {
    return refuse(
      `There is no ${learner.fileOf(exercise.id)}. \`groundup open ${id}\` writes it, or name another folder with --folder.`,
    );
  }
  await learner.progress.load();
  const { arguments: values, output } = read;
  const report = trialReportOf(
    await runner.check(
      await composeSubmission({
        source,
        exercise,
        learnerText: text,
        earlierWork: (earlier) => learner.passedTextOf(earlier),
        trial: {
          function: signature.name,
          arguments: values,
          withReference,
          ...(output === undefined ? {} : { output }),
        },
        ...(backend === undefined ? {} : { backend }),
      }),
    ),
  );
  screen.print(trialText(report));
  return report.verdict === 'answered' ? 0 : report.verdict === 'harnessFailed' ? 2 : 1;
}
