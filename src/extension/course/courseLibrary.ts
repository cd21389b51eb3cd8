/**
 * The course that ships with the extension, and those that the learner has added, as the rest of the extension asks for
 * them. Nothing is read, and neither the loader nor the lesson renderer is loaded, before someone asks.
 */
import * as vscode from 'vscode';
import type { CourseSource } from '../../content/courseSource';
import type { Course, DataSet, Exercise, ExerciseId } from '../../course/course';
import { findExercise } from '../../course/course';
import { courseIdOf, idBeside, localId } from '../../course/namespace';
import type { ListedCheck } from '../../harness/compile/listedChecks';
import type { LabJob } from '../../harness/runs/runHost';
import type { SubmittedData, Submission } from '../../harness/submission';
import type { Hint } from '../../lesson/renderHints';
import type { RenderedLesson } from '../../lesson/renderLesson';
import { Disposer } from '../disposables';
import type { Platform } from '../platform';
import { AddedCourses } from './addedCourses';
import { remembered } from './remembered';

export interface SubmissionRequest extends Pick<Submission, 'backend' | 'limits' | 'seed' | 'trial'> {
  readonly exercise: Exercise;
  readonly text: string;
  /** The learner's text of an earlier exercise where its present text has passed. */
  readonly earlierWork: (id: ExerciseId) => Promise<string | undefined>;
}

/** What an exercise asks for, read from its texts without running any of them. */
export interface ExerciseOutline {
  /** The exported functions and classes that the learner is to write, in the order of the stub. */
  readonly functions: readonly string[];
  /** In the order in which they run. */
  readonly checks: readonly ListedCheck[];
}

export interface CourseLibraryOptions extends Pick<Platform, 'load'> {
  /** The course's folder, which holds `course.json`. */
  readonly root: vscode.Uri;
  /** The learner's own copy of a data set of the course, if they have one. Rejects with a `DataFileError`. */
  readonly ownData: (name: string, set: DataSet) => Promise<SubmittedData | undefined>;
}

export class CourseLibrary extends Disposer {
  private loading: Promise<CourseSource> | undefined;
  private readonly lessons = new Map<ExerciseId, Promise<RenderedLesson>>();
  private readonly outlines = new Map<ExerciseId, Promise<ExerciseOutline>>();
  private readonly hintLists = new Map<ExerciseId, Promise<readonly Hint[]>>();

  private readonly added: AddedCourses;
  /** Fires when a course was added, removed or read anew. */
  readonly onDidChange: vscode.Event<void>;

  constructor(private readonly options: CourseLibraryOptions) {
    super();
    this.added = this.own(new AddedCourses({ load: options.load, shipped: () => this.course() }));
    this.onDidChange = this.added.onDidChange;
    this.own(
      this.onDidChange(() => {
        for (const texts of [this.lessons, this.hintLists, this.outlines]) {
          for (const id of texts.keys()) {
            if (courseIdOf(id) !== undefined) texts.delete(id);
          }
        }
      }),
    );
  }

  /** The course that ships. */
  async course(): Promise<Course> {
    return (await this.source()).course;
  }

  /** Every course there is, the one that ships first. */
  async courses(): Promise<readonly Course[]> {
    const [course, added] = await Promise.all([this.course(), this.added.all()]);
    return [course, ...added.map((each) => each.course)];
  }

  /** The course that `id` belongs to by its name; the one that ships where there is no such course. */
  async courseOf(id: string): Promise<Course> {
    const named = courseIdOf(id);
    const added = named === undefined ? [] : await this.added.all();
    return added.find(({ course }) => course.id === named)?.course ?? (await this.course());
  }

  /** The exercise of that id, in whichever course. */
  async find(id: string): Promise<Exercise | undefined> {
    return findExercise(await this.courseOf(id), id);
  }

  /** Rejects in one sentence where the course has no such exercise. */
  async exercise(id: ExerciseId): Promise<Exercise> {
    const exercise = await this.find(id);
    if (exercise === undefined) {
      throw new Error(vscode.l10n.t('The course has no exercise {0}.', id));
    }
    return exercise;
  }

  async stub(id: ExerciseId): Promise<string> {
    return (await this.sourceOf(id)).stub(localId(id));
  }

  async solution(id: ExerciseId): Promise<string> {
    return (await this.sourceOf(id)).solution(localId(id));
  }

  lesson(id: ExerciseId): Promise<RenderedLesson> {
    return remembered(this.lessons, id, async () => {
      const [{ readLesson }, source] = await Promise.all([this.options.load(), this.sourceOf(id)]);
      return await readLesson(source, localId(id));
    });
  }

  outline(id: ExerciseId): Promise<ExerciseOutline> {
    return remembered(this.outlines, id, async () => {
      const [{ functionsToWrite, listChecks }, source] = await Promise.all([this.options.load(), this.sourceOf(id)]);
      const [checks, stub] = await Promise.all([source.checks(localId(id)), source.stub(localId(id))]);
      return { functions: functionsToWrite(stub), checks: listChecks({ checks, stub }) };
    });
  }

  hints(id: ExerciseId): Promise<readonly Hint[]> {
    return remembered(this.hintLists, id, async () => {
      const source = await this.sourceOf(id);
      const [{ renderHints }, text] = await Promise.all([this.options.load(), source.hints(localId(id))]);
      return renderHints(text).hints;
    });
  }

  /**
   * Takes lesson and hints of an exercise anew after `saved`, a file of it, was written in some copy of this course.
   * Answers with the exercise, or `undefined` where the file is of no lesson, or nothing can be shown of it.
   */
  async reread(saved: vscode.Uri): Promise<ExerciseId | undefined> {
    const { lessonFileOf, rereadLesson, extensionCourseFiles } = await this.options.load();
    const file = lessonFileOf(saved.path);
    if (file === undefined) {
      return undefined;
    }
    const { exercise } = file;
    const files = extensionCourseFiles(saved.with({ path: file.folder }));
    const texts = await rereadLesson(files, { course: await this.course(), exercise, locale: vscode.env.language });
    if (texts === undefined) {
      return undefined;
    }
    this.lessons.set(exercise, Promise.resolve(texts.lesson));
    this.hintLists.set(exercise, Promise.resolve(texts.hints));
    return exercise;
  }

  /** What the lab of an exercise needs; `backend` and `limits` as for a check. */
  async labJob({ exercise, text, earlierWork, ...run }: SubmissionRequest): Promise<LabJob> {
    const [{ composeLab }, source] = await Promise.all([this.options.load(), this.sourceOf(exercise.id)]);
    return await composeLab({
      source,
      exercise: findExercise(source.course, localId(exercise.id)) ?? exercise,
      learnerText: text,
      earlierWork: (id) => earlierWork(idBeside(exercise.id, id)),
      ownData: (name) => this.ownData(source.course, name),
      ...run,
    });
  }

  async submission({ exercise, text, earlierWork, ...run }: SubmissionRequest): Promise<Submission> {
    const [{ composeSubmission }, source] = await Promise.all([this.options.load(), this.sourceOf(exercise.id)]);
    return await composeSubmission({
      source,
      exercise: findExercise(source.course, localId(exercise.id)) ?? exercise,
      learnerText: text,
      earlierWork: (id) => earlierWork(idBeside(exercise.id, id)),
      ownData: (name) => this.ownData(source.course, name),
      ...run,
    });
  }

  /** The course of `id` as its author wrote it, and its texts by the ids of its own. */
  async sourceOf(id: string): Promise<CourseSource> {
    const named = courseIdOf(id);
    const added = named === undefined ? [] : await this.added.all();
    return added.find(({ course }) => course.id === named)?.source ?? (await this.source());
  }

  private async ownData({ data }: Course, name: string): Promise<SubmittedData | undefined> {
    const set = data?.[name];
    return set === undefined ? undefined : await this.options.ownData(name, set);
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
    const { course, problems } = await loadCourse(files, vscode.env.language);
    if (course === undefined) {
      throw new Error(
        vscode.l10n.t('The course cannot be read. {0}', problems.map(({ message }) => message).join(' ')),
      );
    }
    return new CourseSource(files, course, vscode.env.language);
  }
}
