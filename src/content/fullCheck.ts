/**
 * The part of the author check that takes its time: the solution under a hundred seeds on every backend, and automatic
 * mutants of it, each of which some check has to fail. A survivor is a finding with its place and its mend; one that
 * the author lists as equivalent, with a reason, is none.
 */
import type { Exercise, ExerciseId } from '../course/course';
import { automaticMutants } from '../harness/compile/automaticMutants';
import type { AutomaticMutant } from '../harness/compile/automaticMutants';
import type { Submission } from '../harness/submission';
import { everyBackend } from './authorCheck';
import type { Finding, QuickJudge } from './authorCheck';
import { composeSubmission } from './composeSubmission';
import type { CourseSource } from './courseSource';
import { failingSeed, failuresOf, isCaught } from './failures';
import { isSame, readMutants } from './mutants';
import type { Evaluate } from './mutants';

/** How the automatic mutants of an exercise fared. */
export interface MutationScore {
  readonly exercise: ExerciseId;
  /** Those that could be run at all. */
  readonly total: number;
  /** Those that some check failed, the endless ones not among them. */
  readonly caught: number;
  /** Those that never came to an end: caught by the time limit. */
  readonly endless: number;
  readonly equivalent: number;
  readonly survived: number;
}

export interface FullReport {
  readonly findings: readonly Finding[];
  readonly score: MutationScore;
}

export interface FullCheckOptions {
  readonly source: CourseSource;
  readonly exercise: Exercise;
  readonly quick: QuickJudge;
  readonly evaluate: Evaluate;
  readonly seedCount: number;
  readonly onProgress?: (words: string) => void;
}

/** Seeds that a mutant has to survive. */
const mutantSeeds = [2, 3];
/** A mutant that takes longer than this for one call will not come back: no call of a solution's takes a tenth of it. */
const mutantLimits = { callMs: 500, totalMs: 20_000 };
const solutionTotalMs = 300_000;

type Fate = 'caught' | 'endless' | 'survived' | 'notRunnable' | { readonly fault: string };

export async function checkFully(options: FullCheckOptions): Promise<FullReport> {
  const { source, exercise } = options;
  const findings: Finding[] = [];
  const find = ({ file, ...found }: Pick<Finding, 'property' | 'message' | 'line'> & { readonly file: string }): void =>
    void findings.push({ exercise: exercise.id, severity: 'error', path: `${exercise.id}/${file}`, ...found });
  for (const message of await failingSeeds(options)) {
    find({ property: 'seeds', file: 'solution.ts', message });
  }
  const solution = await source.solution(exercise.id);
  const read = readMutants(await source.mutants(exercise.id), exercise.id, options.evaluate);
  const listed = read.ok ? read.equivalent : [];
  const all = automaticMutants({ exercise: exercise.id, text: solution });
  const count = { total: 0, caught: 0, endless: 0, equivalent: 0, survived: 0 };
  for (const [index, mutant] of all.entries()) {
    options.onProgress?.(`${exercise.id}: automatic mutant ${index + 1} of ${all.length}`);
    const { fate, failed } = await fateOf(mutant, options);
    const { line } = mutant;
    if (typeof fate === 'object') {
      const message = `The checks themselves go wrong over ${inWords(mutant)}: ${fate.fault} A check takes nothing of an answer for granted (answer?.dW).`;
      find({ property: 'automatic', file: 'solution.ts', line, message });
      continue;
    }
    if (fate === 'notRunnable') {
      continue;
    }
    count.total += 1;
    const isListed = listed.some((given) => isSame(mutant, given));
    if (isListed && fate === 'survived') {
      count.equivalent += 1;
      continue;
    }
    count[fate] += 1;
    if (isListed) {
      const by = failed === undefined ? 'runs for ever' : `fails “${failed}”`;
      const message = `equivalent lists ${inWords(mutant)}, but it ${by}. Remove it from the list.`;
      find({ property: 'automatic', file: 'mutants.ts', message });
    } else if (fate === 'survived') {
      const message =
        `No check fails over ${inWords(mutant)}. Sharpen a check or add one; if nothing that a check can see changes, ` +
        `list it in mutants.ts: export const equivalent = defineEquivalent([${entryFor(mutant)}]);`;
      find({ property: 'automatic', file: 'solution.ts', line, message });
    }
  }
  return { findings, score: { exercise: exercise.id, ...count } };
}

async function failingSeeds({ source, exercise, quick, seedCount, onProgress }: FullCheckOptions): Promise<string[]> {
  const learnerText = await source.solution(exercise.id);
  const found: string[] = [];
  for (const backend of everyBackend) {
    onProgress?.(`${exercise.id}: solution on ${backend}, ${seedCount} seeds`);
    const submission = await submissionOf({ source, exercise, learnerText, backend, seedCount });
    const { limits } = submission;
    const report = await quick.check({ ...submission, limits: { ...limits, totalMs: solutionTotalMs } });
    if (report.verdict !== 'passed') {
      found.push(
        `On ${backend} with seed ${failingSeed(report)} the solution's verdict is ${report.verdict}. ${failuresOf(report)} Mend the solution or the check.`,
      );
    }
  }
  return found;
}

async function fateOf(
  { text }: AutomaticMutant,
  { source, exercise, quick }: FullCheckOptions,
): Promise<{ readonly fate: Fate; readonly failed?: string | undefined }> {
  const submission = await submissionOf({ source, exercise, learnerText: text, backend: 'auto', seedCount: 1 });
  const limits = { ...submission.limits, ...mutantLimits };
  const report = await quick.check({ ...submission, moreSeeds: mutantSeeds, untilFailure: true, limits });
  const failed = report.checks.find(isCaught)?.sentence;
  switch (report.verdict) {
    case 'passed':
      return { fate: 'survived' };
    case 'didNotCompile':
    case 'cancelled':
      return { fate: 'notRunnable' };
    case 'timedOut':
      return { fate: 'endless' };
    case 'harnessFailed':
      return { fate: { fault: failuresOf(report) } };
    case 'failed':
    case 'threw':
    case 'outOfMemory':
    case 'notStarted':
      return { fate: 'caught', failed };
    default:
      return report.verdict satisfies never;
  }
}

interface Trial extends Pick<FullCheckOptions, 'source' | 'exercise' | 'seedCount'> {
  readonly learnerText: string;
  readonly backend: Submission['backend'];
}

async function submissionOf({
  source,
  exercise,
  learnerText,
  backend,
  seedCount,
}: Trial): Promise<Submission & { readonly seed: number }> {
  const submission = await composeSubmission({
    source,
    exercise,
    learnerText,
    backend,
    earlierWork: () => Promise.resolve(undefined),
    seed: 1,
  });
  return { ...submission, seed: 1, moreSeeds: Array.from({ length: seedCount - 1 }, (_, index) => index + 2) };
}

function inWords({ from, to }: AutomaticMutant): string {
  return to === '' ? `leaving out “${from}”` : `“${from}” written as “${to}”`;
}

function entryFor({ at, from, to }: AutomaticMutant): string {
  return `{ at: ${quoted(at)}, from: ${quoted(from)}, to: ${quoted(to)}, because: '…' }`;
}

/** As Prettier writes it. */
function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\');
  return text.includes("'") && !text.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}
