/**
 * The mathematics of a name: of a function to write, its derivation at a glance; of a function of `'tensor'`, what it
 * computes and how its gradient goes back. A hover cannot render TeX, so formulas are Unicode text, which can be copied,
 * read aloud, and seen in any theme; each leads to its place in a lesson.
 */
import * as vscode from 'vscode';
import type { Exercise } from '../../course/course';
import { findExercise } from '../../course/course';
import type { RenderedStep } from '../../lesson/renderLesson';
import { formulas } from '../../tensor/formulas';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import type { LearnerWork } from '../learner/learnerWork';
import { stateWord } from '../words';
import { exerciseDocuments } from './exerciseFunctions';
import type { ExerciseFunctions } from './exerciseFunctions';

export interface HoverOptions {
  readonly functions: ExerciseFunctions;
  readonly library: CourseLibrary;
  readonly work: LearnerWork;
}

/** A hover is for a glance; the lesson has them all. */
const mostSteps = 8;

export class Hovers extends Disposer implements vscode.HoverProvider {
  constructor(private readonly options: HoverOptions) {
    super();
    this.own(vscode.languages.registerHoverProvider(exerciseDocuments, this));
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const range = document.getWordRangeAtPosition(position, /[A-Za-z_$][\w$]*/);
    const exercise = range === undefined ? undefined : await this.options.functions.exerciseAt(document.uri);
    if (range === undefined || exercise === undefined) {
      return undefined;
    }
    const name = document.getText(range);
    const { functions } = await this.options.library.outline(exercise.id);
    if (functions.includes(name)) {
      return new vscode.Hover(await this.derivation(exercise, name), range);
    }
    const imported = importedName(document.getText(), name);
    return imported === undefined ? undefined : this.ofLibrary(imported, range);
  }

  /** The steps that the function's checks test; all of them where the checks name none. */
  private async derivation(exercise: Exercise, name: string): Promise<vscode.MarkdownString> {
    const { library, work } = this.options;
    const [lesson, { checks }] = await Promise.all([library.lesson(exercise.id), library.outline(exercise.id)]);
    const tested = new Set(checks.flatMap(({ functions, step }) => (functions.includes(name) && step ? [step] : [])));
    const steps = lesson.stepOrder.filter((id) => tested.size === 0 || tested.has(id));
    const text = trusted();
    text.appendMarkdown(`${link(exercise.title, 'showLesson', [exercise.id])} · `);
    text.appendText(stateWord(work.stateOf(exercise))).appendMarkdown('\n\n');
    for (const id of steps.slice(0, mostSteps)) {
      const step = lesson.steps[id];
      if (step !== undefined) {
        appendStep(text, step, link(step.title, 'showLesson', [exercise.id, id]));
      }
    }
    if (steps.length > mostSteps) {
      text.appendText(vscode.l10n.t('… and {0} steps more in the lesson', steps.length - mostSteps));
    }
    return text;
  }

  private async ofLibrary(name: string, range: vscode.Range): Promise<vscode.Hover | undefined> {
    const formula = Object.hasOwn(formulas, name) ? formulas[name] : undefined;
    if (formula === undefined) {
      return undefined;
    }
    const text = trusted();
    text.appendCodeblock(formula.forward, 'text');
    if (formula.backward !== undefined) {
      text.appendText(vscode.l10n.t('Backwards, from the upstream gradient:')).appendMarkdown('\n\n');
      text.appendCodeblock(formula.backward, 'text');
    }
    const built =
      formula.exercise === undefined ? undefined : findExercise(await this.options.library.course(), formula.exercise);
    if (built !== undefined) {
      text.appendMarkdown(link(vscode.l10n.t('Lesson: {0}', built.title), 'showLesson', [built.id]));
    }
    return new vscode.Hover(text, range);
  }
}

function appendStep(text: vscode.MarkdownString, { formula, shapes }: RenderedStep, title: string): void {
  text.appendMarkdown(`${title}\n\n`);
  if (formula !== '') {
    text.appendCodeblock(formula, 'text');
  }
  if (shapes !== '') {
    text.appendMarkdown('*').appendText(shapes).appendMarkdown('*\n\n');
  }
}

/** Its links run commands of ours and no others. */
function trusted(): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: ['groundup.showLesson'] };
  return text;
}

function link(label: string, command: string, given: readonly unknown[]): string {
  const words = label.replace(/[\\`*_{}[\]()#+\-.!<>|$]/g, '\\$&');
  return `[${words}](command:groundup.${command}?${encodeURIComponent(JSON.stringify(given))})`;
}

/** The name under which `'tensor'` exports what a file calls `name`; `undefined` where it comes from elsewhere. */
export function importedName(text: string, name: string): string | undefined {
  for (const [, list = ''] of text.matchAll(/\bimport\s*(?:type\s*)?\{([^}]*)\}\s*from\s*['"]tensor['"]/g)) {
    for (const part of list.split(',')) {
      const [, exported = '', local = exported] = /^\s*(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(part) ?? [];
      if (local === name) {
        return exported;
      }
    }
  }
  return undefined;
}
