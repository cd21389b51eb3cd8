/** Puts together all the text that a check of one exercise needs, or its lab: one way for learner, stub, solution and mutant. */
import type { Exercise, ExerciseId } from '../course/course';
import { foundationsOf } from '../course/course';
import type { LabJob } from '../harness/runs/runHost';
import type { Limits, SubmittedData, Submission, Trial } from '../harness/submission';
import { defaultLimits } from '../harness/submission';
import type { CourseSource } from './courseSource';

export interface SubmissionOptions {
  readonly source: CourseSource;
  readonly exercise: Exercise;
  readonly learnerText: string;
  /** The learner's text of an earlier exercise where its present text has passed; elsewhere the reference stands in. */
  readonly earlierWork: (id: ExerciseId) => Promise<string | undefined>;
  /** The learner's own copy of a data set, where they have named one; elsewhere the course's is used. */
  readonly ownData?: (name: string) => Promise<SubmittedData | undefined>;
  /** Left out, the runner draws one. */
  readonly seed?: number | undefined;
  readonly backend?: Submission['backend'];
  readonly limits?: Limits;
  readonly only?: readonly string[];
  /** One call instead of the checks. */
  readonly trial?: Trial;
}

/** Rejects with a `CourseFileError` or a `DataFileError` where a file cannot be read. */
export async function composeSubmission(options: SubmissionOptions): Promise<Submission> {
  const { source, exercise } = options;
  const foundations = foundationsOf(source.course, exercise.id);
  const [checks, solution, references, earlier, data] = await Promise.all([
    source.checks(exercise.id),
    source.solution(exercise.id),
    Promise.all(foundations.map(async ({ id }) => ({ exercise: id, text: await source.solution(id) }))),
    Promise.all(foundations.map(async ({ id }) => earlierText(options, id))),
    Promise.all((exercise.data ?? []).map(async (name) => (await options.ownData?.(name)) ?? source.dataSet(name))),
  ]);
  return {
    learner: { exercise: exercise.id, text: options.learnerText },
    earlier,
    checks,
    solution,
    references,
    ...(data.length === 0 ? {} : { data }),
    offers: exercise.offers,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    backend: options.backend ?? 'auto',
    limits: options.limits ?? defaultLimits,
    ...(options.only === undefined ? {} : { only: options.only }),
    ...(options.trial === undefined ? {} : { trial: options.trial }),
  };
}

/** All that the lab of an exercise needs. Rejects as `composeSubmission` does. */
export async function composeLab(options: SubmissionOptions): Promise<LabJob> {
  const [{ learner, earlier, data, backend, limits }, lab] = await Promise.all([
    composeSubmission(options),
    options.source.lab(options.exercise.id),
  ]);
  return { learner, earlier, ...(data === undefined ? {} : { data }), backend, lab, memoryBytes: limits.memoryBytes };
}

async function earlierText(options: SubmissionOptions, id: ExerciseId): Promise<Submission['earlier'][number]> {
  const learners = await options.earlierWork(id);
  return learners === undefined
    ? { exercise: id, text: await options.source.solution(id), author: 'reference' }
    : { exercise: id, text: learners, author: 'learner' };
}
