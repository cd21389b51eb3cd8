/**
 * The exercise in the active editor, its state, and how much of its part is passed, at the lower left. A click checks it,
 * or cancels the running check; what else can be done stands in the hover.
 */
import * as vscode from 'vscode';
import type { Course, Exercise } from '../course/course';
import { partProgress } from '../course/progress';
import type { ActiveExercise } from './activeExercise';
import type { CheckSession } from './check/checkSession';
import type { CourseLibrary } from './course/courseLibrary';
import { Disposer } from './disposables';
import type { LearnerWork } from './learner/learnerWork';
import { stateWord } from './words';

export interface StatusBarOptions {
  readonly active: ActiveExercise;
  readonly library: CourseLibrary;
  readonly session: CheckSession;
  readonly work: LearnerWork;
}

export class StatusBar extends Disposer {
  private readonly item = this.own(
    vscode.window.createStatusBarItem('groundup.exercise', vscode.StatusBarAlignment.Left, 10),
  );

  private course: Course | undefined;

  constructor(private readonly options: StatusBarOptions) {
    super();
    this.item.name = vscode.l10n.t('Ground Up exercise');
    this.own(options.active.onDidChange(() => void this.take()));
    this.own(options.session.onDidChange(() => this.update()));
    this.own(options.work.onDidChangeStates(() => this.update()));
  }

  /** An exercise is active only once its course has been read, so this reads nothing anew. */
  private async take(): Promise<void> {
    const { current } = this.options.active;
    if (current !== undefined) {
      this.course = await this.options.library.courseOf(current.id);
    }
    this.update();
  }

  private update(): void {
    const exercise = this.options.active.current;
    const { running } = this.options.session;
    void vscode.commands.executeCommand('setContext', 'groundup.checking', running !== undefined);
    if (running !== undefined) {
      this.item.text = `$(sync~spin) ${vscode.l10n.t('Checking {0}', running.title)}`;
      this.item.tooltip = vscode.l10n.t('Cancel this check');
      this.item.accessibilityInformation = undefined;
      this.item.command = 'groundup.cancelCheck';
      this.item.show();
    } else if (exercise !== undefined) {
      const state = stateWord(this.options.work.stateOf(exercise));
      const words = [`${exercise.title}: ${state}`, ...this.progressWords(exercise)];
      this.item.text = `$(mortar-board) ${words.join(' · ')}`;
      this.item.tooltip = tooltipOf(exercise, words);
      this.item.accessibilityInformation = {
        label: vscode.l10n.t('{0}. Check this exercise', words.join(', ')),
        role: 'button',
      };
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

  private progressWords(exercise: Exercise): readonly string[] {
    const part = this.course?.parts.find(({ exercises }) => exercises.includes(exercise));
    if (part === undefined) {
      return [];
    }
    const { passed, total } = partProgress(part, (each) => this.options.work.stateOf(each));
    return [vscode.l10n.t('{0} of {1} passed', passed, total)];
  }
}

function tooltipOf({ id }: Exercise, words: readonly string[]): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(undefined, true);
  const commands = ['checkSolution', 'showHint', 'showLesson', 'debugExercise'].map((name) => `groundup.${name}`);
  tooltip.isTrusted = { enabledCommands: commands };
  const given = encodeURIComponent(JSON.stringify([id]));
  const titles = [
    `$(play) ${vscode.l10n.t('Check')}`,
    `$(lightbulb) ${vscode.l10n.t('Hint')}`,
    `$(book) ${vscode.l10n.t('Lesson')}`,
    `$(debug-alt) ${vscode.l10n.t('Debug')}`,
  ];
  tooltip.appendText(words.join(' · ')).appendMarkdown('\n\n');
  tooltip.appendMarkdown(
    titles.map((title, index) => `[${title}](command:${commands[index]}?${given})`).join(' &nbsp; '),
  );
  return tooltip;
}
