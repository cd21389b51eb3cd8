/**
 * Runs the course in VS Code's Testing view: Run, Debug and a continuous run that checks on save. Every run goes through
 * the one check session, so the view, the results page, the tree and the progress agree; and a check that was started
 * elsewhere is told to the view as well.
 */
import * as vscode from 'vscode';
import type { Exercise, ExerciseId } from '../../course/course';
import { progressOf } from '../../course/progress';
import type { SourcePlace } from '../../harness/report';
import type { CheckSession, Ended } from '../check/checkSession';
import type { ExerciseDebugger } from '../debug/exerciseDebugger';
import { Disposer } from '../disposables';
import { readTextIfThere } from '../learner/fileErrors';
import { messageOf } from '../words';
import { tellRun, withCrLf } from './testResults';
import type { TestStanding } from './testResults';
import { TestTree } from './testTree';
import type { TestTreeOptions } from './testTree';

export interface CourseTestsOptions extends Omit<TestTreeOptions, 'controller'> {
  readonly exerciseDebugger: ExerciseDebugger;
  readonly session: CheckSession;
}

/** Saving twice in a row, as formatters and auto save do, is one reason to check. */
const settledMs = 300;

export class CourseTests extends Disposer {
  readonly controller: vscode.TestController;
  /** How each item stands after its latest run, by its id. */
  readonly standings = new Map<string, TestStanding>();
  private readonly tree: TestTree;
  /** Exercises whose results are those of their present text, as far as VS Code has been told. */
  private readonly current = new Set<ExerciseId>();
  private readonly running: vscode.TestRunProfile;
  /** What is to happen in a moment, unless everything ends before. */
  private readonly waiting = new Set<ReturnType<typeof setTimeout>>();
  /** Ends the continuous runs that are on. */
  private readonly watches = new Set<vscode.Disposable>();

  constructor(private readonly options: CourseTestsOptions) {
    super();
    const { tests, TestRunProfileKind } = vscode;
    const controller = this.own(tests.createTestController('groundup', vscode.l10n.t('Ground Up')));
    this.controller = controller;
    this.tree = this.own(new TestTree({ ...options, controller }));
    this.running = this.own(
      controller.createRunProfile(
        vscode.l10n.t('Check'),
        TestRunProfileKind.Run,
        (request, token) => (request.continuous === true ? this.watch(request, token) : this.run(request, token)),
        true,
        undefined,
        true,
      ),
    );
    this.own(
      controller.createRunProfile(
        vscode.l10n.t('Debug'),
        TestRunProfileKind.Debug,
        (request, token) => this.debug(request, token),
        true,
      ),
    );
    this.own(
      options.session.onDidEnd((ended) => {
        if (ended.origin !== 'tests') this.afterVerdict(() => void this.tellOfElsewhere(ended));
      }),
    );
    this.own(options.session.onDidChange(() => this.outdate()));
  }

  /** Checks every exercise that is asked for, one after the other. */
  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request);
    try {
      const left = new Set(request.exclude ?? []);
      const exercises = await this.tree.exercisesIn(request.include);
      const wanted: Wanted[] = [];
      for (const exercise of exercises) {
        const item = await this.tree.exerciseItem(exercise);
        if (item === undefined || left.has(item) || (item.parent !== undefined && left.has(item.parent))) {
          continue;
        }
        if (await this.isBegun(exercise.id)) {
          run.enqueued(item);
          wanted.push({ exercise, item });
        } else if (request.include !== undefined) {
          this.sayNotBegun(run, { exercise, item });
        }
      }
      for (const { exercise, item } of wanted) {
        if (token.isCancellationRequested) {
          run.skipped(item);
        } else {
          await this.runOne(run, { exercise, item, left, token });
        }
      }
    } catch (error) {
      run.appendOutput(withCrLf(`${messageOf(error)}\n`));
    } finally {
      run.end();
    }
  }

  /** An exercise that was opened, be its file there or gone: what has become of it is for the check to say. */
  private async isBegun(id: ExerciseId): Promise<boolean> {
    const { folder, progress } = this.options;
    return (
      progressOf(progress.current, id).openedAt !== undefined ||
      (await readTextIfThere(folder.fileOf(id)).catch(() => undefined)) !== undefined
    );
  }

  private sayNotBegun(run: vscode.TestRun, { exercise, item }: Wanted): void {
    run.skipped(item);
    const sentence = vscode.l10n.t('{0} has not been opened yet, so there is nothing to check.', exercise.title);
    run.appendOutput(withCrLf(`${sentence}\n`), undefined, item);
  }

  private async runOne(run: vscode.TestRun, { exercise, item, left, token }: OneRun): Promise<void> {
    const { session } = this.options;
    if (!vscode.workspace.isTrusted) {
      const sentence = vscode.l10n.t(
        'A check runs the code in this folder, and the folder is not trusted, so nothing was run. Trust it to check your solution.',
      );
      run.errored(item, new vscode.TestMessage(sentence));
      run.appendOutput(withCrLf(`${sentence}\n`), undefined, item);
      return;
    }
    run.started(item);
    item.children.forEach((child) => run.started(child));
    const stop = token.onCancellationRequested(() => {
      if (session.running?.id === exercise.id) session.cancel();
    });
    try {
      const report = await session.check(exercise.id, { origin: 'tests' });
      if (report === undefined) {
        const sentence = vscode.l10n.t('{0} was not checked.', exercise.title);
        run.appendOutput(withCrLf(`${sentence}\n`), undefined, item);
        run.skipped(item);
        item.children.forEach((child) => run.skipped(child));
        return;
      }
      this.tell(tellRun({ run, item, report, locate: this.locate, excluded: left }), exercise.id);
    } catch (error) {
      run.errored(item, new vscode.TestMessage(messageOf(error)));
    } finally {
      stop.dispose();
    }
  }

  /** Checks an exercise of the request whenever its file has been saved, until the learner turns it off. */
  private watch(request: vscode.TestRunRequest, token: vscode.CancellationToken): void {
    const waiting = new Map<ExerciseId, ReturnType<typeof setTimeout>>();
    const saved = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const id = this.options.folder.idOf(uri);
      // A check saves first, and is about to say what this would say.
      if (id !== undefined && this.options.session.running?.id !== id) {
        clearTimeout(waiting.get(id));
        waiting.set(
          id,
          setTimeout(() => void this.runSaved(id, { request, token }), settledMs),
        );
      }
    });
    const watch = {
      dispose: (): void => {
        saved.dispose();
        for (const timer of waiting.values()) clearTimeout(timer);
        this.watches.delete(watch);
      },
    };
    this.watches.add(watch);
    token.onCancellationRequested(() => watch.dispose());
  }

  override dispose(): void {
    for (const timer of this.waiting) clearTimeout(timer);
    for (const watch of [...this.watches]) watch.dispose();
    super.dispose();
  }

  private async runSaved(
    id: ExerciseId,
    { request, token }: { readonly request: vscode.TestRunRequest; readonly token: vscode.CancellationToken },
  ): Promise<void> {
    const known = this.options.session.reportOf(id);
    const exercise = (await this.tree.exercisesIn(request.include)).find((each) => each.id === id);
    if (exercise === undefined || token.isCancellationRequested || known?.stale === false) {
      return;
    }
    const item = await this.tree.exerciseItem(exercise);
    if (item !== undefined && request.exclude?.includes(item) !== true) {
      const run = this.controller.createTestRun(request);
      try {
        await this.runOne(run, { exercise, item, left: new Set(request.exclude ?? []), token });
      } finally {
        run.end();
      }
    }
  }

  /** Debugs the one check that was asked for, else the first of its exercise that fails. */
  private async debug(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const { exerciseDebugger, session } = this.options;
    const run = this.controller.createTestRun(request);
    try {
      const [exercise] = await this.tree.exercisesIn(request.include);
      const item = exercise === undefined ? undefined : await this.tree.exerciseItem(exercise);
      if (exercise === undefined || item === undefined || token.isCancellationRequested) {
        return;
      }
      run.started(item);
      const subject = request.include?.[0] === undefined ? undefined : this.tree.subjectOf(request.include[0]);
      await exerciseDebugger.debug(exercise, subject?.kind === 'check' ? subject.sentence : undefined);
      const known = session.reportOf(exercise.id);
      if (known === undefined || known.stale) {
        run.skipped(item);
      } else {
        this.tell(tellRun({ run, item, report: known.report, locate: this.locate }), exercise.id);
      }
    } catch (error) {
      run.appendOutput(withCrLf(`${messageOf(error)}\n`));
    } finally {
      run.end();
    }
  }

  /** The view's own drawing would compete with the verdict on the results page. */
  private afterVerdict(tell: () => void): void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      tell();
    }, settledMs);
    this.waiting.add(timer);
  }

  /** A check by command, key or page: the view shows it as a run of its own. */
  private async tellOfElsewhere({ exercise, report }: Ended): Promise<void> {
    const item = await this.tree.exerciseItem(exercise).catch(() => undefined);
    if (item === undefined || report.verdict === 'cancelled') {
      return;
    }
    const run = this.controller.createTestRun(new vscode.TestRunRequest([item], undefined, this.running));
    try {
      this.tell(tellRun({ run, item, report, locate: this.locate }), exercise.id);
    } finally {
      run.end();
    }
  }

  /** Tells VS Code which results are of a text that is no longer there, or of an exercise that was started anew. */
  private outdate(): void {
    for (const id of this.current) {
      if (this.options.session.reportOf(id)?.stale !== false) {
        this.current.delete(id);
        const item = this.tree.knownItem(id);
        if (item !== undefined) this.controller.invalidateTestResults(item);
      }
    }
  }

  private tell(standings: ReadonlyMap<string, TestStanding>, id: ExerciseId): void {
    standings.forEach((standing, item) => this.standings.set(item, standing));
    this.current.add(id);
  }

  private readonly locate = ({ exercise, line, column }: SourcePlace): vscode.Location =>
    new vscode.Location(
      this.options.folder.fileOf(exercise),
      new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1)),
    );
}

interface Wanted {
  readonly exercise: Exercise;
  readonly item: vscode.TestItem;
}

interface OneRun extends Wanted {
  readonly left: ReadonlySet<vscode.TestItem>;
  readonly token: vscode.CancellationToken;
}
