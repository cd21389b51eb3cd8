/** A learner's folder as a terminal sees it: their files, their progress, and the state of each exercise. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LearnerFiles } from '../content/learner/learnerFiles';
import { passedText } from '../content/learner/learnersCheck';
import type { Course, ExerciseId } from '../course/course';
import { exercisesOf } from '../course/course';
import type { ExerciseState, Progress } from '../course/progress';
import { progressOf, stateOf } from '../course/progress';
import { hashOf } from '../harness/sourceHash';
import { nodeLearnerFiles } from './nodeLearnerFiles';
import { ProgressKeeper } from './progressKeeper';

export interface LearnerFolderOptions {
  readonly path: string;
  /** Whose exercises have been renamed or split. */
  readonly course: Pick<Course, 'renamed'>;
  readonly say: (sentence: string) => void;
}

export class LearnerFolder {
  readonly path: string;
  readonly files: LearnerFiles;
  readonly progress: ProgressKeeper;

  constructor({ path: folder, course, say }: LearnerFolderOptions) {
    this.path = folder;
    this.files = nodeLearnerFiles(folder);
    this.progress = new ProgressKeeper({ files: this.files, say, renamed: course.renamed });
  }

  fileOf(id: ExerciseId): string {
    return path.join(this.path, ...`${id}.ts`.split('/'));
  }

  /** What the exercise's file says; `undefined` where there is none. Rejects where it cannot be read. */
  textOf(id: ExerciseId): Promise<string | undefined> {
    return this.files.readText(`${id}.ts`);
  }

  /** The learner's own text where it has passed and is still the same: what later exercises import. */
  async passedTextOf(id: ExerciseId): Promise<string | undefined> {
    const progress = this.progress.current;
    if (progressOf(progress, id).passed === undefined) return undefined;
    return passedText(progress, id, await this.textOf(id).catch(() => undefined));
  }

  /** The state of every exercise, as the editor's tree shows it. `progress` must have been loaded. */
  async states(course: Course): Promise<ReadonlyMap<ExerciseId, ExerciseState>> {
    const progress: Progress = this.progress.current;
    const states = await Promise.all(
      exercisesOf(course).map(async ({ id }): Promise<readonly [ExerciseId, ExerciseState]> => {
        const text = await this.textOf(id).catch(() => undefined);
        return [id, stateOf(progress, id, text === undefined ? undefined : hashOf(text))];
      }),
    );
    return new Map(states);
  }

  /** Whether it is a course folder already. */
  async holdsCourse(): Promise<boolean> {
    return await isFolder(path.join(this.path, '.groundup'));
  }

  /** True where other files lie in the folder and none of ours. */
  async isForeign(): Promise<boolean> {
    if (await this.holdsCourse()) return false;
    const names = await readdir(this.path).catch(() => []);
    return names.some((name) => !name.startsWith('.'));
  }
}

export async function isFolder(folder: string): Promise<boolean> {
  return await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
