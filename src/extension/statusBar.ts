/** The exercise in the active editor and its state, at the lower left; a click checks it, or cancels the running check. */
import * as vscode from 'vscode';
import type { ActiveExercise } from './activeExercise';
import type { CheckSession } from './check/checkSession';
import { Disposer } from './disposables';
import type { LearnerWork } from './learner/learnerWork';
import { stateWord } from './words';

export interface StatusBarOptions {
  readonly active: ActiveExercise;
  readonly session: CheckSession;
  readonly work: LearnerWork;
}

export class StatusBar extends Disposer {
  private readonly item = this.own(
    vscode.window.createStatusBarItem('groundup.exercise', vscode.StatusBarAlignment.Left, 10),
  );

  constructor(private readonly options: StatusBarOptions) {
    super();
    this.item.name = vscode.l10n.t('Ground Up exercise');
    this.own(options.active.onDidChange(() => this.update()));
    this.own(options.session.onDidChange(() => this.update()));
    this.own(options.work.onDidChangeStates(() => this.update()));
  }

  private update(): void {
    const exercise = this.options.active.current;
    const { running } = this.options.session;
    void vscode.commands.executeCommand('setContext', 'groundup.checking', running !== undefined);
    if (running !== undefined) {
      this.item.text = `$(sync~spin) ${vscode.l10n.t('Checking {0}', running.title)}`;
      this.item.tooltip = vscode.l10n.t('Cancel this check');
      this.item.command = 'groundup.cancelCheck';
      this.item.show();
    } else if (exercise !== undefined) {
      this.item.text = `$(mortar-board) ${exercise.title}: ${stateWord(this.options.work.stateOf(exercise))}`;
      this.item.tooltip = vscode.l10n.t('Check this exercise');
      this.item.command = {
        command: 'groundup.checkSolution',
        title: vscode.l10n.t('Check Solution'),
        arguments: [exercise.id],
      };
      this.item.show();
    } else {
      this.item.hide();
    }
  }
}
