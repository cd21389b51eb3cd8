/**
 * The learner's files as texts: what an exercise's file says now (in the editor, where it is open there), whether that is
 * still the text that passed, and hence the state of each exercise.
 */
import * as vscode from 'vscode';
import { passedText } from '../../content/learner/learnersCheck';
import type { Exercise, ExerciseId } from '../../course/course';
import { exercisesOf, formerIds } from '../../course/course';
import type { ExerciseState } from '../../course/progress';
import { progressOf, stateOf } from '../../course/progress';
import type { Report } from '../../harness/report';
import { hashOf } from '../../harness/sourceHash';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import type { ProgressStore } from '../progress/progressStore';
import { readTextIfThere } from './fileErrors';
import type { LearnerFolder } from './learnerFolder';

export interface LearnerWorkOptions {
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
  readonly progress: ProgressStore;
}

export class LearnerWork extends Disposer {
  private readonly statesChanged = this.own(new vscode.EventEmitter<void>());
  /** Fires when the state of any exercise may be another. */
  readonly onDidChangeStates = this.statesChanged.event;
  private readonly textChanged = this.own(new vscode.EventEmitter<ExerciseId>());
  /** Fires when the text of an exercise's file, in the editor or on disk, has changed. */
  readonly onDidChangeText = this.textChanged.event;
  private readonly hashes = new Map<ExerciseId, string>();
  private loading: Promise<void> | undefined;
  private loaded = false;
  private watcher: vscode.FileSystemWatcher | undefined;

  constructor(private readonly options: LearnerWorkOptions) {
    super();
    this.own(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const id = contentChanges.length > 0 ? options.folder.idOf(document.uri) : undefined;
        if (id !== undefined) {
          void this.reread(id);
        }
      }),
    );
    this.own(options.progress.onDidChange(() => this.statesChanged.fire()));
    this.own(
      options.library.onDidChange(() => {
        this.loading = undefined;
        this.statesChanged.fire();
      }),
    );
    this.own(
      options.folder.onDidChange(() => {
        this.watcher?.dispose();
        this.watcher = undefined;
        this.loading = undefined;
        this.loaded = false;
        this.hashes.clear();
        this.statesChanged.fire();
      }),
    );
  }

  /** Reads the progress, and the files of the exercises that have passed. Never rejects. */
  load(): Promise<void> {
    this.loading ??= this.readAll();
    return this.loading;
  }

  /** Whether `load` has resolved: what `stateOf` answers is known, and nothing need be read for it. */
  get isLoaded(): boolean {
    return this.loaded;
  }

  /** Whether `text` is the very text that a report judged. */
  isText(text: string, report: Pick<Report, 'sourceHash'>): boolean {
    return hashOf(text) === report.sourceHash;
  }

  stateOf(exercise: Exercise): ExerciseState {
    return stateOf(this.options.progress.current, exercise.id, this.hashes.get(exercise.id));
  }

  /** What the exercise's file says now; `undefined` where there is none. Rejects where it cannot be read. */
  async textOf(id: ExerciseId): Promise<string | undefined> {
    const uri = this.options.folder.fileOf(id);
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    return open === undefined || open.isClosed ? await readTextIfThere(uri) : open.getText();
  }

  /** The learner's own text where it has passed and is still the same: what later exercises import. */
  async passedTextOf(id: ExerciseId): Promise<string | undefined> {
    const { passed } = progressOf(this.options.progress.current, id);
    const text = passed === undefined ? undefined : await this.textOf(id).catch(() => undefined);
    // It may have passed under a former id, and not have been opened since.
    for (const former of passed === undefined || text !== undefined
      ? []
      : formerIds(await this.options.library.courseOf(id), id)) {
      const formerText = await this.textOf(former).catch(() => undefined);
      if (formerText !== undefined) return passedText(this.options.progress.current, id, formerText);
    }
    return passedText(this.options.progress.current, id, text);
  }

  override dispose(): void {
    this.watcher?.dispose();
    super.dispose();
  }

  private async readAll(): Promise<void> {
    const folder = await this.options.folder.locate();
    await this.options.progress.load();
    if (folder === undefined) {
      return;
    }
    this.watch(folder);
    const courses = await this.options.library.courses().catch(() => []);
    const exercises = courses.flatMap(exercisesOf);
    const passed = exercises.filter(({ id }) => progressOf(this.options.progress.current, id).passed !== undefined);
    await Promise.all(passed.map(({ id }) => this.rehash(id)));
    this.loaded = true;
    this.statesChanged.fire();
  }

  private watch(folder: vscode.Uri): void {
    this.watcher?.dispose();
    this.watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '{*/*.ts,*/*/*.ts}'));
    const reread = (uri: vscode.Uri): void => {
      const id = this.options.folder.idOf(uri);
      if (id !== undefined) {
        void this.reread(id);
      }
    };
    this.watcher.onDidChange(reread);
    this.watcher.onDidCreate(reread);
    this.watcher.onDidDelete(reread);
  }

  private async reread(id: ExerciseId): Promise<void> {
    await this.rehash(id);
    this.textChanged.fire(id);
    this.statesChanged.fire();
  }

  private async rehash(id: ExerciseId): Promise<void> {
    const text = await this.textOf(id).catch(() => undefined);
    if (text === undefined) {
      this.hashes.delete(id);
    } else {
      this.hashes.set(id, hashOf(text));
    }
  }
}
