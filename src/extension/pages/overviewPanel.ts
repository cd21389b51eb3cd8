/** The overview of all progress, in an editor of its own: one panel, which follows what is recorded while it is open. */
import * as vscode from 'vscode';
import type { Course, Exercise, Part } from '../../course/course';
import { continueWith } from '../../course/navigation';
import { partProgress } from '../../course/progress';
import type {
  FromOverview,
  OverviewCourse,
  OverviewExercise,
  OverviewPart,
  OverviewState,
  ToOverview,
} from '../../webview/protocol';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { LearnerWork } from '../learner/learnerWork';
import type { Platform } from '../platform';
import type { ProgressStore } from '../progress/progressStore';
import { resourceRoots, shellHtml } from './shell';

export const overviewViewType = 'groundup.overview';

export interface OverviewPanelOptions extends Pick<Platform, 'load'> {
  readonly extension: vscode.Uri;
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
  readonly progress: ProgressStore;
  readonly work: LearnerWork;
}

export class OverviewPanel extends Disposer {
  private panel: vscode.WebviewPanel | undefined;
  private ready = false;

  constructor(private readonly options: OverviewPanelOptions) {
    super();
    this.own(
      vscode.window.registerWebviewPanelSerializer(overviewViewType, {
        deserializeWebviewPanel: (panel) => {
          this.adopt(panel);
          return Promise.resolve();
        },
      }),
    );
    this.own(options.work.onDidChangeStates(() => void this.postState()));
    this.own(options.library.onDidChange(() => void this.postState()));
  }

  show(): void {
    if (this.panel === undefined) {
      const title = vscode.l10n.t('Your Progress');
      this.adopt(vscode.window.createWebviewPanel(overviewViewType, title, vscode.ViewColumn.Active));
    } else {
      this.panel.reveal();
    }
  }

  override dispose(): void {
    this.panel?.dispose();
    super.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const { extension } = this.options;
    this.panel?.dispose();
    this.panel = panel;
    this.ready = false;
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'course.svg');
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message));
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extension) };
    panel.webview.html = shellHtml({
      webview: panel.webview,
      extension,
      styles: ['media/shared.css', 'media/overview.css'],
      script: 'dist/overview.js',
      title: vscode.l10n.t('Your Progress'),
    });
  }

  private async receive(received: unknown): Promise<void> {
    const { readFromOverview } = await this.options.load();
    const message = readFromOverview(received);
    if (message !== undefined) {
      await this.act(message);
    }
  }

  private async act(message: FromOverview): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        await this.postState();
        return;
      case 'export':
        await vscode.commands.executeCommand('groundup.exportProgress');
        return;
      case 'import':
        await vscode.commands.executeCommand('groundup.importProgress');
        return;
      case 'openFolder':
        await vscode.commands.executeCommand('vscode.openFolder');
        return;
      case 'openExercise':
        await vscode.commands.executeCommand('groundup.openExercise', message.exercise);
        return;
      default:
        message satisfies never;
    }
  }

  private async postState(): Promise<void> {
    if (this.ready && this.panel !== undefined) {
      const message: ToOverview = { type: 'overview', state: await this.state() };
      void this.panel.webview.postMessage(message);
    }
  }

  private async state(): Promise<OverviewState> {
    const { folder, library, progress, work } = this.options;
    const [courses, uri] = await Promise.all([library.courses(), folder.locate(), work.load()]);
    const last = progress.current.last?.exercise ?? '';
    const course = await library.courseOf(last);
    const next = continueWith(course, progress.current, (each) => work.stateOf(each));
    const part = course.parts.find(({ exercises }) => next !== undefined && exercises.includes(next));
    return {
      courses: courses.map((each) => this.courseView(each)),
      ...(next === undefined ? {} : { next: { ...this.exerciseView(next), part: part?.title ?? '' } }),
      ...(uri === undefined ? {} : { folder: uri.fsPath }),
    };
  }

  private courseView({ id, title, parts }: Course): OverviewCourse {
    return { id, title, parts: parts.map((part) => this.partView(part)) };
  }

  private partView(part: Part): OverviewPart {
    const { passed, total } = partProgress(part, (exercise) => this.options.work.stateOf(exercise));
    const exercises = part.exercises.map((exercise) => this.exerciseView(exercise));
    return { id: part.id, title: part.title, summary: part.summary, passed, total, exercises };
  }

  private exerciseView(exercise: Exercise): OverviewExercise {
    const { id, title, minutes, optional } = exercise;
    return { exercise: id, title, minutes, optional, state: this.options.work.stateOf(exercise) };
  }
}
