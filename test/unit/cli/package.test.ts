/**
 * What a teacher gets: the package as npm packs it, installed into an empty folder without a network, and used there from
 * start to grade. The bundles in it are built here, so that this needs no dist/.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { readCommandLine } from '../../../src/cli/commandLine';
import { resultsSchema } from '../../../src/cli/reporters/resultsSchema';
import { elementsOf } from './xml';

interface ProcessScript {
  npmCommand(): { readonly command: string; readonly args: readonly string[]; readonly shell?: boolean };
}

async function script<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(path.resolve('scripts', name)).href)) as T;
}

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('The package', function () {
  this.timeout(120_000);
  let root: string;
  let groundup: string;
  let packed: readonly string[];

  /** Runs to the end, in an environment that holds nothing but the path and a home without settings. */
  function run(command: string, args: readonly string[], { cwd = root, shell = false } = {}): Promise<Ended> {
    const env = {
      PATH: process.env['PATH'],
      HOME: root,
      npm_config_cache: path.join(root, 'cache'),
      npm_config_offline: 'true',
    };
    return new Promise((resolve) => {
      execFile(command, [...args], { cwd, env, shell, encoding: 'utf8' }, (error, out, err) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
      });
    });
  }

  async function npm(args: readonly string[], cwd: string): Promise<string> {
    const found = (await script<ProcessScript>('processes.mjs')).npmCommand();
    const { code, out, err } = await run(found.command, [...found.args, ...args], { cwd, shell: found.shell ?? false });
    assert.equal(code, 0, err);
    return out;
  }

  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'package-'));
    const stage = path.join(root, 'stage');
    // One that is not meant for terminals is among them, and so is a map.
    const names = ['groundup', 'processes', 'judge', 'compileThread', 'learnerThread', 'watchdog', 'realm', 'results'];
    const { buildInto } = await import('../../../scripts/build.mjs');
    await buildInto(path.join(stage, 'dist'), names);
    await mkdir(path.join(stage, 'dist/types/tensor'), { recursive: true });
    await writeFile(path.join(stage, 'dist/types/tensor/index.d.ts'), 'export {};\n');
    for (const name of [
      'package.json',
      '.npmignore',
      '.gitignore',
      'README.md',
      'LICENSE',
      'exercises',
      'media',
      'src',
    ]) {
      await cp(name, path.join(stage, name), { recursive: true });
    }
    // What it is built from was built already.
    await npm(['pack', '--ignore-scripts', '--pack-destination', root], stage);
    const tarball = (await readdir(root)).find((name) => name.endsWith('.tgz')) ?? '';
    await npm(['install', '--global', '--prefix', path.join(root, 'prefix'), path.join(root, tarball)], root);
    const modules = path.join(root, process.platform === 'win32' ? 'prefix/node_modules' : 'prefix/lib/node_modules');
    const installed = path.join(modules, 'groundup');
    packed = (await readdir(installed, { recursive: true })).map((name) => name.replaceAll(path.sep, '/'));
    groundup = path.join(installed, 'dist/groundup.js');
    assert.deepEqual(await readdir(modules), ['groundup'], 'nothing else is installed with it');
  });
  after(() => rm(root, { recursive: true, force: true }));

  const inFolder = (cwd: string, ...args: readonly string[]): Promise<Ended> =>
    run(process.execPath, [groundup, ...args], { cwd });

  it('holds what a terminal needs, and nothing else', () => {
    for (const needed of [
      'dist/groundup.js',
      'dist/processes.js',
      'dist/judge.js',
      'dist/compileThread.js',
      'dist/realm.js',
      'dist/types/tensor/index.d.ts',
      'exercises/course.json',
      'exercises/tensors/matmul/checks.ts',
      'media/course.schema.json',
      'media/results.schema.json',
      'media/classroom.md',
      'media/classroom/github-classroom.yml',
      'README.md',
      'LICENSE',
    ]) {
      assert.ok(packed.includes(needed), `${needed} is missing`);
    }
    assert.deepEqual(
      packed.filter((name) => /\.map$|^src|results\.js$|screenshots|\.css$|node_modules/.test(name)),
      [],
    );
  });

  it('is put on the path as a command', async () => {
    const bin = path.join(root, process.platform === 'win32' ? 'prefix/groundup.cmd' : 'prefix/bin/groundup');
    const { code, out } = await run(bin, ['--version'], { shell: process.platform === 'win32' });
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly version: string };
    assert.deepEqual([code, out], [0, `${version}\n`]);
  });

  it('takes a learner from an empty folder to a passed exercise', async () => {
    const folder = path.join(root, 'mine');
    const started = await inFolder(root, 'start', 'mine');
    assert.deepEqual([started.code, started.err], [0, '']);
    const failed = await inFolder(folder, 'check', '--all');
    assert.equal(failed.code, 1);
    assert.match(failed.out, /✗ tensors\/create: .*still to be written/);
    const opened = await inFolder(folder, 'open', 'tensors/matmul');
    assert.equal(opened.code, 0);
    await cp('exercises/tensors/matmul/solution.ts', path.join(folder, 'tensors/matmul.ts'));
    const passed = await inFolder(folder, 'check', path.join('tensors', 'matmul.ts'));
    assert.deepEqual([passed.code, passed.err], [0, '']);
    const list = await inFolder(folder, 'list');
    assert.match(list.out, /✓ tensors\/matmul .*passed/);
    assert.doesNotMatch(passed.out + list.out, /\[\d+m/, 'no colours where nobody looks on');
  });

  it('grades two submissions into the reports that it promises, and exits as it promises', async () => {
    for (const [name, file] of [
      ['ada', 'solution.ts'],
      ['bob', 'stub.ts'],
    ] as const) {
      await mkdir(path.join(root, name, 'tensors'), { recursive: true });
      await cp(`exercises/tensors/matmul/${file}`, path.join(root, name, 'tensors/matmul.ts'));
    }
    const only = ['--only', 'tensors/matmul', '--processes', '2'];
    const graded = await inFolder(
      root,
      'grade',
      'ada',
      'bob',
      ...only,
      '--reporter',
      'json',
      '--output',
      'out/results.json',
    );
    assert.deepEqual([graded.code, graded.err], [1, '']);
    assert.match(graded.out, /✓ ada: 1 of 1 passed\n✗ bob: 0 of 1 passed\n {2}✗ tensors\/matmul: /);
    const { summary } = resultsSchema.parse(JSON.parse(await readFile(path.join(root, 'out/results.json'), 'utf8')));
    assert.deepEqual(summary, { passed: 1, failed: 1, missing: 0, couldNotRun: 0 });
    const xml = await inFolder(root, 'grade', 'ada', ...only, '--reporter', 'junit');
    assert.equal(xml.code, 0);
    assert.ok(elementsOf(xml.out.trimEnd()).every(({ name }) => name !== 'failure'));
    assert.equal((await inFolder(root, 'grade', 'ada', 'nobody', ...only)).code, 2);
  });

  it('says what is wrong with a request on standard error, and exits with 2', async () => {
    const { code, out, err } = await inFolder(
      root,
      'check',
      '--folder',
      'nowhere',
      'tensors/matmul',
      '--reporter',
      'xml',
    );
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /--reporter is xml, but there are pretty, json, tap, junit\./);
  });
});

describe('The page for teachers', () => {
  const ids = new Set(['tensors/broadcasting', 'tensors/matmul']);

  function checkCommands(commands: readonly string[]): void {
    assert.ok(commands.length > 3, 'there are commands to try');
    for (const command of commands) {
      const request = readCommandLine(command.split(' ').slice(1));
      assert.ok(request.kind === 'command' || request.kind === 'help', command);
      for (const [id] of command.matchAll(/[a-z-]+\/[a-z-]+\b(?!\*)/g)) {
        assert.ok(ids.has(id) || id.startsWith('submissions'), `${command}: ${id}`);
      }
    }
  }

  it('shows commands that there are', async () => {
    const page = await readFile('media/classroom.md', 'utf8');
    checkCommands(
      [...page.matchAll(/^groundup .*$|`(groundup grade [^`]*)`/gm)].map(([line, inside]) => inside ?? line),
    );
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly version: string };
    assert.ok(page.includes(`groundup-${version}.tgz`));
  });

  it('has a workflow whose steps and points belong together', async () => {
    const workflow = parse(await readFile('media/classroom/github-classroom.yml', 'utf8')) as {
      readonly jobs: { readonly grade: { readonly steps: readonly Step[] } };
    };
    interface Step {
      readonly id?: string;
      readonly run?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly with?: Readonly<Record<string, string | number>>;
    }
    const { steps } = workflow.jobs.grade;
    const commands = steps.flatMap((step) =>
      [step.run, step.with?.['command']].filter((text) => typeof text === 'string'),
    );
    checkCommands([...commands.filter((text) => text.startsWith('groundup ')), 'groundup list']);
    const graded = steps.flatMap(({ id }) => id ?? []);
    const points = steps.find((step) => step.with?.['runners'] !== undefined);
    assert.equal(points?.with?.['runners'], graded.join());
    assert.deepEqual(
      points?.env,
      Object.fromEntries(graded.map((id) => [`${id.toUpperCase()}_RESULTS`, `\${{ steps.${id}.outputs.result }}`])),
    );
  });
});
