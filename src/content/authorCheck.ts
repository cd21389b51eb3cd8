/**
 * What an exercise must hold before a learner sees it, checked on the learner's own code path: the stub fails at its
 * TODO and nowhere else, the solution passes on every backend, every mutant fails where it says, and every check fails
 * for some mutant; the lesson renders, its steps are tested, hints are there and nothing stray is. Each finding tells
 * the author the mend.
 */
import type { Exercise, ExerciseId } from '../course/course';
import { automaticMutants } from '../harness/compile/automaticMutants';
import { compileModule } from '../harness/compile/compile';
import { HarnessProblem, prepareAuthor } from '../harness/judge/prepare';
import type { Report } from '../harness/report';
import type { Runner } from '../harness/runner';
import type { RunHost } from '../harness/runs/runHost';
import { defaultLimits } from '../harness/submission';
import type { Limits, Submission } from '../harness/submission';
import { renderHints } from '../lesson/renderHints';
import { composeLab, composeSubmission } from './composeSubmission';
import { CourseSource } from './courseSource';
import { exerciseFileNames, exerciseFiles, labFileName } from './exerciseFiles';
import { localeOf } from './translations';
import { failingSeed, failuresOf, isCaught } from './failures';
import { problemOf, readChecked } from './loadCourse';
import { labProblems } from './labCheck';
import { applyMutant, isSame, readMutants } from './mutants';
import type { Evaluate, ReadMutant } from './mutants';
import { readLesson } from './readLesson';
import { todosIn } from './todos';

/** What is looked at, one after another; each is a sentence about the exercise. */
export const properties = {
  files: 'has its files and nothing stray',
  todos: 'has no TODO left for its author',
  lesson: 'has a lesson that renders',
  hints: 'has at least three hints that render',
  stub: 'has a stub that is not started and fails nowhere else',
  solution: 'has a solution that passes on every backend',
  mutants: 'has mutants that fail where they say',
  checks: 'has checks that each catch a mutant',
  steps: 'has checks that name steps of the lesson',
  lab: 'has a lab that begins, shows its views and answers its questions, where it has one',
} as const;

/** What the full run looks at besides. */
export const fullProperties = {
  seeds: 'has a solution that passes under a hundred seeds',
  automatic: 'has checks that catch every automatic mutant',
} as const;

export type Property = keyof typeof properties | keyof typeof fullProperties;

export interface Finding {
  readonly exercise: ExerciseId;
  readonly property: Property;
  readonly severity: 'error' | 'warning';
  /** The file to open, below the course folder. */
  readonly path: string;
  readonly line?: number;
  /** What is wrong and what to do about it. */
  readonly message: string;
}

export interface MutantOutcome {
  readonly name: string;
  readonly caughtBy: string;
  /** Whether the check that it names failed for it under every seed. */
  readonly isCaught: boolean;
}

export interface AuthorReport {
  readonly exercise: ExerciseId;
  readonly findings: readonly Finding[];
  readonly checkCount: number;
  readonly mutants: readonly MutantOutcome[];
}

export interface AuthorCheckOptions {
  readonly source: CourseSource;
  readonly exercise: Exercise;
  readonly runner: Runner;
  /** Judges what there is much of, mutants and further backends; the runner does where there is no other. */
  readonly quick?: QuickJudge | undefined;
  readonly evaluate: Evaluate;
  /** Runs the labs. Without one, an exercise that has a lab cannot be found sound. */
  readonly labs?: RunHost | undefined;
  readonly seeds: readonly number[];
  readonly backends: readonly Submission['backend'][];
  /** Told, in a few words, what is about to run. */
  readonly onProgress?: (words: string) => void;
}

/** Judges code that one trusts. */
export interface QuickJudge {
  check(submission: Submission & { readonly seed: number }): Promise<Report>;
}

/** The backends that a solution must pass on. */
export const everyBackend: readonly Submission['backend'][] = ['loops', 'gpu.js', 'auto'];

export async function checkExercise(options: AuthorCheckOptions): Promise<AuthorReport> {
  return await new AuthorCheck(options).run();
}

type Found = Omit<Finding, 'exercise' | 'severity' | 'path'> & {
  readonly severity?: Finding['severity'];
  readonly file: string;
};

class AuthorCheck {
  private readonly findings: Finding[] = [];
  private readonly outcomes: MutantOutcome[] = [];
  private readonly id: ExerciseId;

  constructor(private readonly options: AuthorCheckOptions) {
    this.id = options.exercise.id;
  }

  async run(): Promise<AuthorReport> {
    const checks = await this.readAll();
    if (checks !== undefined) {
      await this.checkStub();
      await this.checkSolution();
      await this.checkMutants(checks);
      await this.checkLab();
    }
    return {
      exercise: this.id,
      findings: this.findings,
      checkCount: checks?.length ?? 0,
      mutants: this.outcomes,
    };
  }

  /** All seeds go in one run, with the time of as many. */
  private get limitsForAllSeeds(): Limits {
    return { ...defaultLimits, totalMs: defaultLimits.totalMs * this.options.seeds.length };
  }

  private find({ file, severity = 'error', ...found }: Found): void {
    this.findings.push({ exercise: this.id, severity, path: `${this.id}/${file}`, ...found });
  }

  /** All that needs no run. The checks, or `undefined` where a run would say nothing more. */
  private async readAll(): Promise<readonly AuthoredCheck[] | undefined> {
    const { source } = this.options;
    const { missing, stray, translations } = await exerciseFiles(source.files, this.id);
    missing.forEach((file) => this.find({ property: 'files', file, message: `${file} is missing. Write it.` }));
    stray.forEach((file) => {
      this.find({
        property: 'files',
        file,
        message: `${file} is no file of an exercise. Move it elsewhere, or remove it.`,
      });
    });
    await this.checkTodos(exerciseFileNames.filter((file) => !missing.includes(file)));
    const stepOrder = missing.includes('lesson.md') ? [] : await this.checkLesson();
    if (!missing.includes('hints.md')) {
      await this.checkHints();
    }
    for (const file of translations) {
      await this.checkTranslation(file, stepOrder);
    }
    if (missing.some((file) => file.endsWith('.ts'))) {
      return undefined;
    }
    const checks = await this.authoredChecks();
    this.checkSteps(checks ?? [], stepOrder);
    return checks;
  }

  private async checkTodos(present: readonly string[]): Promise<void> {
    for (const file of present) {
      for (const { line, words } of todosIn(file, await readChecked(this.options.source.files, `${this.id}/${file}`))) {
        const message = words === '' ? 'A TODO is left.' : `A TODO is left: ${words}`;
        this.find({ property: 'todos', file, line, message });
      }
    }
  }

  private async checkLesson(): Promise<readonly string[]> {
    const lesson = await readLesson(this.options.source, this.id);
    lesson.problems.forEach((problem) => this.find({ property: 'lesson', file: 'lesson.md', ...problem }));
    if (lesson.stepOrder.length === 0) {
      const message = 'The lesson has no derivation step. Write at least one, as :::step id Title … :::.';
      this.find({ property: 'lesson', file: 'lesson.md', message });
    }
    return lesson.stepOrder;
  }

  /** A translation is held to what its original is, and its derivation has the same steps: checks name them by id. */
  private async checkTranslation(file: string, stepOrder: readonly string[]): Promise<void> {
    const { files, course } = this.options.source;
    const source = new CourseSource(files, course, localeOf(file));
    if (!file.startsWith('lesson.')) {
      const { problems } = renderHints(await source.hints(this.id));
      problems.forEach((problem) => this.find({ property: 'hints', file, ...problem }));
      return;
    }
    const translated = await readLesson(source, this.id);
    translated.problems.forEach((problem) => this.find({ property: 'lesson', file, ...problem }));
    if (translated.stepOrder.join(', ') !== stepOrder.join(', ')) {
      const message = `Its steps are ${translated.stepOrder.join(', ')}, and those of lesson.md ${stepOrder.join(', ')}. Give it the same, in the same order.`;
      this.find({ property: 'lesson', file, message });
    }
  }

  private async checkHints(): Promise<void> {
    const { hints, problems } = renderHints(await this.options.source.hints(this.id));
    problems.forEach((problem) => this.find({ property: 'hints', file: 'hints.md', ...problem }));
    if (hints.length < 3) {
      const message = `Hints so far: ${hints.length}. Write at least three, from a nudge to nearly there.`;
      this.find({ property: 'hints', file: 'hints.md', message });
    }
  }

  private checkSteps(checks: readonly AuthoredCheck[], stepOrder: readonly string[]): void {
    for (const { sentence, step } of checks) {
      if (step !== undefined && !stepOrder.includes(step)) {
        const known = stepOrder.length > 0 ? `has ${stepOrder.join(', ')}` : 'has none';
        const message = `“${sentence}” names the step ${step}, but the lesson ${known}. Correct the name, or write that step.`;
        this.find({ property: 'steps', file: 'checks.ts', message });
      }
    }
    const untested = stepOrder.filter((id) => !checks.some(({ step }) => step === id));
    untested.forEach((id) => {
      const message = `No check tests the step ${id}. Let one name it, or ask whether learners need the step.`;
      this.find({ property: 'steps', severity: 'warning', file: 'lesson.md', message });
    });
  }

  private async authoredChecks(): Promise<readonly AuthoredCheck[] | undefined> {
    const { source, evaluate } = this.options;
    try {
      const submission = await this.submission({ text: await source.stub(this.id), seed: 0 });
      const { checks } = prepareAuthor(submission, { evaluate, compile: compileModule });
      return Object.entries(checks).map(([sentence, { step }]) => ({
        sentence,
        ...(step === undefined ? {} : { step }),
      }));
    } catch (error) {
      if (!(error instanceof HarnessProblem)) {
        const { message } = problemOf(this.id, error);
        this.find({ property: 'files', file: 'checks.ts', message });
      } else {
        this.find({ property: 'checks', file: 'checks.ts', message: error.message });
      }
      return undefined;
    }
  }

  private async checkStub(): Promise<void> {
    const { source, seeds } = this.options;
    const stub = await source.stub(this.id);
    const [ofStub, ofSolution] = [stub, await source.solution(this.id)].map((text) => {
      const compiled = compileModule({ exercise: this.id, text });
      return compiled.ok ? [...compiled.module.exports].sort() : undefined;
    });
    if (ofStub !== undefined && ofSolution !== undefined && ofStub.join() !== ofSolution.join()) {
      const message = `The stub exports ${ofStub.join(', ')}; the solution exports ${ofSolution.join(', ')}. Let them export the same.`;
      this.find({ property: 'stub', file: 'stub.ts', message });
    }
    const report = await this.judge(stub, { what: 'stub', seed: seeds[0] ?? 0 });
    if (report.verdict !== 'notStarted') {
      const message = `The stub's verdict is ${report.verdict}: ${report.sentence} Its functions should only throw new Error('TODO: …').`;
      this.find({ property: 'stub', file: 'stub.ts', message });
      return;
    }
    for (const { sentence, outcome } of report.checks) {
      if (outcome.status !== 'notStarted' && outcome.status !== 'notRun') {
        const message = `“${sentence}” says ${outcome.status} for the stub, so it never reaches the TODO. Let it call what the learner writes first.`;
        this.find({ property: 'stub', file: 'checks.ts', message });
      }
    }
  }

  private async checkSolution(): Promise<void> {
    const { source, seeds, backends } = this.options;
    const solution = await source.solution(this.id);
    const [seed = 0, ...moreSeeds] = seeds;
    for (const backend of backends) {
      // On the learners' own path as they take it; what differs on another backend is the arithmetic alone.
      const by = backend === 'auto' ? undefined : this.options.quick;
      const run = { what: `solution on ${backend}`, seed, moreSeeds, backend, by, limits: this.limitsForAllSeeds };
      const report = await this.judge(solution, run);
      if (report.verdict !== 'passed') {
        const message = `On ${backend} with seed ${failingSeed(report)} the solution's verdict is ${report.verdict}. ${failuresOf(report)} Mend the solution or the check.`;
        this.find({ property: 'solution', file: 'solution.ts', message });
      }
    }
  }

  private async checkMutants(checks: readonly AuthoredCheck[]): Promise<void> {
    const { source, evaluate } = this.options;
    const read = readMutants(await source.mutants(this.id), this.id, evaluate);
    if (!read.ok) {
      this.find({ property: 'mutants', file: 'mutants.ts', message: read.message, line: read.line });
      return;
    }
    const names = read.mutants.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      this.find({
        property: 'mutants',
        file: 'mutants.ts',
        message: `Two mutants are called “${twice}”. Name one anew.`,
      });
    }
    const solution = await source.solution(this.id);
    const automatic = automaticMutants({ exercise: this.id, text: solution });
    for (const equivalent of read.equivalent.filter((given) => !automatic.some((mutant) => isSame(mutant, given)))) {
      const { at, from, to } = equivalent;
      const message = `equivalent lists “${from}” as “${to}” at “${at}”, but no automatic mutant of solution.ts is that. Remove it, or copy it anew from npm run course -- --full.`;
      this.find({ property: 'mutants', file: 'mutants.ts', message });
    }
    for (const mutant of read.mutants) {
      await this.checkMutant(mutant, { solution, checks });
    }
    for (const sentence of await this.idleChecks(read.mutants, { solution, checks })) {
      const message = `“${sentence}” fails for no mutant, so nothing shows that it tests anything. Add the mistake that it is there to catch.`;
      this.find({ property: 'checks', file: 'mutants.ts', message });
    }
  }

  /** The checks that fail for no mutant. Those that a mutant names have been seen to fail; the others are tried on every mutant. */
  private async idleChecks(
    mutants: readonly ReadMutant[],
    { solution, checks }: { readonly solution: string; readonly checks: readonly AuthoredCheck[] },
  ): Promise<readonly string[]> {
    const shown = this.outcomes.filter(({ isCaught }) => isCaught).map(({ caughtBy }) => caughtBy);
    let idle = checks.map(({ sentence }) => sentence).filter((sentence) => !shown.includes(sentence));
    for (const mutant of mutants) {
      const made = applyMutant(mutant, solution);
      if (idle.length === 0 || !made.ok) continue;
      const failed = await this.failedChecks(made.text, { name: mutant.name, only: idle });
      idle = idle.filter((sentence) => !failed.includes(sentence));
    }
    return idle;
  }

  /** The checks that fail for a mutant under the first seed: all that do, or those of `only`. */
  private async failedChecks(
    text: string,
    { name, only }: { readonly name: string; readonly only?: readonly string[] },
  ): Promise<readonly string[]> {
    const run = { what: `mutant “${name}”, further checks`, seed: this.options.seeds[0] ?? 0, by: this.options.quick };
    const report = await this.judge(text, only === undefined ? run : { ...run, only });
    return report.checks.filter(isCaught).map(({ sentence }) => sentence);
  }

  private async checkMutant(
    mutant: ReadMutant,
    { solution, checks }: { readonly solution: string; readonly checks: readonly AuthoredCheck[] },
  ): Promise<void> {
    const { name, caughtBy } = mutant;
    const find = (words: string): void => {
      this.find({ property: 'mutants', file: 'mutants.ts', message: `The mutant “${name}”: ${words}` });
    };
    if (!checks.some(({ sentence }) => sentence === caughtBy)) {
      find(`caughtBy is “${caughtBy}”, but there is no such check. Copy the sentence from checks.ts.`);
      return;
    }
    const made = applyMutant(mutant, solution);
    if (!made.ok) {
      find(made.message);
      return;
    }
    // The check that it names, and no other: a mistake of one line need not train a network in seven further checks.
    const [seed = 0, ...moreSeeds] = this.options.seeds;
    const run = {
      what: `mutant “${name}”`,
      seed,
      moreSeeds,
      mustFail: caughtBy,
      only: [caughtBy],
      by: this.options.quick,
      limits: this.limitsForAllSeeds,
    };
    const report = await this.judge(made.text, run);
    if (report.verdict === 'didNotCompile') {
      find(
        `it does not compile: ${report.compileProblem?.message ?? report.sentence} Write one that a learner could run.`,
      );
      return;
    }
    if (report.verdict === 'harnessFailed') {
      find(`the harness failed on it: ${report.harnessProblem ?? report.sentence}`);
      return;
    }
    const named = report.checks.find(({ sentence }) => sentence === caughtBy);
    const caught = named !== undefined && isCaught(named);
    if (!caught) {
      const failed = await this.failedChecks(made.text, { name });
      const others = failed.length > 0 ? ` It fails “${failed.join('”, “')}”.` : ` Its verdict is ${report.verdict}.`;
      find(
        `with seed ${named?.seed ?? seed} “${caughtBy}” does not fail.${others} Sharpen that check, or name the one that catches it.`,
      );
    }
    this.outcomes.push({ name, caughtBy, isCaught: caught });
  }

  private async checkLab(): Promise<void> {
    const { source, exercise, labs, seeds } = this.options;
    if (exercise.lab === undefined) {
      return;
    }
    this.options.onProgress?.(`${this.id}: lab`);
    const learnerText = await source.solution(this.id);
    const job = await composeLab({ source, exercise, learnerText, earlierWork: () => Promise.resolve(undefined) });
    const problems =
      labs === undefined
        ? ['There is nothing here to run it in.']
        : await labProblems({ job, labs, kind: exercise.lab, seed: seeds[0] ?? 0 });
    problems.forEach((message) => this.find({ property: 'lab', file: labFileName, message }));
  }

  private async judge(
    text: string,
    run: RunSettings & { readonly what: string; readonly by?: QuickJudge | undefined },
  ): Promise<Report> {
    const { what, by = this.options.runner, ...settings } = run;
    this.options.onProgress?.(`${this.id}: ${what}, seed ${settings.seed}`);
    const submission = await this.submission({ text, ...settings });
    const { seed, moreSeeds, mustFail } = settings;
    return await by.check({
      ...submission,
      seed,
      ...(moreSeeds === undefined ? {} : { moreSeeds }),
      ...(mustFail === undefined ? {} : { mustFail }),
    });
  }

  private async submission({
    text,
    moreSeeds: _,
    mustFail: __,
    ...settings
  }: RunSettings & { readonly text: string }): Promise<Submission> {
    const { source, exercise } = this.options;
    return await composeSubmission({
      source,
      exercise,
      learnerText: text,
      earlierWork: () => Promise.resolve(undefined),
      ...settings,
    });
  }
}

interface RunSettings extends Partial<Pick<Submission, 'backend' | 'limits' | 'moreSeeds' | 'mustFail' | 'only'>> {
  readonly seed: number;
}

interface AuthoredCheck {
  readonly sentence: string;
  readonly step?: string;
}
