/**
 * One check after another: saves the file, puts the submission together, runs it, and keeps what came of it. A second
 * check supersedes the first, a check can be cancelled, and a report is stale once its file says something else.
 */
import * as vscode from 'vscode';
import { withReport } from '../../content/learner/learnersCheck';
import { reportInNamespace } from '../../content/learner/reportInNamespace';
import type { Exercise, ExerciseId } from '../../course/course';
import type { Report } from '../../harness/report';
import { hashOf } from '../../harness/sourceHash';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import type { ExerciseFiles } from '../learner/exerciseFiles';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { LearnerWork } from '../learner/learnerWork';
import type { ProgressStore } from '../progress/progressStore';
import { checkSettings } from '../settings';
import { messageOf } from '../words';
import { CheckDiagnostics } from './checkDiagnostics';
import type { ReportStore } from './reportStore';
import type { RunnerHost } from './runnerHost';

export interface CheckSessionOptions {
  readonly folder: LearnerFolder;
  readonly files: ExerciseFiles;
  readonly library: CourseLibrary;
  readonly progress: ProgressStore;
  readonly work: LearnerWork;
  readonly reports: ReportStore;
  readonly runners: RunnerHost;
}

export interface Finished {
  readonly exercise: Exercise;
  readonly report: Report;
  readonly stale: boolean;
}

/** Who asked for a check, and so who shows what comes of it: the results page, or the Testing view. */
export type CheckOrigin = 'command' | 'tests';

/** A check that has come to an end, in the moment in which it has. */
export interface Ended extends Pick<Finished, 'exercise' | 'report'> {
  readonly origin: CheckOrigin;
}

interface Running {
  readonly exercise: Exercise;
  readonly origin: CheckOrigin;
  readonly abort: AbortController;
}

/** Most checks end sooner than this, and whatever says "checking" for an instant only flickers and takes time to draw. */
const quietMs = 200;

/** Longer than this, and a notification says what is running and offers to cancel it. */
const patienceMs = 1_000;

export class CheckSession extends Disposer {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  /** Fires when a check starts or ends, and when a report becomes stale or current again. */
  readonly onDidChange = this.changed.event;
  private readonly started = this.own(new vscode.EventEmitter<void>());
  /** Fires when a check is asked for. */
  readonly onDidStart = this.started.event;
  private readonly ran = this.own(new vscode.EventEmitter<CheckOrigin>());
  /** Fires when a check has a saved text and is about to judge it. */
  readonly onDidRun = this.ran.event;
  private readonly ended = this.own(new vscode.EventEmitter<Ended>());
  /** Fires when a check has come to a report, whoever asked for it. */
  readonly onDidEnd = this.ended.event;
  private readonly diagnostics: CheckDiagnostics;
  private current: Running | undefined;
  private latest: Finished | undefined;
  private readonly stale = new Map<ExerciseId, boolean>();

  constructor(private readonly options: CheckSessionOptions) {
    super();
    this.diagnostics = this.own(new CheckDiagnostics(options.folder));
    this.own(
      options.work.onDidChangeText((id) => {
        void this.compareWithReport(id);
      }),
    );
  }

  get running(): Exercise | undefined {
    return this.current?.exercise;
  }

  /** The check that ended last, in this window or before it was reloaded. */
  get last(): Finished | undefined {
    return this.latest;
  }

  /** The last report of an exercise, and whether its file has changed since. */
  reportOf(id: ExerciseId): { readonly report: Report; readonly stale: boolean } | undefined {
    // What ended a moment ago is stored a moment later.
    const report = this.latest?.exercise.id === id ? this.latest.report : this.options.reports.of(id);
    return report === undefined ? undefined : { report, stale: this.stale.get(id) ?? false };
  }

  /** Takes up the reports of before a reload, each compared with its file as it is now. */
  async restore(): Promise<void> {
    const report = this.options.reports.latest();
    if (this.latest !== undefined || report === undefined || (await this.options.folder.locate()) === undefined) {
      return;
    }
    const exercise = await this.options.library.find(report.exercise);
    if (exercise !== undefined && this.latest === undefined) {
      this.latest = { exercise, report, stale: false };
      await this.compareWithReport(exercise.id);
      this.changed.fire();
    }
  }

  /** Resolves with the report, or with `undefined` where there was nothing to run; then one sentence has said why. */
  async check(
    id: ExerciseId,
    { origin = 'command' }: { readonly origin?: CheckOrigin } = {},
  ): Promise<Report | undefined> {
    this.started.fire();
    this.cancel();
    if (!vscode.workspace.isTrusted) {
      void sayUntrusted();
      return undefined;
    }
    const exercise = await this.options.library.exercise(id);
    const running: Running = { exercise, origin, abort: new AbortController() };
    this.current = running;
    try {
      const text = await this.savedText(exercise);
      if (text === undefined || this.current !== running) {
        return undefined;
      }
      this.ran.fire(origin);
      const report = await this.saying(running, this.run(running, text));
      if (report === undefined || this.current !== running) {
        return undefined;
      }
      // What is on the screen comes first; the records follow.
      this.current = undefined;
      this.publish(exercise, report);
      this.ended.fire({ exercise, report, origin });
      await this.record(report);
      return report;
    } finally {
      if (this.current === running) {
        this.current = undefined;
        this.changed.fire();
      }
    }
  }

  cancel(): void {
    this.current?.abort.abort();
  }

  /** Forgets what the last check of an exercise found: it has been started anew. */
  async forget(id: ExerciseId): Promise<void> {
    this.diagnostics.clear(id);
    this.stale.delete(id);
    await this.options.reports.forget(id);
    if (this.latest?.exercise.id === id) {
      this.latest = undefined;
    }
    this.changed.fire();
  }

  override dispose(): void {
    this.cancel();
    super.dispose();
  }

  /** Says that a check is running, once it has taken long enough to be worth a word. */
  private async saying(running: Running, report: Promise<Report | undefined>): Promise<Report | undefined> {
    const said = setTimeout(() => {
      if (this.current === running) this.changed.fire();
    }, quietMs);
    try {
      return await report;
    } finally {
      clearTimeout(said);
    }
  }

  private async run(running: Running, text: string): Promise<Report | undefined> {
    const { exercise, abort } = running;
    const runner = await this.options.runners.runner();
    if ('unavailable' in runner) {
      void vscode.window.showInformationMessage(runner.unavailable);
      return undefined;
    }
    await this.options.work.load();
    const submission = await this.options.library.submission({
      exercise,
      text,
      earlierWork: (earlier) => this.options.work.passedTextOf(earlier),
      ...checkSettings(),
    });
    const verdict = runner.check(submission, abort.signal).then((report) => reportInNamespace(report, exercise.id));
    const notification = setTimeout(() => showProgress(running, verdict), patienceMs);
    try {
      return await verdict;
    } finally {
      clearTimeout(notification);
    }
  }

  /** What is to be judged: the file's text, after its unsaved edits were saved. */
  private async savedText(exercise: Exercise): Promise<string | undefined> {
    if ((await this.options.folder.locate()) === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No folder is open. Open one for your solutions first.'));
      return undefined;
    }
    const uri = this.options.folder.fileOf(exercise.id);
    const name = `${exercise.id}.ts`;
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open !== undefined && !open.isClosed && !(await isSaved(open))) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          '{0} could not be saved, so it was not checked. It may be read-only, or have changed on disk meanwhile: save it, then check again.',
          name,
        ),
      );
      return undefined;
    }
    try {
      const text = await this.options.work.textOf(exercise.id);
      if (text !== undefined && (open === undefined || open.isClosed || (await exists(uri)))) {
        return text;
      }
    } catch (error) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} could not be read ({1}), so it was not checked.', name, messageOf(error)),
      );
      return undefined;
    }
    void this.offerToWriteAgain(exercise);
    return undefined;
  }

  private async offerToWriteAgain(exercise: Exercise): Promise<void> {
    const write = vscode.l10n.t('Write It Again');
    const sentence = vscode.l10n.t(
      '{0} is not there any more: it was deleted, moved or renamed. Put it back, or have it written again.',
      `${exercise.id}.ts`,
    );
    if ((await vscode.window.showWarningMessage(sentence, write)) === write) {
      await vscode.window.showTextDocument(await this.options.files.restore(exercise.id));
    }
  }

  private publish(exercise: Exercise, report: Report): void {
    this.latest = { exercise, report, stale: false };
    this.stale.set(exercise.id, false);
    this.changed.fire();
    this.diagnostics.show(report);
    // The text may have been edited while it was judged.
    void this.compareWithReport(exercise.id);
  }

  private async record(report: Report): Promise<void> {
    if (report.verdict === 'cancelled') {
      return;
    }
    // Side by side: VS Code's storage may answer late, and what has passed must not wait for it.
    await Promise.all([
      report.verdict === 'harnessFailed'
        ? undefined
        : this.options.progress.update((progress) => withReport(progress, report, new Date())),
      this.options.reports.keep(report),
    ]);
  }

  private async compareWithReport(id: ExerciseId): Promise<void> {
    const report = this.latest?.exercise.id === id ? this.latest.report : this.options.reports.of(id);
    if (report === undefined) {
      return;
    }
    const text = await this.options.work.textOf(id).catch(() => undefined);
    const stale = text === undefined || hashOf(text) !== report.sourceHash;
    if (stale) {
      this.diagnostics.clear(id);
    }
    if (this.latest?.report === report && this.latest.stale !== stale) {
      this.latest = { ...this.latest, stale };
    }
    if (this.stale.get(id) !== stale) {
      this.stale.set(id, stale);
      this.changed.fire();
    }
  }
}

function showProgress({ exercise, abort }: Running, verdict: Promise<Report>): void {
  void vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Checking {0}', exercise.title),
      cancellable: true,
    },
    async (_progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      await verdict;
    },
  );
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

async function sayUntrusted(): Promise<void> {
  const manage = vscode.l10n.t('Manage Trust');
  const sentence = vscode.l10n.t(
    'A check runs the code in this folder, and the folder is not trusted, so nothing was run. Trust it to check your solution.',
  );
  if ((await vscode.window.showInformationMessage(sentence, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}

/** How long a save that somebody else began may take to arrive, in milliseconds. */
const savingMs = 2_000;

/**
 * Saves what is unsaved. VS Code may be about to save the same text by itself, as it does before it runs a test: then our
 * save comes to nothing, and the other one is waited for.
 */
async function isSaved(document: vscode.TextDocument): Promise<boolean> {
  if (!document.isDirty) {
    return true;
  }
  let heard: vscode.Disposable | undefined;
  const savedByAnother = new Promise<void>((resolve) => {
    heard = vscode.workspace.onDidSaveTextDocument((saved) => {
      if (saved === document) resolve();
    });
  });
  try {
    if (await document.save()) {
      return true;
    }
    await Promise.race([savedByAnother, new Promise((resolve) => setTimeout(resolve, savingMs))]);
    return !document.isDirty;
  } finally {
    heard?.dispose();
  }
}
