/** The course as a tree: parts with what is done of them, exercises in order, their state by icon and by word. */
import * as vscode from 'vscode';
import type { Course, Exercise, Part } from '../../course/course';
import { exercisesOf } from '../../course/course';
import type { ExerciseState } from '../../course/progress';
import { partProgress, progressOf } from '../../course/progress';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { LearnerWork } from '../learner/learnerWork';
import type { ProgressStore } from '../progress/progressStore';
import { stateWord } from '../words';

export type CourseNode =
  | { readonly kind: 'course'; readonly course: Course }
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'exercise'; readonly exercise: Exercise };

const refreshDelayMs = 150;

export interface CourseTreeOptions {
  readonly library: CourseLibrary;
  readonly folder: LearnerFolder;
  readonly progress: ProgressStore;
  readonly work: LearnerWork;
}

export class CourseTree extends Disposer implements vscode.TreeDataProvider<CourseNode> {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChangeTreeData = this.changed.event;
  private soon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: CourseTreeOptions) {
    super();
    this.own(options.work.onDidChangeStates(() => this.refreshSoon()));
    this.own(options.library.onDidChange(() => this.refreshSoon()));
    this.own({ dispose: () => clearTimeout(this.soon) });
  }

  async getChildren(node?: CourseNode): Promise<CourseNode[]> {
    if (node !== undefined) {
      return childrenOf(node);
    }
    if ((await this.options.folder.locate()) === undefined) {
      return [];
    }
    const [[shipped, ...added]] = await Promise.all([this.options.library.courses(), this.options.work.load()]);
    return [
      ...(shipped?.parts ?? []).map((part): CourseNode => ({ kind: 'part', part })),
      ...added.map((course): CourseNode => ({ kind: 'course', course })),
    ];
  }

  /** States change in bursts, at each key typed and after each check; a redrawn tree competes with the verdict. */
  private refreshSoon(): void {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.changed.fire(), refreshDelayMs);
  }

  async getParent(node: CourseNode): Promise<CourseNode | undefined> {
    const [shipped, ...added] = node.kind === 'course' ? [] : await this.options.library.courses();
    if (node.kind === 'exercise') {
      const parts = [...(shipped === undefined ? [] : [shipped]), ...added].flatMap((course) => course.parts);
      const part = parts.find(({ exercises }) => exercises.includes(node.exercise));
      return part === undefined ? undefined : { kind: 'part', part };
    }
    const course = added.find(({ parts }) => node.kind === 'part' && parts.includes(node.part));
    return course === undefined ? undefined : { kind: 'course', course };
  }

  getTreeItem(node: CourseNode): vscode.TreeItem {
    switch (node.kind) {
      case 'course':
        return courseItem(node.course);
      case 'part':
        return this.partItem(node.part);
      case 'exercise':
        return this.exerciseItem(node.exercise);
      default:
        return node satisfies never;
    }
  }

  async resolveTreeItem(item: vscode.TreeItem, node: CourseNode): Promise<vscode.TreeItem> {
    if (node.kind === 'exercise') {
      item.tooltip = await this.tooltipOf(node.exercise);
    }
    return item;
  }

  private partItem(part: Part): vscode.TreeItem {
    const item = new vscode.TreeItem(part.title, vscode.TreeItemCollapsibleState.Expanded);
    const { passed, total } = partProgress(part, (exercise) => this.options.work.stateOf(exercise));
    item.id = part.id;
    item.description =
      total === 0 ? vscode.l10n.t('no exercises yet') : vscode.l10n.t('{0} of {1} passed', passed, total);
    item.tooltip = part.summary;
    item.contextValue = 'part';
    item.accessibilityInformation = { label: `${part.title}, ${item.description}` };
    return item;
  }

  private exerciseItem(exercise: Exercise): vscode.TreeItem {
    const state = this.options.work.stateOf(exercise);
    const word = stateWord(state);
    const item = new vscode.TreeItem(exercise.title, vscode.TreeItemCollapsibleState.None);
    item.id = exercise.id;
    item.description = exercise.optional ? vscode.l10n.t('{0} · optional', word) : word;
    item.iconPath = stateIcon(state);
    const lab = exercise.lab === undefined ? '' : ':lab';
    item.contextValue = `exercise:${this.isOpened(exercise) ? 'opened' : 'new'}${lab}:${state}`;
    item.command = {
      command: 'groundup.openExercise',
      title: vscode.l10n.t('Open Exercise'),
      arguments: [node(exercise)],
    };
    item.accessibilityInformation = {
      label: vscode.l10n.t('{0}, {1}, about {2} minutes', exercise.title, item.description, exercise.minutes),
    };
    return item;
  }

  private isOpened({ id }: Exercise): boolean {
    return progressOf(this.options.progress.current, id).openedAt !== undefined;
  }

  private async tooltipOf(exercise: Exercise): Promise<vscode.MarkdownString> {
    const others = new Map(
      exercisesOf(await this.options.library.courseOf(exercise.id)).map(({ id, title }) => [id, title]),
    );
    const buildsOn = exercise.buildsOn.map((id) => others.get(id) ?? id).join(', ');
    const tooltip = new vscode.MarkdownString();
    const line = (text: string): void => {
      tooltip.appendText(text).appendMarkdown('\n\n');
    };
    tooltip.appendMarkdown('**').appendText(exercise.title).appendMarkdown('**\n\n');
    line(vscode.l10n.t('State: {0}', stateWord(this.options.work.stateOf(exercise))));
    line(vscode.l10n.t('About {0} minutes', exercise.minutes));
    if (buildsOn !== '') {
      line(vscode.l10n.t('Builds on {0}', buildsOn));
    }
    if (exercise.optional) {
      line(vscode.l10n.t('Optional: nothing later needs it.'));
    }
    return tooltip;
  }
}

function childrenOf(node: CourseNode): CourseNode[] {
  switch (node.kind) {
    case 'course':
      return node.course.parts.map((part) => ({ kind: 'part', part }));
    case 'part':
      return node.part.exercises.map((exercise) => ({ kind: 'exercise', exercise }));
    case 'exercise':
      return [];
    default:
      return node satisfies never;
  }
}

/** A course that was added: a root of its own beside the parts of the one that ships. */
function courseItem({ id, title }: Course): vscode.TreeItem {
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `course:${id}`;
  item.description = vscode.l10n.t('added course');
  item.iconPath = new vscode.ThemeIcon('library');
  item.contextValue = 'course';
  return item;
}

function node(exercise: Exercise): CourseNode {
  return { kind: 'exercise', exercise };
}

/** Shapes differ as well as colours, so that a state can be told without seeing any. */
function stateIcon(state: ExerciseState): vscode.ThemeIcon {
  switch (state) {
    case 'notStarted':
      return new vscode.ThemeIcon('circle-large-outline');
    case 'inProgress':
      return new vscode.ThemeIcon('edit', new vscode.ThemeColor('charts.blue'));
    case 'passed':
      return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'));
    case 'passedThenChanged':
      return new vscode.ThemeIcon('history', new vscode.ThemeColor('charts.yellow'));
    case 'skipped':
      return new vscode.ThemeIcon('debug-step-over');
    default:
      return state satisfies never;
  }
}
