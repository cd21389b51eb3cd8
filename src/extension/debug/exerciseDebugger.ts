/**
 * Debugs an exercise: checks it, and where a check fails starts VS Code's JavaScript debugger on that check, so that it
 * stops in the learner's own file, at the call that went wrong. Nothing is timed, and nothing that happens there counts.
 */
import * as vscode from 'vscode';
import type { Exercise, ExerciseId } from '../../course/course';
import { localId } from '../../course/namespace';
import type { DebugJob } from '../../harness/debug/debugJob';
import type { CheckResult, Report } from '../../harness/report';
import type { CheckSession } from '../check/checkSession';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { LearnerWork } from '../learner/learnerWork';
import type { Platform } from '../platform';
import { checkSettings } from '../settings';

export interface ExerciseDebuggerOptions extends Pick<Platform, 'debuggee'> {
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
  readonly session: CheckSession;
  readonly work: LearnerWork;
  /** Where a job is left for the process that is debugged. */
  readonly storage: vscode.Uri;
}

/** By this a session of ours is known when it ends. */
const jobKey = 'groundupJob';

export class ExerciseDebugger extends Disposer {
  /** What is to be tidied away after each session, by its job. */
  private readonly leftovers = new Map<string, vscode.Disposable>();

  constructor(private readonly options: ExerciseDebuggerOptions) {
    super();
    this.own(
      vscode.debug.onDidTerminateDebugSession(({ configuration }) => {
        const job: unknown = configuration[jobKey];
        if (typeof job === 'string') this.tidyUp(job);
      }),
    );
  }

  /** Debugs the check of that sentence, else the first that fails, else one that is picked. */
  async debug(exercise: Exercise, sentence?: string): Promise<void> {
    const { debuggee } = this.options;
    if ('unavailable' in debuggee) {
      void vscode.window.showInformationMessage(debuggee.unavailable);
      return;
    }
    const report = await this.currentReport(exercise.id);
    if (report === undefined) {
      return;
    }
    const check = await checkToDebug(report, sentence);
    if (check === 'none') {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is no call to debug yet: {0} The results say more.', report.sentence),
      );
    } else if (check !== undefined) {
      await this.start({ exercise, report, check, debuggee });
    }
  }

  override dispose(): void {
    for (const job of [...this.leftovers.keys()]) this.tidyUp(job);
    super.dispose();
  }

  /** The report of the text as it is now; a check is made where there is none. */
  private async currentReport(id: ExerciseId): Promise<Report | undefined> {
    const known = this.options.session.reportOf(id);
    const open = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.toString() === this.options.folder.fileOf(id).toString(),
    );
    return known !== undefined && !known.stale && open?.isDirty !== true && vscode.workspace.isTrusted
      ? known.report
      : await this.options.session.check(id);
  }

  private async start({ exercise, report, check, debuggee }: Start): Promise<void> {
    const { folder, library, storage, work } = this.options;
    const learnersFiles: Record<ExerciseId, string> = { [localId(exercise.id)]: folder.fileOf(exercise.id).fsPath };
    const submission = await library.submission({
      exercise,
      text: (await work.textOf(exercise.id)) ?? '',
      earlierWork: async (id) => {
        const text = await work.passedTextOf(id);
        if (text !== undefined) learnersFiles[localId(id)] = folder.fileOf(id).fsPath;
        return text;
      },
      seed: report.seed,
      ...checkSettings(),
    });
    const call = 'call' in check.outcome ? check.outcome.call : undefined;
    const job: DebugJob = {
      submission: { ...submission, seed: report.seed, only: [check.sentence] },
      files: learnersFiles,
      ...(call === undefined ? {} : { input: call.arguments.map(({ value }) => value) }),
    };
    const jobFile = vscode.Uri.joinPath(storage, `debug-${exercise.id.replaceAll('/', '-')}-${Date.now()}.json`);
    await vscode.workspace.fs.createDirectory(storage);
    await vscode.workspace.fs.writeFile(jobFile, new TextEncoder().encode(JSON.stringify(job)));
    const stop = this.stopSomewhere(folder.fileOf(exercise.id), check);
    this.leftovers.set(
      jobFile.fsPath,
      vscode.Disposable.from(stop, { dispose: () => void vscode.workspace.fs.delete(jobFile) }),
    );
    const started = await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(folder.fileOf(exercise.id)), {
      type: 'node',
      request: 'launch',
      name: vscode.l10n.t('Ground Up: {0}', exercise.title),
      program: debuggee.program,
      args: [jobFile.fsPath],
      runtimeExecutable: debuggee.runtime,
      // The editor's own executable is a Node only when it is told so.
      env: { ELECTRON_RUN_AS_NODE: '1' },
      console: 'internalConsole',
      internalConsoleOptions: 'openOnSessionStart',
      skipFiles: ['<node_internals>/**', `${debuggee.skip}/**`],
      // The maps that lead to the learner's files are written into what is run.
      resolveSourceMapLocations: null,
      // How long a script is held until its breakpoints are set: on a busy machine the usual second is too short.
      timeouts: { sourceMapMinPause: 10_000, sourceMapCumulativePause: 30_000 },
      outFiles: [],
      [jobKey]: jobFile.fsPath,
    });
    if (!started) {
      this.tidyUp(jobFile.fsPath);
      void vscode.window.showErrorMessage(
        vscode.l10n.t('The JavaScript debugger did not start. Is the extension “JavaScript Debugger” switched off?'),
      );
    }
  }

  /** Where the learner has set no breakpoint, one at the function in question, for this session. */
  private stopSomewhere(file: vscode.Uri, { outcome }: CheckResult): vscode.Disposable {
    const set = vscode.debug.breakpoints.some(
      (each) =>
        each instanceof vscode.SourceBreakpoint && each.enabled && each.location.uri.toString() === file.toString(),
    );
    const place = 'place' in outcome ? outcome.place : outcome.status === 'threw' ? outcome.error.place : undefined;
    if (set || place === undefined) {
      return new vscode.Disposable(() => undefined);
    }
    // A function's own line is that of its declaration, which nothing runs; the line after it lies in its body.
    const line = outcome.status === 'threw' ? place.line - 1 : place.line;
    const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(file, new vscode.Position(line, 0)));
    vscode.debug.addBreakpoints([breakpoint]);
    return new vscode.Disposable(() => vscode.debug.removeBreakpoints([breakpoint]));
  }

  private tidyUp(job: string): void {
    this.leftovers.get(job)?.dispose();
    this.leftovers.delete(job);
  }
}

interface Start {
  readonly exercise: Exercise;
  readonly report: Report;
  readonly check: CheckResult;
  readonly debuggee: Exclude<Platform['debuggee'], { readonly unavailable: string }>;
}

/** `'none'` where no check was run; `undefined` where the learner picked none. */
async function checkToDebug(report: Report, sentence: string | undefined): Promise<CheckResult | 'none' | undefined> {
  const ran = report.checks.filter(
    ({ outcome }) => !['notRun', 'harnessFailed', 'notStarted'].includes(outcome.status),
  );
  const named =
    ran.find((check) => check.sentence === sentence) ?? ran.find(({ outcome }) => outcome.status !== 'passed');
  if (named !== undefined) {
    return named;
  }
  if (ran.length === 0 || report.verdict !== 'passed') {
    return 'none';
  }
  const picked = await vscode.window.showQuickPick(
    ran.map((check) => ({ label: check.sentence, check })),
    { placeHolder: vscode.l10n.t('Every check holds. Debug which one?') },
  );
  return picked?.check;
}
