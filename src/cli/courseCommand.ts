/**
 * `groundup course`: the author check, with its findings and a table of the mutants that were caught. With `full` come
 * the hundred seeds and the automatic mutants, and the committed table of scores is brought up to date.
 */
import { checkExercise, everyBackend, fullProperties, properties } from '../content/authorCheck';
import type { AuthorReport, Finding, QuickJudge } from '../content/authorCheck';
import { checkCourse } from '../content/checkCourse';
import type { ContentProblem } from '../content/courseFile';
import type { CourseFiles } from '../content/courseFiles';
import type { Exercise } from '../course/course';
import { exercisesOf, foundationsOf } from '../course/course';
import { exerciseFileNames } from '../content/exerciseFiles';
import type { CourseSource } from '../content/courseSource';
import { checkFully } from '../content/fullCheck';
import type { FullReport } from '../content/fullCheck';
import { contentOf, readScores, renderScores, scoreWords } from '../content/mutationScores';
import type { ScoreRow } from '../content/mutationScores';
import type { Runner } from '../harness/runner';
import type { RunHost } from '../harness/runs/runHost';
import { evaluateHere } from './evaluate';
import type { FullRun } from './fullRun';
import type { Terminal } from './terminal';

export interface CourseCommandOptions {
  readonly files: CourseFiles;
  readonly runner: Runner;
  /** Judges the mutants, of which there are many; the runner does where there is no other. */
  readonly quick?: QuickJudge | undefined;
  /** Runs the labs of the exercises that have one. */
  readonly labs?: RunHost | undefined;
  readonly terminal: Terminal;
  /** Exercises to check; none means all of them. */
  readonly ids: readonly string[];
  readonly seedCount: number;
  /** Asks for the full run; without it seeds are few and no mutant is automatic. */
  readonly full?: FullRun | undefined;
}

/** How many seeds the full run tries the solution with. */
const fullSeedCount = 100;

/** Resolves with the exit code: 0 nothing to say, 1 findings, 2 the course or the request cannot be read. */
export async function courseCommand({
  files,
  runner,
  quick = runner,
  labs,
  terminal,
  ids,
  seedCount,
  full,
}: CourseCommandOptions): Promise<number> {
  const { source, problems } = await checkCourse(files);
  problems.forEach((problem) => terminal.print(problemLine(problem)));
  if (source === undefined) {
    return 2;
  }
  const all = exercisesOf(source.course);
  const unknown = ids.filter((id) => !all.some((exercise) => exercise.id === id));
  if (unknown.length > 0) {
    const known = all.map(({ id }) => id).join(', ');
    terminal.print(`The course has no exercise ${unknown.join(', ')}. It has ${known === '' ? 'none' : known}.`);
    return 2;
  }
  const wanted = ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
  const reports: AuthorReport[] = [];
  const scores: ScoreRow[] = [];
  for (const exercise of wanted) {
    const onProgress = (words: string): void => terminal.progress(words);
    const make = async (): Promise<Checked> => {
      const seeds = Array.from({ length: seedCount }, (_, index) => index + 1);
      const common = { source, exercise, quick, labs, evaluate: evaluateHere, onProgress };
      const report = await checkExercise({ ...common, runner, seeds, backends: everyBackend });
      // Where the ordinary check has errors, every mutant would only say so again.
      return full === undefined || hasErrors(report)
        ? { report }
        : { report, full: await checkFully({ ...common, seedCount: fullSeedCount }) };
    };
    const keep = ({ report, full: fully }: Checked): boolean => !hasErrors(report) && fully?.findings.length === 0;
    const checked =
      full === undefined
        ? await make()
        : await full.remember([...(await partsOf(source, exercise)), `${seedCount}`], { make, keep });
    const findings = [...checked.report.findings, ...(checked.full?.findings ?? [])];
    const report = { ...checked.report, findings };
    terminal.progress('');
    terminal.print(exerciseLines(exercise, report).join('\n'));
    reports.push(report);
    if (checked.full !== undefined) {
      const content = await contentOf(source, exercise.id);
      scores.push({ ...checked.full.score, written: report.mutants.length, content });
    }
  }
  terminal.print('', ...mutantTable(reports));
  if (full !== undefined) {
    const others = readScores(await full.readScores()).filter(
      (row) => !scores.some((own) => own.exercise === row.exercise),
    );
    const order = all.map(({ id }) => id);
    await full.writeScores(renderScores([...others, ...scores], order));
    terminal.print('', ...scoreTable(scores));
  }
  const errors =
    reports.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error').length + problems.length;
  terminal.print('', errors === 0 ? 'Nothing to mend.' : `${errors} to mend.`);
  return errors === 0 ? 0 : 1;
}

interface Checked {
  readonly report: AuthorReport;
  readonly full?: FullReport;
}

function hasErrors({ findings }: AuthorReport): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** All text that the check of an exercise depends on. */
async function partsOf(source: CourseSource, { id, offers }: Exercise): Promise<readonly string[]> {
  const entries = await source.files.list(id);
  const names = [
    ...new Set([...exerciseFileNames, ...entries.filter(({ kind }) => kind === 'file').map(({ name }) => name)]),
  ];
  const texts = names.sort().map(async (name) => `${name}\n${await source.data(id, name).catch(() => '')}`);
  const foundations = foundationsOf(source.course, id).map((earlier) => source.solution(earlier.id));
  const known = exercisesOf(source.course).map((exercise) => exercise.id);
  return [id, JSON.stringify(offers ?? null), known.join(), ...(await Promise.all([...texts, ...foundations]))];
}

function problemLine({ path, line, message }: ContentProblem): string {
  return `${path}:${line}  ${message}`;
}

function exerciseLines(exercise: Exercise, { findings }: AuthorReport): string[] {
  const isWrong = findings.some(({ severity }) => severity === 'error');
  return [
    `${isWrong ? '✗' : '✓'} ${exercise.id}  ${exercise.title}`,
    ...findings.map(
      (finding: Finding) =>
        `    ${finding.severity === 'warning' ? 'warning, ' : ''}${finding.path}${finding.line === undefined ? '' : `:${finding.line}`}\n` +
        `      it ${{ ...properties, ...fullProperties }[finding.property]}?\n      ${finding.message}`,
    ),
  ];
}

/** For each exercise: checks, mutants, and how many of them fail the check that they name. */
function mutantTable(reports: readonly AuthorReport[]): string[] {
  const rows = reports.map(({ exercise, checkCount, mutants, findings }) => {
    const escaped = findings.filter(({ property }) => property === 'mutants').length;
    const caught = mutants.filter(({ isCaught }) => isCaught).length;
    return [exercise, String(checkCount), String(mutants.length), String(caught), String(escaped)];
  });
  const table = [['exercise', 'checks', 'mutants run', 'caught', 'findings'], ...rows];
  return aligned(table);
}

/** For each exercise: the automatic mutants, what became of them, and the score. */
function scoreTable(scores: readonly ScoreRow[]): string[] {
  const rows = scores.map((row) => {
    const { exercise, total, caught, endless, equivalent, survived } = row;
    return [exercise, ...[total, caught, endless, equivalent, survived].map(String), scoreWords(row)];
  });
  return aligned([['exercise', 'automatic', 'caught', 'endless', 'equivalent', 'survive', 'score'], ...rows]);
}

function aligned(table: readonly (readonly string[])[]): string[] {
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}
