/** The lesson beside the editor: one panel, reused for each exercise, which comes back after a reload. */
import * as vscode from 'vscode';
import type { Exercise, ExerciseId } from '../../course/course';
import { idBeside } from '../../course/namespace';
import type { FromLesson, LessonState, ToLesson } from '../../webview/protocol';
import type { ActiveExercise } from '../activeExercise';
import type { CheckSession } from '../check/checkSession';
import { Disposer } from '../disposables';
import type { LearnerWork } from '../learner/learnerWork';
import { lessonPage, shownHints, stepMarks } from './lessonContent';
import type { LessonContentOptions } from './lessonContent';
import { resourceRoots, shellHtml } from './shell';

export const lessonViewType = 'groundup.lesson';

export interface LessonPanelOptions extends LessonContentOptions {
  readonly extension: vscode.Uri;
  readonly active: ActiveExercise;
  readonly session: CheckSession;
  readonly work: LearnerWork;
}

export class LessonPanel extends Disposer implements vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;
  private exercise: Exercise | undefined;
  /** A page that has not said `ready` yet would lose what is posted to it; the lesson is sent when it says so. */
  private ready = false;
  private stepToReveal: string | undefined;

  constructor(private readonly options: LessonPanelOptions) {
    super();
    this.own(vscode.window.registerWebviewPanelSerializer(lessonViewType, this));
    this.own(options.session.onDidChange(() => this.postState()));
    this.own(options.work.onDidChangeStates(() => this.postState()));
  }

  /** Shows the lesson of `exercise` without taking the focus, at one of its steps where one is given. */
  async show(exercise: Exercise, options: { readonly step?: string } = {}): Promise<void> {
    this.stepToReveal = options.step;
    await this.options.work.load();
    if (this.panel === undefined) {
      this.exercise = exercise;
      this.adopt(
        vscode.window.createWebviewPanel(
          lessonViewType,
          titleOf(exercise),
          { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
          { enableFindWidget: true },
        ),
      );
      return;
    }
    if (!this.panel.visible) {
      this.panel.reveal(undefined, true);
    }
    if (this.exercise !== exercise) {
      this.exercise = exercise;
      await this.postLesson();
    } else {
      this.postStepToReveal();
    }
  }

  /** The exercise whose lesson is open. */
  get showing(): ExerciseId | undefined {
    return this.exercise?.id;
  }

  /** Sends the lesson again after its text has changed; the page stays where it is. */
  async refresh(id: ExerciseId): Promise<void> {
    if (this.exercise?.id === id) {
      await this.postLesson();
    }
  }

  /** Sends the hints again after one more was shown. */
  async refreshHints(exercise: Exercise): Promise<void> {
    if (this.exercise === exercise) {
      this.post({ type: 'hints', ...(await shownHints(exercise.id, this.options)) });
    }
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const remembered = typeof state === 'object' && state !== null && 'exercise' in state ? state.exercise : undefined;
    await this.options.work.load();
    const id = typeof remembered === 'string' ? remembered : this.options.progress.current.last?.exercise;
    const exercise = id === undefined ? undefined : await this.options.library.find(id);
    if (exercise === undefined || this.panel !== undefined) {
      panel.dispose();
      return;
    }
    this.exercise = exercise;
    this.adopt(panel);
  }

  override dispose(): void {
    this.panel?.dispose();
    super.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const { extension } = this.options;
    this.panel = panel;
    this.ready = false;
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'course.svg');
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.exercise = undefined;
      this.options.active.lessonActive(undefined);
    });
    panel.onDidChangeViewState(() => this.options.active.lessonActive(panel.active ? this.exercise?.id : undefined));
    panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message));
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extension) };
    panel.webview.html = shellHtml({
      webview: panel.webview,
      extension,
      styles: ['dist/katex/katex.min.css', 'media/shared.css', 'media/figures.css', 'media/lesson.css'],
      script: 'dist/lesson.js',
      title: 'Ground Up',
    });
  }

  private async receive(received: unknown): Promise<void> {
    const { readFromLesson } = await this.options.load();
    const message = readFromLesson(received);
    if (message !== undefined && this.exercise !== undefined) {
      await this.act(message, this.exercise.id);
    }
  }

  private async act(message: FromLesson, id: ExerciseId): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        await this.postLesson();
        return;
      case 'check':
        await vscode.commands.executeCommand('groundup.checkSolution', id);
        return;
      case 'hint':
        await vscode.commands.executeCommand('groundup.showHint', id);
        return;
      case 'openFile':
        await vscode.commands.executeCommand('groundup.openExercise', id);
        return;
      case 'openLab':
        await vscode.commands.executeCommand('groundup.openLab', id);
        return;
      case 'openExercise':
        // A lesson's links name exercises by the ids of its own course.
        await vscode.commands.executeCommand('groundup.openExercise', idBeside(id, message.exercise));
        return;
      default:
        message satisfies never;
    }
  }

  private async postLesson(): Promise<void> {
    const { exercise, panel } = this;
    if (exercise === undefined || panel === undefined) {
      return;
    }
    const lesson = await lessonPage(exercise, this.options);
    if (this.exercise === exercise) {
      panel.title = titleOf(lesson);
      this.post({ type: 'lesson', lesson, state: this.stateOf(exercise) });
      this.postStepToReveal();
    }
  }

  private postState(): void {
    if (this.exercise !== undefined) {
      this.post({ type: 'state', state: this.stateOf(this.exercise) });
    }
  }

  private postStepToReveal(): void {
    if (this.ready && this.stepToReveal !== undefined) {
      this.post({ type: 'revealStep', step: this.stepToReveal });
      this.stepToReveal = undefined;
    }
  }

  private stateOf(exercise: Exercise): LessonState {
    const kept = this.options.session.reportOf(exercise.id);
    return {
      exercise: exercise.id,
      state: this.options.work.stateOf(exercise),
      steps: stepMarks(kept?.report),
      stale: kept?.stale ?? false,
      running: this.options.session.running?.id === exercise.id,
    };
  }

  private post(message: ToLesson): void {
    if (this.ready) {
      void this.panel?.webview.postMessage(message);
    }
  }
}

function titleOf(exercise: Pick<Exercise, 'title'>): string {
  return vscode.l10n.t('Lesson: {0}', exercise.title);
}
