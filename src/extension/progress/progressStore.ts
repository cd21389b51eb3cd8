/**
 * Keeps a learner's progress: in `.groundup/progress.json` of their folder, in memory, mirrored to VS Code's own storage,
 * and joined with what Settings Sync brings from other machines. Every write reads, merges and replaces the file in one step, so two windows on one folder
 * converge. Whatever is wrong with the file is said once, in one sentence, and nothing that was recorded is lost.
 */
import * as vscode from 'vscode';
import type { Course } from '../../course/course';
import type { Progress } from '../../course/progress';
import { emptyProgress, mergeProgress, withSuccessors } from '../../course/progress';
import { Disposer } from '../disposables';
import { folderFiles } from '../learner/folderFiles';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { Platform } from '../platform';
import { messageOf } from '../words';
import { ProgressMirror } from './progressMirror';
import { SyncedProgress } from './syncedProgress';
import type { SyncedMemento } from './syncedProgress';

export interface ProgressStoreOptions extends Pick<Platform, 'load'> {
  readonly folder: LearnerFolder;
  readonly mirror: SyncedMemento;
  /** The course whose progress Settings Sync carries. */
  readonly course: () => Promise<Course>;
}

export class ProgressStore extends Disposer {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly mirror: ProgressMirror;
  private readonly synced: SyncedProgress;
  private readonly folder: LearnerFolder;
  private known: Progress = emptyProgress;
  private loading: Promise<void> | undefined;
  /** All reading and writing of the file, one after the other. */
  private queue: Promise<void> = Promise.resolve();
  private watcher: vscode.FileSystemWatcher | undefined;
  /** False once the file turned out to be a newer version's: then it is never written. */
  private mayWrite = true;
  private readonly said = new Set<string>();

  constructor(private readonly options: ProgressStoreOptions) {
    super();
    this.folder = options.folder;
    this.mirror = new ProgressMirror(options.mirror, options.load);
    this.synced = new SyncedProgress({ memento: options.mirror, load: options.load });
    this.own(
      this.folder.onDidChange(() => {
        this.forget();
        this.changed.fire();
      }),
    );
  }

  /** What is known now; empty until `load` has resolved. */
  get current(): Progress {
    return this.known;
  }

  /** Reads the file, once; later changes of it arrive by themselves. Never rejects. */
  load(): Promise<void> {
    this.loading ??= this.enqueue(async () => {
      const folder = await this.folder.locate();
      if (folder === undefined) {
        return;
      }
      this.watch(folder);
      await this.readInto(folder, { orMirror: true });
      await this.joinSynced(folder);
    });
    return this.loading;
  }

  /** Applies `transition` at once, then writes. The returned promise never rejects. */
  async update(transition: (progress: Progress) => Progress): Promise<void> {
    await this.load();
    this.known = transition(this.known);
    this.changed.fire();
    await this.enqueue(() => this.write());
  }

  /** Resolves once all that has been recorded so far is written. */
  async settled(): Promise<void> {
    await this.queue;
  }

  override dispose(): void {
    this.watcher?.dispose();
    super.dispose();
  }

  private forget(): void {
    this.watcher?.dispose();
    this.watcher = undefined;
    this.loading = undefined;
    this.known = emptyProgress;
    this.mayWrite = true;
    this.said.clear();
  }

  private enqueue(job: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(job).catch((error: unknown) => {
      this.sayOnce(
        vscode.l10n.t('Your progress could not be recorded ({0}). It is kept in VS Code meanwhile.', messageOf(error)),
      );
    });
    return this.queue;
  }

  private watch(folder: vscode.Uri): void {
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, '.groundup/progress.json'),
    );
    const reread = (): void => {
      void this.enqueue(() => this.readInto(folder, { orMirror: false }));
    };
    watcher.onDidChange(reread);
    watcher.onDidCreate(reread);
    this.watcher = watcher;
  }

  private async readInto(folder: vscode.Uri, options: { readonly orMirror: boolean }): Promise<void> {
    const file = await this.readFile(folder);
    const mirrored = options.orMirror && file === undefined ? await this.mirror.of(folder) : undefined;
    // What only the mirror knew belongs into the folder, which may be opened next where there is no such mirror.
    if (mirrored !== undefined) void this.enqueue(() => this.write());
    await this.learn(file ?? mirrored ?? emptyProgress);
  }

  /** Adds `progress` to what is known, what was recorded under former ids of exercises included. */
  private async learn(progress: Progress): Promise<void> {
    const { renamed = {} } = await this.options.course().catch((): Pick<Course, 'renamed'> => ({}));
    const before = JSON.stringify(this.known);
    this.known = withSuccessors(mergeProgress(this.known, progress), renamed);
    if (JSON.stringify(this.known) !== before) {
      this.changed.fire();
    }
  }

  /** Takes in what other machines recorded, or asks whether it belongs here. */
  private async joinSynced(folder: vscode.Uri): Promise<void> {
    const course = await this.options.course().catch(() => undefined);
    if (course === undefined) {
      return;
    }
    const joining = { course: course.id, folder: folder.toString(), known: this.known };
    const { progress, offered } = await this.synced.join(joining);
    if (progress !== this.known) {
      await this.learn(progress);
      void this.enqueue(() => this.write());
    }
    if (offered !== undefined) {
      void this.offer(folder, offered);
    }
  }

  private async offer(folder: vscode.Uri, offered: Progress): Promise<void> {
    const take = vscode.l10n.t('Take It Over');
    const apart = vscode.l10n.t('Keep Apart');
    const passed = Object.values(offered.exercises).filter((exercise) => exercise.passed !== undefined).length;
    const sentence = vscode.l10n.t(
      'You have recorded progress in this course elsewhere, too, in another folder or on another machine: {0} exercises passed. Take it over into this folder?',
      passed,
    );
    const answer = await vscode.window.showInformationMessage(sentence, take, apart);
    if (answer === take) {
      this.synced.decide(folder.toString(), true);
      await this.update((progress) => mergeProgress(progress, offered));
    } else if (answer === apart) {
      this.synced.decide(folder.toString(), false);
    }
  }

  /** The file's progress; `undefined` where there is none. */
  private async readFile(folder: vscode.Uri): Promise<Progress | undefined> {
    const { readProgressOnDisk } = await this.options.load();
    const onDisk = await readProgressOnDisk(folderFiles(folder), new Date());
    switch (onDisk.kind) {
      case 'none':
        return undefined;
      case 'progress':
        this.mayWrite = true;
        return onDisk.progress;
      case 'newer':
        this.mayWrite = false;
        this.sayOnce(
          vscode.l10n.t(
            'The progress in this folder was written by a newer Ground Up (format {0}), so it is left as it is. Update the extension; until then your progress is kept in VS Code.',
            onDisk.version,
          ),
        );
        return onDisk.progress;
      case 'setAside':
        this.sayOnce(
          vscode.l10n.t(
            '.groundup/progress.json could not be read ({0}). It was kept as {1}, and what VS Code remembers of your progress is used.',
            onDisk.because,
            onDisk.copy,
          ),
        );
        // What this window knows, or remembers, is written again with the next change.
        return await this.mirror.of(folder);
      case 'stuck':
        this.mayWrite = false;
        this.sayOnce(
          vscode.l10n.t(
            '.groundup/progress.json could not be read ({0}) and not be moved aside ({1}), so your progress is kept in VS Code only.',
            onDisk.because,
            messageOf(onDisk.error),
          ),
        );
        return await this.mirror.of(folder);
      default:
        return onDisk satisfies never;
    }
  }

  private async write(): Promise<void> {
    const folder = await this.folder.locate();
    if (folder === undefined) {
      return;
    }
    // Beside the file and not before it: the mirror holds even where the folder cannot be written, but VS Code's storage
    // may answer late or never, and the file must not wait for it.
    this.remember(folder);
    if (!(await this.folder.exists())) {
      this.sayOnce(
        vscode.l10n.t(
          'The course folder {0} is gone, so your progress is kept in VS Code only. Put the folder back, or open another.',
          folder.fsPath,
        ),
      );
      return;
    }
    await this.readInto(folder, { orMirror: false });
    this.remember(folder);
    if (!this.mayWrite) {
      return;
    }
    const { writeProgressOnDisk } = await this.options.load();
    try {
      await writeProgressOnDisk(folderFiles(folder), this.known);
    } catch (error) {
      this.sayOnce(
        vscode.l10n.t(
          'The course folder cannot be written ({0}), so your progress is kept in VS Code only.',
          messageOf(error),
        ),
      );
    }
  }

  private remember(folder: vscode.Uri): void {
    const { known } = this;
    void this.mirror.put(folder, known).catch(() => undefined);
    void this.options
      .course()
      .then(({ id }) => this.synced.put({ course: id, folder: folder.toString(), known }))
      .catch(() => undefined);
  }

  private sayOnce(sentence: string): void {
    if (!this.said.has(sentence)) {
      this.said.add(sentence);
      void vscode.window.showWarningMessage(sentence);
    }
  }
}
