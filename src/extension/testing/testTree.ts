/**
 * The course as VS Code's Testing view has it: parts, their exercises, and each exercise's checks. Nothing is made before
 * someone looks: the parts when the view opens or an exercise's file does, the checks of an exercise when it is unfolded
 * or its file is opened. Items of an opened exercise stand at the functions they are about, in the learner's file.
 */
import * as vscode from 'vscode';
import type { Course, Exercise, ExerciseId } from '../../course/course';
import { exercisesOf } from '../../course/course';
import { progressOf } from '../../course/progress';
import type { ActiveExercise } from '../activeExercise';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import type { ExerciseFunctions } from '../editor/exerciseFunctions';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { LearnerWork } from '../learner/learnerWork';
import type { ProgressStore } from '../progress/progressStore';

export interface TestTreeOptions {
  readonly active: ActiveExercise;
  readonly controller: vscode.TestController;
  readonly folder: LearnerFolder;
  readonly functions: ExerciseFunctions;
  readonly library: CourseLibrary;
  readonly progress: ProgressStore;
  readonly work: LearnerWork;
}

/** What an item stands for. */
export type TestSubject =
  | { readonly kind: 'course' }
  | { readonly kind: 'part' }
  | { readonly kind: 'exercise'; readonly exercise: Exercise }
  | { readonly kind: 'check'; readonly exercise: Exercise; readonly sentence: string };

/** Ranges follow the text once it has come to rest. */
const settledMs = 300;

export class TestTree extends Disposer {
  private readonly subjects = new WeakMap<vscode.TestItem, TestSubject>();
  private readonly exercises = new Map<ExerciseId, vscode.TestItem>();
  private building: Promise<void> | undefined;
  private readonly settling = new Map<ExerciseId, ReturnType<typeof setTimeout>>();

  constructor(private readonly options: TestTreeOptions) {
    super();
    const { active, controller, folder, library, work } = options;
    controller.resolveHandler = (item) => this.resolve(item);
    this.own(
      active.onDidChange((exercise) => {
        if (exercise !== undefined) void this.open(exercise);
      }),
    );
    this.own(work.onDidChangeText((id) => this.textChanged(id)));
    this.own(
      vscode.Disposable.from(
        folder.onDidChange(() => this.startAnew()),
        library.onDidChange(() => this.startAnew()),
      ),
    );
    this.own({ dispose: () => this.settling.forEach((timer) => clearTimeout(timer)) });
  }

  subjectOf(item: vscode.TestItem): TestSubject | undefined {
    return this.subjects.get(item);
  }

  /** The item of an exercise with those of its checks below it, made where they were not there. */
  async exerciseItem(exercise: Exercise): Promise<vscode.TestItem | undefined> {
    await this.build();
    const item = this.exercises.get(exercise.id);
    if (item?.children.size === 0) {
      await this.addChecks(item, exercise);
    }
    return this.exercises.get(exercise.id);
  }

  /** Every exercise at or below `items`, or of the whole course where none are given, in the course's order. */
  async exercisesIn(items: readonly vscode.TestItem[] | undefined): Promise<readonly Exercise[]> {
    await this.build();
    const wanted = new Set<Exercise>();
    const pending = [...(items ?? [...this.options.controller.items].map(([, each]) => each))];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const subject = this.subjects.get(next);
      if (subject?.kind === 'exercise' || subject?.kind === 'check') {
        wanted.add(subject.exercise);
      } else {
        next.children.forEach((child) => pending.push(child));
      }
    }
    return (await this.options.library.courses()).flatMap(exercisesOf).filter((exercise) => wanted.has(exercise));
  }

  /** The item of an exercise if it has been made. */
  knownItem(id: ExerciseId): vscode.TestItem | undefined {
    return this.exercises.get(id);
  }

  private async resolve(item: vscode.TestItem | undefined): Promise<void> {
    await this.build();
    const subject = item === undefined ? undefined : this.subjects.get(item);
    if (item !== undefined && subject?.kind === 'exercise') {
      await this.addChecks(item, subject.exercise);
    }
  }

  private build(): Promise<void> {
    this.building ??= this.addParts().catch((error: unknown) => {
      this.building = undefined;
      throw error;
    });
    return this.building;
  }

  private async addParts(): Promise<void> {
    const { controller, folder, library, work } = this.options;
    if ((await folder.locate()) === undefined) {
      return;
    }
    const [[shipped, ...added]] = await Promise.all([library.courses(), work.load()]);
    // As in the course tree: the parts of the course that ships stand at the root, other courses beside them.
    controller.items.replace([
      ...(shipped === undefined ? [] : this.partItems(shipped)),
      ...added.map((course, index) => {
        const item = controller.createTestItem(`course ${course.id}`, course.title);
        item.sortText = `1${String(index).padStart(3, '0')}`;
        item.children.replace(this.partItems(course));
        this.subjects.set(item, { kind: 'course' });
        return item;
      }),
    ]);
  }

  private partItems(course: Course): vscode.TestItem[] {
    return course.parts
      .filter(({ exercises }) => exercises.length > 0)
      .map((part, index) => {
        const item = this.options.controller.createTestItem(part.id, part.title);
        item.sortText = `0${String(index).padStart(3, '0')}`;
        item.children.replace(part.exercises.map((exercise, place) => this.newExerciseItem(exercise, place)));
        this.subjects.set(item, { kind: 'part' });
        return item;
      });
  }

  private startAnew(): void {
    this.options.controller.items.replace([]);
    this.exercises.clear();
    this.building = undefined;
  }

  private newExerciseItem(exercise: Exercise, place: number): vscode.TestItem {
    const { controller, folder, progress } = this.options;
    const isOpened = progressOf(progress.current, exercise.id).openedAt !== undefined;
    const item = controller.createTestItem(
      exercise.id,
      exercise.title,
      isOpened ? folder.fileOf(exercise.id) : undefined,
    );
    item.canResolveChildren = true;
    this.subjects.set(item, { kind: 'exercise', exercise });
    this.exercises.set(exercise.id, item);
    item.sortText = String(place).padStart(3, '0');
    return item;
  }

  /** The file of an exercise is there: its items get their places. */
  private async open(exercise: Exercise): Promise<void> {
    await this.build();
    const known = this.exercises.get(exercise.id);
    if (known === undefined) {
      return;
    }
    let item = known;
    if (item.uri === undefined && known.parent !== undefined) {
      // An item's file is given when it is made, so it is made again.
      item = this.options.controller.createTestItem(known.id, known.label, this.options.folder.fileOf(exercise.id));
      item.canResolveChildren = true;
      item.sortText = known.sortText;
      this.subjects.set(item, { kind: 'exercise', exercise });
      this.exercises.set(exercise.id, item);
      known.parent.children.add(item);
    }
    await this.addChecks(item, exercise);
  }

  private async addChecks(item: vscode.TestItem, exercise: Exercise): Promise<void> {
    const { controller, library } = this.options;
    const { checks } = await library.outline(exercise.id);
    item.children.replace(
      checks.map(({ sentence, step }, index) => {
        const child = controller.createTestItem(`${exercise.id}#${sentence}`, sentence, item.uri);
        child.sortText = String(index).padStart(3, '0');
        if (step !== undefined) child.description = vscode.l10n.t('step {0}', step);
        this.subjects.set(child, { kind: 'check', exercise, sentence });
        return child;
      }),
    );
    await this.place(exercise.id);
  }

  /** Sets the items of an exercise at the functions they are about, as the text is now. */
  private async place(id: ExerciseId): Promise<void> {
    const item = this.exercises.get(id);
    if (item?.uri === undefined) {
      return;
    }
    const ranges = await this.options.functions.rangesOf(id);
    const { functions, checks } = await this.options.library.outline(id);
    const first = functions.map((name) => ranges.get(name)).find((range) => range !== undefined);
    item.range = first;
    for (const { sentence, functions: used } of checks) {
      const child = item.children.get(`${id}#${sentence}`);
      if (child !== undefined) {
        child.range = used.map((name) => ranges.get(name)).find((range) => range !== undefined) ?? first;
      }
    }
  }

  private textChanged(id: ExerciseId): void {
    if (!this.exercises.has(id)) {
      return;
    }
    clearTimeout(this.settling.get(id));
    this.settling.set(
      id,
      setTimeout(() => {
        this.settling.delete(id);
        this.place(id).catch(() => undefined);
      }, settledMs),
    );
  }
}
