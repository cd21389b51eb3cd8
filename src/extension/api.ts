/** What tests and benchmarks may know of the running extension: how long it took to activate, and to check. */
import type * as vscode from 'vscode';
import type { ExerciseId } from '../course/course';
import type { ExerciseState } from '../course/progress';
import type { Report } from '../harness/report';
import type { CheckSession } from './check/checkSession';
import type { CourseLibrary } from './course/courseLibrary';
import { Disposer } from './disposables';
import type { LearnerWork } from './learner/learnerWork';
import type { ResultsView } from './pages/resultsView';
import type { CourseTests } from './testing/courseTests';
import type { TestStanding } from './testing/testResults';

export interface CheckTiming {
  readonly report: Report;
  /** When the check began, and when its verdict was sent to the results page, by `Date.now()`. */
  readonly startedAt: number;
  readonly postedAt: number;
}

export interface GroundUpApi {
  readonly activationMs: number;
  /** The check whose verdict was sent to the results page last. */
  readonly lastCheck: CheckTiming | undefined;
  /** The report of the check that ended last, whether or not the results page has it. */
  readonly lastReport: Report | undefined;
  /** How the items of the Testing view stand after their latest runs, by id: an exercise's, and `exercise#sentence`. */
  readonly testStandings: ReadonlyMap<string, TestStanding>;
  /** The items of the Testing view as far as they were made: parts, exercises, checks. */
  readonly testItems: vscode.TestItemCollection;
  /** The state of an exercise as the tree shows it. */
  stateOf(id: ExerciseId): Promise<ExerciseState>;
}

export interface ApiSourceOptions {
  readonly library: CourseLibrary;
  readonly work: LearnerWork;
  readonly session: CheckSession;
  readonly results: ResultsView;
  readonly tests: CourseTests;
}

export class ApiSource extends Disposer {
  private startedAt = 0;
  private timing: CheckTiming | undefined;

  constructor(private readonly options: ApiSourceOptions) {
    super();
    this.own(
      options.session.onDidStart(() => {
        this.startedAt = Date.now();
      }),
    );
    this.own(
      options.results.onDidPost((state) => {
        if (state.kind === 'report' && state.report !== this.timing?.report) {
          this.timing = { report: state.report, startedAt: this.startedAt, postedAt: Date.now() };
        }
      }),
    );
  }

  create(activationMs: number): GroundUpApi {
    const lastCheck = (): CheckTiming | undefined => this.timing;
    const lastReport = (): Report | undefined => this.options.session.last?.report;
    const { library, tests, work } = this.options;
    return {
      activationMs,
      get lastCheck() {
        return lastCheck();
      },
      get lastReport() {
        return lastReport();
      },
      testStandings: tests.standings,
      testItems: tests.controller.items,
      async stateOf(id) {
        await work.load();
        return work.stateOf(await library.exercise(id));
      },
    };
  }
}
