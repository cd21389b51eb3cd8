/** The results of the last check, in the panel at the bottom. It is shown without taking the focus from the editor. */
import * as vscode from 'vscode';
import { nextExercise } from '../../course/navigation';
import { titleWords } from '../course/titleWords';
import type { FromResults, ResultsState, StepView, ToResults } from '../../webview/protocol';
import type { CheckSession, Finished } from '../check/checkSession';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import type { Platform } from '../platform';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { LessonPanel } from './lessonPanel';
import { stepViews } from './lessonContent';
import { openPlace } from './openPlace';
import { resourceRoots, shellHtml } from './shell';

export const resultsViewId = 'groundup.results';

export interface ResultsViewOptions extends Pick<Platform, 'load'> {
  readonly extension: vscode.Uri;
  readonly folder: LearnerFolder;
  readonly lessons: LessonPanel;
  readonly library: CourseLibrary;
  readonly session: CheckSession;
}

export class ResultsView extends Disposer implements vscode.WebviewViewProvider {
  private readonly posted = this.own(new vscode.EventEmitter<ResultsState>());
  /** Fires when a state has been sent to the page. */
  readonly onDidPost = this.posted.event;
  private view: vscode.WebviewView | undefined;
  private ready = false;
  /** Counts the states, so that one that took longer to put together never replaces a later one. */
  private turn = 0;

  constructor(private readonly options: ResultsViewOptions) {
    super();
    this.own(
      vscode.window.registerWebviewViewProvider(resultsViewId, this, {
        webviewOptions: { retainContextWhenHidden: true },
      }),
    );
    this.own(options.session.onDidChange(() => void this.postState()));
    this.own(
      options.session.onDidRun((origin) => {
        // The Testing view shows its own runs, and would be covered.
        if (origin === 'command') void this.show();
      }),
    );
  }

  async show(): Promise<void> {
    if (this.view === undefined) {
      await vscode.commands.executeCommand(`${resultsViewId}.focus`, { preserveFocus: true });
    } else if (!this.view.visible) {
      this.view.show(true);
    }
  }

  async resolveWebviewView(view: vscode.WebviewView): Promise<void> {
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
      styles: ['dist/katex/katex.min.css', 'media/shared.css', 'media/figures.css', 'media/results.css'],
      script: 'dist/results.js',
      title: vscode.l10n.t('Ground Up Results'),
    });
    await this.options.session.restore();
  }

  private async receive(received: unknown): Promise<void> {
    const { readFromResults } = await this.options.load();
    const message = readFromResults(received);
    if (message !== undefined) {
      await this.act(message);
    }
  }

  private async act(message: FromResults): Promise<void> {
    const id = this.options.session.running?.id ?? this.options.session.last?.exercise.id;
    switch (message.type) {
      case 'ready':
        this.ready = true;
        await this.postState();
        return;
      case 'check':
        await vscode.commands.executeCommand('groundup.checkSolution', id);
        return;
      case 'cancel':
        this.options.session.cancel();
        return;
      case 'next':
        await vscode.commands.executeCommand('groundup.nextExercise', id);
        return;
      case 'hint':
        await vscode.commands.executeCommand('groundup.showHint', id);
        return;
      case 'openLab':
        await vscode.commands.executeCommand('groundup.openLab', id);
        return;
      case 'debug':
        await vscode.commands.executeCommand('groundup.debugExercise', id, message.sentence);
        return;
      case 'try':
        await vscode.commands.executeCommand('groundup.tryIt', id, message.sentence);
        return;
      case 'openPlace':
        await openPlace(message, this.options);
        return;
      case 'openStep':
        await this.options.lessons.show(await this.options.library.exercise(message.exercise), { step: message.step });
        return;
      default:
        message satisfies never;
    }
  }

  private async postState(): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    const state = await this.state();
    if (this.ready && turn === this.turn) {
      const message: ToResults = { type: 'state', state };
      void this.view?.webview.postMessage(message);
      this.posted.fire(state);
    }
  }

  private async state(): Promise<ResultsState> {
    const { running, last } = this.options.session;
    if (running !== undefined) {
      return { kind: 'running', exercise: running.id, title: running.title };
    }
    return last === undefined ? { kind: 'empty' } : await this.reportState(last);
  }

  private async reportState({ exercise, report, stale }: Finished): Promise<ResultsState> {
    const { library } = this.options;
    const [course, steps] = await Promise.all([
      library.courseOf(exercise.id),
      // A lesson that cannot be read takes nothing from the verdict.
      stepViews(report, library).catch((): Record<string, StepView> => ({})),
    ]);
    const next = nextExercise(course, exercise.id);
    return {
      kind: 'report',
      title: exercise.title,
      file: `${exercise.id}.ts`,
      report,
      stale,
      steps,
      ...(next === undefined ? {} : { next: { exercise: next.id, title: titleWords(next) } }),
      ...(exercise.lab === undefined ? {} : { hasLab: true }),
    };
  }
}
