/**
 * Judges a submission: compiles it, loads the learner's program into their realm and runs the checks one after another
 * in this one. It knows no transport: the realm is a port, and so is the way in which the author's own modules become
 * functions. It never rejects; a fault of its own is the verdict `harnessFailed`.
 */
import type { Check, CheckContext, Remote } from '../../authoring';
import { random } from '../../tensor';
import type { Random } from '../../tensor';
import { compileModule } from '../compile/compile';
import type { CallView, CheckOutcome, CheckResult, KernelTimes, Report, TrialAnswer } from '../report';
import { seedOf } from '../sourceHash';
import { largestTensorBytes } from '../submission';
import type { SeededSubmission } from '../submission';
import { answerTrial } from './answerTrial';
import { createBeside } from './beside';
import { createData } from './data';
import { CheckFailed, createExpect } from './expect';
import { hintFor } from './hints';
import { HarnessProblem, prepareAuthor, prepareLearner } from './prepare';
import type { AuthorProgram, Compile, Evaluate, LearnerProgram } from './prepare';
import { RealmClient } from './realmClient';
import type { RecordedCall } from './recordedCall';
import type { RealmPort } from './realmPort';
import { CheckStopped, createRemote, isTodo, LearnerThrew, placeOfExport, thrownError, viewOfCall } from './remote';
import type { CallLog, LaunchedKernel, RemoteOptions } from './remote';
import { ShapesSeen } from './callShapes';
import { setLimit } from './setLimit';
import { Clock } from './timeLimits';
import type { TimeLimit } from './timeLimits';
import {
  compileEnding,
  cutShort,
  emptyDraft,
  endingOf,
  finish,
  harnessEnding,
  loadEnding,
  memorySentence,
} from './verdict';
import type { Draft, Ending, Particulars } from './verdict';

export interface JudgePorts {
  readonly submission: SeededSubmission;
  readonly realm: RealmPort;
  readonly evaluate: Evaluate;
  /** `compileModule` unless given. */
  readonly compile?: Compile;
  /** Told of the state before each check, so that whoever watches can report even a death. */
  readonly onProgress?: (draft: Draft) => void;
  /** Told of each call before it is made; `view` shows its input in a few words. */
  readonly onCall?: (view: () => CallView) => void;
}

export async function runChecks({
  submission,
  realm,
  evaluate,
  compile = compileModule,
  onProgress,
  onCall,
}: JudgePorts): Promise<Report> {
  const started = performance.now();
  const client = new RealmClient(realm);
  const run = new Run({
    submission,
    client,
    evaluate,
    compile,
    onProgress,
    onCall,
    started,
  });
  let ended: Ended;
  try {
    ended = await run.judge();
  } catch (error) {
    const problem = error instanceof HarnessProblem ? error.message : `the judge failed: ${describeError(error)}`;
    ended = { ending: harnessEnding(problem), particulars: { harnessProblem: problem }, because: 'the harness failed' };
  } finally {
    client.terminate();
  }
  const draft = ended.because === undefined ? run.draft : cutShort(run.draft, { because: ended.because });
  const { ending, particulars } = ended;
  const durationMs = performance.now() - started;
  return finish({ submission, draft, ending, durationMs, ...(particulars === undefined ? {} : { particulars }) });
}

interface Ended {
  readonly ending: Ending;
  readonly particulars?: Particulars;
  /** Why the checks without a result did not run. */
  readonly because?: string;
}

interface RunOptions {
  readonly submission: SeededSubmission;
  readonly client: RealmClient;
  readonly evaluate: Evaluate;
  readonly compile: Compile;
  readonly onProgress: ((draft: Draft) => void) | undefined;
  readonly onCall: ((view: () => CallView) => void) | undefined;
  readonly started: number;
}

class Run {
  readonly #options: RunOptions;
  readonly #data: CheckContext<unknown>['data'];
  #planned: Draft['planned'] = [];
  readonly #results: CheckResult[] = [];
  #earlier: Report['earlier'] = [];
  readonly #launched: LaunchedKernel[] = [];
  #answer: Draft['answer'];
  readonly #shapes: ShapesSeen;
  #clock: Clock;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#data = createData(options.submission.data ?? []);
    this.#clock = new Clock(options.submission.limits, { started: options.started, checks: [] });
    this.#shapes = new ShapesSeen(options.submission.learner.exercise);
  }

  get draft(): Draft {
    const { client } = this.#options;
    return {
      ...emptyDraft,
      planned: this.#planned,
      results: [...this.#results],
      totalMs: this.#clock.totalMs,
      console: client.console,
      backends: client.backends,
      kernels: timesOf(this.#launched),
      shapes: this.#shapes.all,
      earlier: this.#earlier,
      ...(this.#answer === undefined ? {} : { answer: this.#answer }),
    };
  }

  async judge(): Promise<Ended> {
    const { submission, evaluate, compile, client } = this.#options;
    const prepared = prepareLearner(submission, compile);
    if (!prepared.ok) {
      const { problem } = prepared;
      return { ending: compileEnding(problem), particulars: { compileProblem: problem } };
    }
    const { learner } = prepared;
    const author = prepareAuthor(submission, { evaluate, compile });
    const { trial } = submission;
    const checks =
      trial === undefined
        ? selectChecks(author, submission.only)
        : [[`tries ${trial.function}`, { run: () => undefined }] as [string, Check<unknown>]];
    const { started } = this.#options;
    this.#clock = new Clock(submission.limits, { started, checks: checks.map(([, check]) => check) });
    this.#planned = checks.map(([sentence, { step }]) => (step === undefined ? { sentence } : { sentence, step }));
    this.#earlier = submission.earlier
      .filter(({ exercise }) => learner.program.modules.some(({ id }) => id === exercise))
      .map(({ exercise, author: by }) => ({ exercise, author: by }));
    this.#options.onProgress?.(this.draft);
    const failedStart = await this.#start(learner);
    if (failedStart !== undefined) return failedStart;
    for (const [sentence, check] of checks) {
      this.#results.push(await this.#runSeeds({ sentence, check, learner, author, seed: submission.seed }));
      if (client.ended !== undefined) break;
      if (submission.untilFailure === true && this.#results.at(-1)?.outcome.status !== 'passed') {
        return { ending: endingOf(this.#results), because: 'a check failed, and no more was asked' };
      }
      this.#options.onProgress?.(this.draft);
    }
    const ended = client.ended;
    if (ended === undefined) return { ending: endingOf(this.#results) };
    const because = ended.kind === 'timedOut' ? 'the time was up before it' : 'an earlier check ended the run';
    const ending = endingOf(this.#results);
    const promised = ended.kind === 'timedOut' && ended.awaiting ? ' It returned a promise that never settled.' : '';
    return { ending: { ...ending, sentence: ending.sentence + promised }, because };
  }

  /** Loads the learner's program. Answers with an ending when it does not load. */
  async #start({ program, entry, modules }: LearnerProgram): Promise<Ended | undefined> {
    const { client, submission } = this.#options;
    const tensorBytes = largestTensorBytes(submission.limits);
    const outline = { entry: program.entry, modules: program.modules.map(({ code: _, ...module }) => module) };
    const answer = await client.askWith(
      async (port) =>
        (await port.install(program.modules))
          ? { kind: 'start', program: outline, backend: submission.backend, tensorBytes }
          : undefined,
      this.#limit,
    );
    if (answer.kind === 'started') return undefined;
    const where = 'while your file was loaded';
    const because = 'the file did not load';
    switch (answer.kind) {
      case 'threw': {
        const error = thrownError(answer.thrown, modules);
        const sentence = `${entry.exercise} is still to be written: its TODO is there.`;
        const ending: Ending = isTodo(error) ? { verdict: 'notStarted', sentence } : loadEnding(error);
        return { ending, particulars: { loadError: error }, because };
      }
      case 'timedOut':
        return {
          ending: { verdict: 'timedOut', sentence: `The ${answer.limit.wholeMs / 1000} s were up ${where}.` },
          because,
        };
      case 'outOfMemory':
        return { ending: { verdict: 'outOfMemory', sentence: memorySentence(submission.limits.memoryBytes) }, because };
      default:
        throw new HarnessProblem(
          answer.kind === 'crashed' ? answer.message : `the realm answered \`${answer.kind}\` to the start`,
        );
    }
  }

  /**
   * The check with the submission's seed, then with the further ones until it fails; or, where it must fail, until it does
   * not. A check that asked for no random number would only repeat itself.
   */
  async #runSeeds(run: CheckRun): Promise<CheckResult> {
    const { moreSeeds = [], mustFail } = this.#options.submission;
    let isDrawn = false;
    let result = await this.#runCheck({ ...run, drawing: () => (isDrawn = true) });
    if (!isDrawn || (mustFail !== undefined && mustFail !== run.sentence)) return result;
    for (const seed of moreSeeds) {
      const held = result.outcome.status === 'passed';
      if (held === (mustFail !== undefined) || this.#options.client.ended !== undefined) break;
      const next = await this.#runCheck({ ...run, seed });
      const showsWhatWasSought = (next.outcome.status === 'passed') === (mustFail !== undefined);
      result = {
        ...next,
        ...(showsWhatWasSought ? { seed } : {}),
        durationMs: result.durationMs + next.durationMs,
      };
    }
    return result;
  }

  async #runCheck({ sentence, check, learner, author, seed, drawing }: CheckRun): Promise<CheckResult> {
    const { submission, client } = this.#options;
    const log: CallLog = { calls: [], launched: [], stopped: undefined };
    const optionsOf = (module: LearnerProgram['entry']): RemoteOptions => ({
      module,
      text: learner.texts.get(module.id) ?? '',
      modules: learner.modules,
      realm: client,
      log,
      limit: this.#limit,
      calling: this.#tell,
      memoryBytes: submission.limits.memoryBytes,
    });
    let numbers: Random | undefined;
    const context: CheckContext<unknown> = {
      learner: createRemote(optionsOf(learner.entry)),
      reference: author.reference,
      earlier: <Earlier>(exercise: string) => {
        const module = learner.modules.find(({ id }) => id === exercise);
        if (module === undefined)
          throw new HarnessProblem(`the check asks for ${exercise}, which was not submitted with it`);
        return createRemote(optionsOf(module)) as Remote<Earlier>;
      },
      beside: createBeside({ ...optionsOf(learner.entry), author }),
      data: this.#data,
      get random() {
        drawing?.();
        numbers ??= random(seedOf(`${seed} ${sentence}`));
        return numbers;
      },
      expect: createExpect({
        calls: () => log.calls,
        thrownByLearner: (error) => (error instanceof LearnerThrew ? error : undefined),
      }),
    };
    const began = performance.now();
    this.#clock.begin(check);
    const { trial } = submission;
    const run = async (): Promise<void> => {
      if (trial === undefined) return await check.run(context);
      const parameterNames = learner.entry.parameters[trial.function] ?? [];
      const answered = (answer: TrialAnswer): void => void (this.#answer = answer);
      await answerTrial({ trial, context, log, realm: client, parameterNames, answered });
    };
    let outcome: CheckOutcome;
    try {
      await this.#withinTime(run());
      outcome = { status: 'passed' };
    } catch (error) {
      const hint = error instanceof CheckFailed ? await hintFor(error, { log, realm: client, limit: this.#limit }) : '';
      outcome = outcomeOf(error, { log, hint });
    }
    outcome = log.stopped ?? outcome;
    this.#launched.push(...log.launched);
    this.#shapes.note({ sentence, outcome, calls: log.calls });
    const { step } = check;
    return {
      sentence,
      ...(step === undefined ? {} : { step }),
      outcome,
      durationMs: performance.now() - began,
    };
  }

  /** What is left for the next call. */
  readonly #limit = (): TimeLimit => this.#clock.left();

  readonly #tell = (call: RecordedCall): void => {
    this.#options.onCall?.(() => viewOfCall(call, { inFewWords: true }));
  };

  /** A check that waits for something that never comes is the author's fault; the learner's calls have their own limits. */
  async #withinTime(running: Promise<void>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const tell = (): void => reject(new HarnessProblem('the check itself did not end'));
      timer = setLimit(tell, this.#clock.patienceMs);
    });
    try {
      await Promise.race([running, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

interface CheckRun {
  readonly sentence: string;
  readonly check: Check<unknown>;
  readonly learner: LearnerProgram;
  readonly author: AuthorProgram;
  readonly seed: number;
  /** Told when the check asks for random numbers. */
  readonly drawing?: () => void;
}

/** All launches of each kernel together, in the order in which kernels were first launched. */
function timesOf(launched: readonly LaunchedKernel[]): KernelTimes[] {
  const times = new Map<string, KernelTimes>();
  for (const { kernel, cellByCellMs, gpuJsMs } of launched) {
    const before = times.get(kernel) ?? { kernel, launches: 0, cellByCellMs: 0, gpuJsMs: 0 };
    times.set(kernel, {
      kernel,
      launches: before.launches + 1,
      cellByCellMs: before.cellByCellMs + cellByCellMs,
      gpuJsMs: before.gpuJsMs + gpuJsMs,
    });
  }
  return [...times.values()];
}

function selectChecks({ checks }: AuthorProgram, only: readonly string[] | undefined): [string, Check<unknown>][] {
  const all = Object.entries(checks);
  if (only === undefined) return all;
  const missing = only.find((sentence) => !Object.hasOwn(checks, sentence));
  if (missing !== undefined) throw new HarnessProblem(`there is no check “${missing}”`);
  return all.filter(([sentence]) => only.includes(sentence));
}

function outcomeOf(error: unknown, { log, hint }: { readonly log: CallLog; readonly hint: string }): CheckOutcome {
  if (error instanceof CheckStopped || error instanceof LearnerThrew) return error.outcome;
  if (error instanceof CheckFailed) {
    const call = error.callIndex === undefined ? undefined : log.calls[error.callIndex];
    const place = call === undefined ? undefined : placeOfExport(call.module, call.export);
    return {
      status: 'failed',
      sentence: error.sentence + hint,
      mismatch: error.mismatch,
      ...(call === undefined ? {} : { call: viewOfCall(call) }),
      ...(place === undefined ? {} : { place }),
    };
  }
  if (error instanceof HarnessProblem) return { status: 'harnessFailed', message: error.message };
  return { status: 'harnessFailed', message: `the check itself threw: ${describeError(error)}` };
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n', 3).join(' ') : String(error);
}
