/** The labs that are open, one for each exercise; they come back after a reload of the window, their runs interrupted. */
import * as vscode from 'vscode';
import type { Exercise, ExerciseId } from '../../course/course';
import { findExercise } from '../../course/course';
import type { RunHost } from '../../harness/runs/runHost';
import { Disposer } from '../disposables';
import type { Platform } from '../platform';
import { LabPage } from './labPage';
import type { LabPageOptions } from './labPage';

export const labViewType = 'groundup.lab';

export interface LabPanelsOptions extends Omit<LabPageOptions, 'host' | 'log'> {
  readonly platform: Pick<Platform, 'createRunHost'>;
}

export class LabPanels extends Disposer implements vscode.WebviewPanelSerializer {
  private readonly pages = new Map<ExerciseId, LabPage>();
  private readonly closing = new Set<Promise<void>>();
  private host: Promise<RunHost> | undefined;
  private log: vscode.LogOutputChannel | undefined;

  constructor(private readonly options: LabPanelsOptions) {
    super();
    this.own(vscode.window.registerWebviewPanelSerializer(labViewType, this));
  }

  async open(exercise: Exercise): Promise<void> {
    if (exercise.lab === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} brings nothing to the lab. Its results are all there is to see.', exercise.title),
      );
      return;
    }
    const present = this.pages.get(exercise.id);
    if (present !== undefined) {
      present.reveal();
      await present.open();
      return;
    }
    const title = vscode.l10n.t('Lab: {0}', exercise.title);
    // Hidden, it keeps what it draws: a race goes on, and so do the pictures of a run.
    const panel = vscode.window.createWebviewPanel(labViewType, title, vscode.ViewColumn.Beside, {
      retainContextWhenHidden: true,
      enableFindWidget: true,
    });
    await this.adopt(panel, exercise);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const remembered = typeof state === 'object' && state !== null && 'exercise' in state ? state.exercise : undefined;
    const course = await this.options.library.course();
    const exercise = typeof remembered === 'string' ? findExercise(course, remembered) : undefined;
    if (exercise?.lab === undefined || this.pages.has(exercise.id)) {
      panel.dispose();
      return;
    }
    await this.adopt(panel, exercise);
  }

  /** Resolves when what the runs told is kept. */
  async settled(): Promise<void> {
    await Promise.all([...this.closing, ...[...this.pages.values()].map((page) => page.settled())]);
  }

  override dispose(): void {
    for (const page of this.pages.values()) page.dispose();
    void this.host?.then((host) => host.dispose());
    super.dispose();
  }

  private async adopt(panel: vscode.WebviewPanel, exercise: Exercise): Promise<void> {
    this.log ??= this.own(vscode.window.createOutputChannel('Ground Up Lab', { log: true }));
    const { options, log } = this;
    const page = new LabPage(panel, exercise, { ...options, log, host: () => this.runHost() });
    this.pages.set(exercise.id, page);
    panel.onDidDispose(() => {
      this.pages.delete(exercise.id);
      const closed = page.close();
      this.closing.add(closed);
      void closed.finally(() => this.closing.delete(closed));
    });
    await page.open();
  }

  /** Rejects where it cannot be made; the next lab tries again. */
  private runHost(): Promise<RunHost> {
    this.host ??= this.options.platform.createRunHost().catch((error: unknown) => {
      this.host = undefined;
      throw error;
    });
    return this.host;
  }
}
