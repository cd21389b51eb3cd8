/**
 * `groundup` from its arguments to its exit code. Exit codes: 0 all is well, 1 something did not pass or is to be
 * mended, 2 the request could not be carried out.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { CourseSource } from '../content/courseSource';
import { loadCourse } from '../content/loadCourse';
import type { Course } from '../course/course';
import { ChildRunHost } from '../harness/child/childRunHost';
import { ChildRunner } from '../harness/child/childRunner';
import type { ChildRunnerOptions } from '../harness/child/childRunner';
import { ThreadRunner } from '../harness/child/threadRunner';
import type { Runner } from '../harness/runner';
import type { Submission } from '../harness/submission';
import { checkCommand } from './checkCommand';
import type { CommandName, Options } from './commandLine';
import { oneOf, readCommandLine, wholeNumber } from './commandLine';
import { courseCommand } from './courseCommand';
import { evaluateHere } from './evaluate';
import { createFullRun } from './fullRun';
import { gradeCommand } from './gradeCommand';
import type { Installation } from './installation';
import { listCommand } from './listCommand';
import { newCommand } from './newCommand';
import { nodeCourseFiles } from './nodeCourseFiles';
import { openCommand } from './openCommand';
import { Output } from './output';
import { hintCommand, lessonCommand } from './readCommands';
import type { ReporterName } from './reporters/reporter';
import { reporterNames } from './reporters/reporter';
import type { Screen } from './terminal';
import { tryCommand } from './tryCommand';

export interface Surroundings {
  readonly screen: Screen;
  readonly installation: Installation;
  /** Given when a person wants `--watch` to end. */
  readonly signal: AbortSignal;
}

/** Resolves with the exit code. Rejects only with faults of our own. */
export async function groundup(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { screen, installation } = surroundings;
  const request = readCommandLine(args);
  switch (request.kind) {
    case 'help':
      screen.print(request.text);
      return 0;
    case 'version':
      screen.print(await installation.version());
      return 0;
    case 'wrong':
      screen.note(request.text);
      return 2;
    case 'command': {
      const settings = readSettings(request.options);
      if ('problem' in settings) {
        screen.note(settings.problem);
        return 2;
      }
      return await new Invocation({ ...request, ...surroundings, settings }).run();
    }
    default:
      return request satisfies never;
  }
}

interface Settings {
  readonly reporter: ReporterName;
  readonly processes: number;
  readonly seeds: number;
  readonly seed: number | undefined;
  readonly backend: Submission['backend'] | undefined;
}

function readSettings(options: Options): Settings | { readonly problem: string } {
  const reporter = oneOf(options, { name: 'reporter', words: reporterNames });
  const backend = oneOf(options, { name: 'backend', words: ['auto', 'loops', 'gpu.js'] });
  const processes = wholeNumber(options, { name: 'processes', low: 1, high: 256 });
  const seed = wholeNumber(options, { name: 'seed', low: 0, high: 2 ** 32 - 1 });
  const seeds = wholeNumber(options, { name: 'seeds', low: 1, high: 100 });
  for (const read of [reporter, backend, processes, seed, seeds]) {
    if (typeof read === 'object') return read;
  }
  return {
    reporter: typeof reporter === 'string' ? reporter : 'pretty',
    backend: typeof backend === 'string' ? backend : undefined,
    processes: typeof processes === 'number' ? processes : availableParallelism(),
    seed: typeof seed === 'number' ? seed : undefined,
    seeds: typeof seeds === 'number' ? seeds : 3,
  };
}

interface InvocationOptions extends Surroundings {
  readonly command: CommandName;
  readonly operands: readonly string[];
  readonly options: Options;
  readonly settings: Settings;
}

class Invocation {
  private readonly files;

  constructor(private readonly given: InvocationOptions) {
    this.files = nodeCourseFiles(this.courseFolder);
  }

  async run(): Promise<number> {
    const { command, operands, options, screen } = this.given;
    const [operand = ''] = operands;
    const { folder } = this;
    switch (command) {
      case 'new':
        return await newCommand({ folder: this.courseFolder, id: operand, title: textOf(options, 'title'), screen });
      case 'course':
        return await this.checkCourse();
      case 'list':
        return await this.withCourse((source) => listCommand({ course: source.course, folder, screen }));
      case 'lesson':
        return await this.withCourse((source) => lessonCommand({ source, screen, id: operand }));
      case 'hint':
        return await this.withCourse((source) => hintCommand({ source, screen, id: operand, folder }));
      case 'start':
        return await this.open({ folder: operand === '' ? '.' : operand, id: undefined });
      case 'open':
        return await this.open({ folder, id: operands[0] });
      case 'check':
        return await this.check();
      case 'try':
        return await this.tryFunction();
      case 'grade':
        return await this.grade();
      default:
        return command satisfies never;
    }
  }

  private async checkCourse(): Promise<number> {
    const { installation, operands, options, screen, settings } = this.given;
    const { courseFolder, files } = this;
    const { bundles, memory } = installation;
    const full = options.full === true ? await createFullRun({ courseFolder, bundles, memory }) : undefined;
    const quick = new ThreadRunner({ ...installation.thread, evaluate: evaluateHere });
    const labs = new ChildRunHost({ runPath: installation.run });
    const command = { files, quick, labs, terminal: screen, ids: operands, seedCount: settings.seeds, full };
    try {
      return await this.withRunner({ keepSpare: false, compileAhead: true }, (runner) =>
        courseCommand({ ...command, runner }),
      );
    } finally {
      quick.dispose();
      labs.dispose();
    }
  }

  private get courseFolder(): string {
    const { options, installation } = this.given;
    return path.resolve(textOf(options, 'course') ?? installation.exercises);
  }

  private get folder(): string {
    return path.resolve(textOf(this.given.options, 'folder') ?? '.');
  }

  private open(what: { readonly folder: string; readonly id: string | undefined }): Promise<number> {
    const { installation, screen, options } = this.given;
    const mayUseForeign = options.yes === true;
    return this.withCourse((source) => openCommand({ source, installation, screen, mayUseForeign, ...what }));
  }

  private async check(): Promise<number> {
    const { operands, options, screen, settings, signal } = this.given;
    const problem = checkProblem(operands, { options, settings });
    if (problem !== undefined) {
      screen.note(problem);
      return 2;
    }
    const isWatching = options.watch === true;
    return await this.withCourse(async (source) => {
      const output = await this.output();
      // A spare process is worth its while where a person waits for the next check.
      const compileAhead = operands.length !== 1;
      return await this.withRunner({ keepSpare: isWatching, compileAhead }, (runner) =>
        checkCommand({
          source,
          runner,
          screen,
          output,
          targets: operands,
          folder: this.folder,
          ...settings,
          watchUntil: isWatching ? signal : undefined,
        }),
      );
    });
  }

  private async tryFunction(): Promise<number> {
    const { operands, options, screen, settings } = this.given;
    const [id = '', name = '', ...texts] = operands;
    const what = { id, function: name, texts, threads: textOf(options, 'threads') };
    const withReference = options.reference === true;
    const { folder } = this;
    return await this.withCourse((source) =>
      this.withRunner({ keepSpare: false }, (runner) =>
        tryCommand({ source, runner, screen, folder, ...what, withReference, backend: settings.backend }),
      ),
    );
  }

  private async grade(): Promise<number> {
    const { operands, options, screen, settings } = this.given;
    const only = (textOf(options, 'only') ?? '').split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]));
    return await this.withCourse(async (source) => {
      const output = await this.output();
      return await this.withRunner({ keepSpare: false, compileAhead: true }, (runner) =>
        gradeCommand({ source, runner, screen, output, folders: operands, only, ...settings }),
      );
    });
  }

  private async output(): Promise<Output> {
    const { options, screen, settings, installation } = this.given;
    const version = await installation.version();
    return new Output({ screen, reporter: settings.reporter, file: textOf(options, 'output'), version });
  }

  private async withCourse(run: (source: CourseSource) => Promise<number>): Promise<number> {
    const { course, problems } = await loadCourse(this.files);
    const lines = problems.map(
      ({ path: file, line, message }) => `${path.join(this.courseFolder, file)}:${line}  ${message}`,
    );
    this.given.screen.note(...lines);
    return course === undefined ? 2 : await run(new CourseSource(this.files, course satisfies Course));
  }

  private async withRunner(
    options: Pick<ChildRunnerOptions, 'keepSpare' | 'compileAhead'>,
    run: (runner: Runner) => Promise<number>,
  ): Promise<number> {
    const runner = new ChildRunner({ judgePath: this.given.installation.judge, ...options });
    try {
      return await run(runner);
    } finally {
      runner.dispose();
    }
  }
}

function textOf(options: Options, name: keyof Options): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** What does not go together, in one sentence. */
function checkProblem(
  operands: readonly string[],
  { options, settings }: { readonly options: Options; readonly settings: Settings },
): string | undefined {
  if (operands.length === 0 && options.all !== true) {
    return 'Name an exercise or a file to check, or say --all for every exercise that you have opened.';
  }
  if (operands.length > 0 && options.all === true) {
    return `--all checks everything; leave it out to check ${operands.join(' ')} alone.`;
  }
  if (options.watch === true && settings.reporter !== 'pretty' && options.output === undefined) {
    return `--watch writes for a person, again and again. For ${settings.reporter}, name a file with --output, or leave --watch out.`;
  }
  return undefined;
}
