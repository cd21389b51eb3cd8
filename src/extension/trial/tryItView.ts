/**
 * Try It: a form in the panel, beside the results, in which the learner calls a function of theirs on an input of their
 * own. What is typed is read as data; the call runs in the harness, as a check's does, and is recorded nowhere.
 */
import * as vscode from 'vscode';
import type { Exercise } from '../../course/course';
import { progressOf, solutionShown } from '../../course/progress';
import type { Signature } from '../../harness/trial/signature';
import type { FromTry, ToTry, TryForm } from '../../webview/protocol';
import type { CheckSession } from '../check/checkSession';
import type { RunnerHost } from '../check/runnerHost';
import { confirmsSolution } from '../commands/confirmsSolution';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import type { ExerciseFiles } from '../learner/exerciseFiles';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { LearnerWork } from '../learner/learnerWork';
import { openPlace } from '../pages/openPlace';
import { resourceRoots, shellHtml } from '../pages/shell';
import type { Platform } from '../platform';
import type { ProgressStore } from '../progress/progressStore';
import { checkSettings } from '../settings';
import { messageOf } from '../words';

const viewId = 'groundup.tryIt';
/** Set once there is something to try, so that the panel is the results' alone until then. */
const contextKey = 'groundup.trying';

export interface TryItOptions extends Pick<Platform, 'load'> {
  readonly extension: vscode.Uri;
  readonly files: ExerciseFiles;
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
  readonly progress: ProgressStore;
  readonly runners: RunnerHost;
  readonly session: CheckSession;
  readonly work: LearnerWork;
}

export class TryItView extends Disposer implements vscode.WebviewViewProvider {
  private view: vscode.WebviewView | undefined;
  private ready = false;
  private exercise: Exercise | undefined;
  private signatures: readonly Signature[] = [];
  private form: TryForm | undefined;
  private running: AbortController | undefined;

  constructor(private readonly options: TryItOptions) {
    super();
    const webviewOptions = { retainContextWhenHidden: true };
    this.own(vscode.window.registerWebviewViewProvider(viewId, this, { webviewOptions }));
  }

  /** Shows the form for `exercise`; with the sentence of a check, filled with the input of that check's last call. */
  async open(exercise: Exercise, sentence?: string): Promise<void> {
    const { files, library, load, session } = this.options;
    if ((await files.ensure(exercise.id)) === undefined) {
      return;
    }
    const { signaturesIn, textsOfCall, whyNot } = await load();
    this.exercise = exercise;
    this.signatures = signaturesIn(await library.stub(exercise.id));
    const outcome = session.reportOf(exercise.id)?.report.checks.find((check) => check.sentence === sentence)?.outcome;
    const call = outcome !== undefined && 'call' in outcome ? outcome.call : undefined;
    const texts = call === undefined ? undefined : textsOfCall(call);
    this.form = {
      exercise: exercise.id,
      title: exercise.title,
      functions: this.signatures.map((signature) => {
        const { name, parameters, isKernel } = signature;
        const reason = whyNot(signature);
        const own = parameters.map(({ takes: _, ...shown }) => shown);
        return { name, parameters: own, isKernel, ...(reason === undefined ? {} : { whyNot: reason }) };
      }),
      ...(call !== undefined && texts !== undefined ? { filled: { function: call.function, texts } } : {}),
      ...(call !== undefined && texts === undefined
        ? { notice: 'That input is more than a report shows, so it cannot be taken over. Type one of your own.' }
        : {}),
    };
    await vscode.commands.executeCommand('setContext', contextKey, true);
    await vscode.commands.executeCommand(`${viewId}.focus`);
    this.post({ type: 'form', form: this.form });
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extension } = this.options;
    this.view = view;
    this.ready = false;
    this.own(view.webview.onDidReceiveMessage((message: unknown) => void this.receive(message)));
    view.onDidDispose(() => {
      this.view = undefined;
      this.ready = false;
    });
    view.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extension) };
    view.webview.html = shellHtml({
      webview: view.webview,
      extension,
      styles: ['media/shared.css', 'media/results.css', 'media/tryIt.css'],
      script: 'dist/tryIt.js',
      title: vscode.l10n.t('Ground Up: Try It'),
    });
  }

  override dispose(): void {
    this.running?.abort();
    super.dispose();
  }

  private post(message: ToTry): void {
    if (this.ready) void this.view?.webview.postMessage(message);
  }

  private async receive(received: unknown): Promise<void> {
    const { readFromTry } = await this.options.load();
    const message = readFromTry(received);
    switch (message?.type) {
      case undefined:
        return;
      case 'ready':
        this.ready = true;
        if (this.form !== undefined) this.post({ type: 'form', form: this.form });
        return;
      case 'cancel':
        this.running?.abort();
        return;
      case 'openPlace':
        return await openPlace(message, this.options);
      case 'run':
        return await this.run(message).catch((error: unknown) =>
          this.post({ type: 'notice', sentence: messageOf(error) }),
        );
      default:
        message satisfies never;
    }
  }

  private async run({
    function: name,
    texts,
    output,
    withReference,
  }: FromTry & { readonly type: 'run' }): Promise<void> {
    const { library, load, runners, work } = this.options;
    const { exercise } = this;
    const signature = this.signatures.find((candidate) => candidate.name === name);
    if (exercise === undefined || signature === undefined) {
      return;
    }
    const say = (sentence: string): void => this.post({ type: 'notice', sentence });
    if (!vscode.workspace.isTrusted) {
      return say(vscode.l10n.t('This folder is not trusted, so nothing of it is run. Trust it to try your code.'));
    }
    const { readArguments, trialReportOf } = await load();
    const read = readArguments(signature, { texts, output });
    if (!read.ok) {
      return this.post({ type: 'problem', problem: read.problem });
    }
    const isAllowed = withReference && (await this.mayShowReference(exercise));
    if (withReference && !isAllowed) {
      this.post({ type: 'noReference' });
    }
    const text = await this.savedText(exercise);
    if (text === undefined) {
      return say(vscode.l10n.t('{0} is not there, or could not be saved, so it was not run.', `${exercise.id}.ts`));
    }
    const runner = await runners.runner();
    if ('unavailable' in runner) {
      return say(runner.unavailable);
    }
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.post({ type: 'running' });
    await work.load();
    const threads = read.output === undefined ? {} : { output: read.output };
    const submission = await library.submission({
      exercise,
      text,
      earlierWork: (earlier) => work.passedTextOf(earlier),
      trial: { function: name, arguments: read.arguments, withReference: isAllowed, ...threads },
      ...checkSettings(),
    });
    const report = trialReportOf(await runner.check(submission, running.signal));
    if (this.running === running) {
      this.running = undefined;
      this.post({ type: 'result', report });
    }
  }

  /** Before the exercise has passed, it is asked once, as for the solution itself. */
  private async mayShowReference(exercise: Exercise): Promise<boolean> {
    const { progress } = this.options;
    await progress.load();
    const { passed, solutionShownAt } = progressOf(progress.current, exercise.id);
    if (passed !== undefined || solutionShownAt !== undefined) {
      return true;
    }
    if (!(await confirmsSolution(exercise))) {
      return false;
    }
    await progress.update((now) => solutionShown(now, exercise.id, new Date()));
    return true;
  }

  private async savedText({ id }: Exercise): Promise<string | undefined> {
    const { folder, work } = this.options;
    await folder.locate();
    const uri = folder.fileOf(id).toString();
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
    if (open?.isDirty === true && !open.isClosed && !(await open.save())) {
      return undefined;
    }
    return await work.textOf(id);
  }
}
