/** Above each function to write: how its checks stand, and Check, Hint, Lesson and Debug. */
import * as vscode from 'vscode';
import type { Exercise } from '../../course/course';
import type { CheckSession } from '../check/checkSession';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import { editorSettings } from '../settings';
import { exerciseDocuments } from './exerciseFunctions';
import type { ExerciseFunctions } from './exerciseFunctions';

export interface CodeLensOptions {
  readonly functions: ExerciseFunctions;
  readonly library: CourseLibrary;
  readonly session: CheckSession;
}

export class CodeLenses extends Disposer implements vscode.CodeLensProvider {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly options: CodeLensOptions) {
    super();
    this.own(vscode.languages.registerCodeLensProvider(exerciseDocuments, this));
    this.own(options.session.onDidChange(() => this.changed.fire()));
    this.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('groundup.codeLens')) this.changed.fire();
      }),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!editorSettings().codeLens) {
      return [];
    }
    const { functions, library } = this.options;
    const exercise = await functions.exerciseAt(document.uri);
    if (exercise === undefined) {
      return [];
    }
    const [placed, { checks }] = await Promise.all([
      functions.inDocument(document, exercise.id),
      library.outline(exercise.id),
    ]);
    return placed.flatMap(({ name, range }) => {
      const own = checks.filter(({ functions: used }) => used.includes(name)).map(({ sentence }) => sentence);
      return this.lensesOf(exercise, own).map((command) => new vscode.CodeLens(range, command));
    });
  }

  private lensesOf(exercise: Exercise, checks: readonly string[]): vscode.Command[] {
    const command = (name: string, title: string, tooltip: string): vscode.Command => ({
      command: `groundup.${name}`,
      title,
      tooltip,
      arguments: [exercise.id],
    });
    return [
      command('checkSolution', this.checkTitle(exercise, checks), vscode.l10n.t('Check this exercise')),
      command('showHint', `$(lightbulb) ${vscode.l10n.t('Hint')}`, vscode.l10n.t('Show one more hint')),
      command('showLesson', `$(book) ${vscode.l10n.t('Lesson')}`, vscode.l10n.t('Show the lesson and its derivation')),
      command(
        'debugExercise',
        `$(debug-alt) ${vscode.l10n.t('Debug')}`,
        vscode.l10n.t('Stop in this file at the call that goes wrong'),
      ),
    ];
  }

  /** The state in words, with an icon of another shape for each: `Check · 3 of 5 hold`. */
  private checkTitle(exercise: Exercise, checks: readonly string[]): string {
    const check = vscode.l10n.t('Check');
    const { session } = this.options;
    if (session.running?.id === exercise.id) {
      return `$(sync) ${vscode.l10n.t('Checking')}`;
    }
    const known = session.reportOf(exercise.id);
    if (known === undefined || known.report.verdict === 'cancelled') {
      return `$(play) ${check}`;
    }
    if (known.stale) {
      return `$(history) ${check} · ${vscode.l10n.t('changed since the last check')}`;
    }
    const { verdict } = known.report;
    if (verdict === 'didNotCompile') {
      return `$(error) ${check} · ${vscode.l10n.t('does not compile')}`;
    }
    if (verdict === 'harnessFailed') {
      return `$(warning) ${check} · ${vscode.l10n.t('could not be checked')}`;
    }
    const outcomes = known.report.checks
      .filter(({ sentence }) => checks.includes(sentence))
      .map(({ outcome }) => outcome);
    const holding = outcomes.filter(({ status }) => status === 'passed').length;
    const failing = outcomes.some(({ status }) => !['passed', 'notStarted', 'notRun'].includes(status));
    if (!failing && outcomes.some(({ status }) => status === 'notStarted')) {
      return `$(circle-large-outline) ${check} · ${vscode.l10n.t('still to be written')}`;
    }
    const icon = outcomes.length > 0 && holding === outcomes.length ? 'pass' : 'error';
    return outcomes.length === 0
      ? `$(error) ${check} · ${vscode.l10n.t('no check could run')}`
      : `$(${icon}) ${check} · ${vscode.l10n.t('{0} of {1} checks hold', holding, outcomes.length)}`;
  }
}
