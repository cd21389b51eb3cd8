/**
 * The course that ships with the extension, as the rest of the extension asks for it. Nothing is read, and neither the
 * loader nor the lesson renderer is loaded, before someone asks.
 */
import * as vscode from 'vscode';
import type { CourseSource } from '../../content/courseSource';
import type { Course, Exercise, ExerciseId } from '../../course/course';
import { findExercise } from '../../course/course';
import type { SubmittedData, Submission } from '../../harness/submission';
import type { Hint } from '../../lesson/renderHints';
import type { RenderedLesson } from '../../lesson/renderLesson';
import type { Platform } from '../platform';
import { ownDataFolder } from '../settings';

export interface SubmissionRequest extends Pick<Submission, 'backend' | 'limits' | 'seed'> {
  readonly exercise: Exercise;
  readonly text: string;
  /** The learner's text of an earlier exercise where its present text has passed. */
  readonly earlierWork: (id: ExerciseId) => Promise<string | undefined>;
}

export interface CourseLibraryOptions extends Pick<Platform, 'load'> {
  /** The course's folder, which holds `course.json`. */
  readonly root: vscode.Uri;
}

export class CourseLibrary {
  private loading: Promise<CourseSource> | undefined;
  private readonly lessons = new Map<ExerciseId, Promise<RenderedLesson>>();
  private readonly hintLists = new Map<ExerciseId, Promise<readonly Hint[]>>();
  /** By name and folder; such files do not change, and reading MNIST anew for each check would be felt. */
  private readonly ownDataSets = new Map<string, Promise<SubmittedData>>();

  constructor(private readonly options: CourseLibraryOptions) {}

  async course(): Promise<Course> {
    return (await this.source()).course;
  }

  /** Rejects in one sentence where the course has no such exercise. */
  async exercise(id: ExerciseId): Promise<Exercise> {
    const exercise = findExercise(await this.course(), id);
    if (exercise === undefined) {
      throw new Error(`The course has no exercise ${id}.`);
    }
    return exercise;
  }

  async stub(id: ExerciseId): Promise<string> {
    return (await this.source()).stub(id);
  }

  async solution(id: ExerciseId): Promise<string> {
    return (await this.source()).solution(id);
  }

  lesson(id: ExerciseId): Promise<RenderedLesson> {
    return remembered(this.lessons, id, async () => {
      const [{ renderLesson }, text] = await Promise.all([this.options.load(), (await this.source()).lesson(id)]);
      return renderLesson(text);
    });
  }

  hints(id: ExerciseId): Promise<readonly Hint[]> {
    return remembered(this.hintLists, id, async () => {
      const [{ renderHints }, text] = await Promise.all([this.options.load(), (await this.source()).hints(id)]);
      return renderHints(text).hints;
    });
  }

  async submission({ exercise, text, earlierWork, ...run }: SubmissionRequest): Promise<Submission> {
    const { composeSubmission } = await this.options.load();
    return await composeSubmission({
      source: await this.source(),
      exercise,
      learnerText: text,
      earlierWork,
      ownData: (name) => this.ownData(name),
      ...run,
    });
  }

  /** The data set of the folder that the learner's settings name, if they name one. Rejects with a `DataFileError`. */
  private async ownData(name: string): Promise<SubmittedData | undefined> {
    const folder = ownDataFolder(name);
    const set = (await this.course()).data?.[name];
    if (folder === undefined || set === undefined) {
      return undefined;
    }
    return remembered(this.ownDataSets, `${name} ${folder}`, async () => {
      const { readDataSet, extensionCourseFiles } = await this.options.load();
      const files = extensionCourseFiles(vscode.Uri.file(folder));
      const origin = vscode.l10n.t(
        'The setting groundup.{0}.folder names the folder {1}: correct it, or clear it to use what comes with the course.',
        name,
        folder,
      );
      return await readDataSet({ name, set }, { files, folder: '', origin });
    });
  }

  private source(): Promise<CourseSource> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  private async load(): Promise<CourseSource> {
    const { loadCourse, CourseSource, extensionCourseFiles } = await this.options.load();
    const files = extensionCourseFiles(this.options.root);
    const { course, problems } = await loadCourse(files);
    if (course === undefined) {
      throw new Error(`The course cannot be read. ${problems.map(({ message }) => message).join(' ')}`);
    }
    return new CourseSource(files, course);
  }
}

/** What was made for `id` before, or what `make` makes now; a failure is not remembered. */
function remembered<Key, T>(made: Map<Key, Promise<T>>, id: Key, make: () => Promise<T>): Promise<T> {
  const known = made.get(id);
  if (known !== undefined) {
    return known;
  }
  const fresh = make();
  made.set(id, fresh);
  fresh.catch(() => made.delete(id));
  return fresh;
}
