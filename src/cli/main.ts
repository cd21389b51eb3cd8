/**
 * `groundup` in a terminal: list the course, check an exercise of a learner's folder, and for authors check the course
 * itself. Exit codes: 0 all is well, 1 something is to be mended, 2 the request could not be carried out.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CourseSource } from '../content/courseSource';
import { loadCourse } from '../content/loadCourse';
import { ChildRunner } from '../harness/child/childRunner';
import { ThreadRunner } from '../harness/child/threadRunner';
import { checkCommand } from './checkCommand';
import { courseCommand } from './courseCommand';
import { evaluateHere } from './evaluate';
import { createFullRun } from './fullRun';
import { nodeCourseFiles } from './nodeCourseFiles';
import { processTerminal } from './terminal';

const usage = `Usage
  groundup list                               the exercises of the course, in order
  groundup check <id or file> [--folder dir]  check an exercise of a learner's folder (default: the present one)
  groundup course [ids…] [--seeds n] [--full] for authors: check the course itself, with n seeds (default 3);
                                              with --full also a hundred seeds and automatic mutants

Options
  --course dir   the course's folder (default: the one that is built in)
  --seed n       the seed of the check's inputs (default 1)`;

async function main(args: readonly string[]): Promise<number> {
  const terminal = processTerminal();
  const parsed = parse(args);
  if (typeof parsed === 'string') {
    terminal.print(parsed, '', usage);
    return 2;
  }
  const { command, rest, folder, courseFolder, seeds, seed } = parsed;
  const files = nodeCourseFiles(courseFolder);
  const withRunner = async (run: (runner: ChildRunner) => Promise<number>): Promise<number> => {
    const runner = new ChildRunner({ judgePath: path.join(__dirname, 'judge.js') });
    try {
      return await run(runner);
    } finally {
      runner.dispose();
    }
  };
  if (command === 'help') {
    terminal.print(usage);
    return 0;
  }
  if (command === 'course') {
    const memory = path.join(__dirname, '..', 'out', 'author-check');
    const full = parsed.full ? await createFullRun({ courseFolder, bundles: __dirname, memory }) : undefined;
    const quick = new ThreadRunner({
      threadPath: path.join(__dirname, 'learnerThread.js'),
      realmPath: path.join(__dirname, 'realm.js'),
      evaluate: evaluateHere,
    });
    const command = { files, quick, terminal, ids: rest, seedCount: seeds, full };
    return await withRunner((runner) => courseCommand({ ...command, runner })).finally(() => quick.dispose());
  }
  const { course, problems } = await loadCourse(files);
  if (course === undefined) {
    terminal.print(...problems.map(({ path: file, line, message }) => `${file}:${line}  ${message}`));
    return 2;
  }
  if (command === 'list') {
    for (const part of course.parts) {
      terminal.print(
        part.title,
        ...part.exercises.map(({ id, title, minutes }) => `  ${id}  ${title}, ${minutes} min`),
      );
    }
    return 0;
  }
  const [target] = rest;
  if (target === undefined) {
    terminal.print('Name an exercise or a file to check.', '', usage);
    return 2;
  }
  const source = new CourseSource(files, course);
  return await withRunner((runner) => checkCommand({ source, runner, terminal, target, folder, seed }));
}

interface Request {
  readonly command: 'list' | 'check' | 'course' | 'help';
  readonly rest: readonly string[];
  readonly folder: string;
  readonly courseFolder: string;
  readonly seeds: number;
  readonly seed: number;
  readonly full: boolean;
}

/** What is asked for, or one sentence on why that cannot be made out. */
function parse(args: readonly string[]): Request | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        folder: { type: 'string', default: '.' },
        course: { type: 'string', default: path.join(__dirname, '..', 'exercises') },
        seeds: { type: 'string', default: '3' },
        seed: { type: 'string', default: '1' },
        full: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [command = 'help', ...rest] = positionals;
    const [seeds, seed] = [Number(values.seeds), Number(values.seed)];
    if (!Number.isInteger(seeds) || seeds < 1 || seeds > 100 || !Number.isInteger(seed) || seed < 0) {
      return '--seeds is a whole number from 1 to 100, --seed a whole number from 0.';
    }
    if (command !== 'list' && command !== 'check' && command !== 'course' && command !== 'help') {
      return `There is no command ${command}.`;
    }
    const folders = { folder: path.resolve(values.folder), courseFolder: path.resolve(values.course) };
    return { command: values.help ? 'help' : command, rest, ...folders, seeds, seed, full: values.full };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
