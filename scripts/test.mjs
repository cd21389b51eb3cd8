// Everything that must hold, on a machine with nothing but Node: set-up, build, types, style, and every test, those in a
// real VS Code included. A failing suite does not stop the others. The last line sums them all up.
// `node scripts/test.mjs [--full] [--only unit,content]`; `--full` adds what is slow and exhaustive.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PlainError } from './plainError.mjs';
import { startGroup } from './processes.mjs';
import { setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const countsFolder = path.join(root, 'out/counts');

const { values: flags } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    // For ourselves: where a lane leaves what its suites came to.
    results: { type: 'string', default: '' },
  },
});

function suitesOf(lanes) {
  return lanes.flatMap(({ suites: names }) => names);
}

/** A suite resolves with its counts, and with what failed of what; whatever it throws is one failure, whose message is shown. */
const suites = {
  build: async () => {
    const { build } = await import('./build.mjs');
    await build({ minify: true });
    return { passed: 1, failed: 0 };
  },
  package: async () => {
    const { packageExtension } = await import('./package.mjs');
    const { file, megabytes } = await packageExtension({ folder: path.join(root, 'out') });
    console.log(`${path.relative(root, file)} (${megabytes.toFixed(2)} MB)`);
    return { passed: 1, failed: 0 };
  },
  types: async () => {
    const codes = [];
    for (const project of ['tsconfig.json', 'src/webview/tsconfig.json', 'test/e2e/tsconfig.json']) {
      codes.push(await node('node_modules/typescript/bin/tsc', ['-p', project]));
    }
    return fromExitCodes(codes);
  },
  eslint: async () => fromExitCodes([await node('node_modules/eslint/bin/eslint.js', ['.', '--max-warnings', '0'])]),
  prettier: async () =>
    fromExitCodes([await node('node_modules/prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])]),
  unit: () => mochaSuite('unit'),
  harness: () => mochaSuite('harness'),
  content: () => mochaSuite('content'),
  vscode: () => inVsCode('newest'),
  vscode199: () => inVsCode('oldest'),
  desktop: () => inVsCode('desktop'),
  e2e: async () => {
    const { ensureBrowser } = await import('./browser.mjs');
    await ensureBrowser();
    return await mochaSuite('e2e');
  },
};

/** What would only repeat a failure: each of these is a failure of its own when the suite that it builds on failed. */
const buildsOn = {
  package: 'build',
  vscode: 'build',
  vscode199: 'build',
  desktop: 'build',
  e2e: 'package',
};

/**
 * Suites that share nothing with what runs beside them, in lanes that run beside each other, one phase after another. A VS
 * Code with its browser waits half of the time, for itself or for a person's pause; its lane comes first whenever it wants a
 * processor, and has only what is short beside it, since a page that is starved for half a minute gives no answer. The
 * harness's own suite starts a process for nearly every test, and so leaves nothing idle.
 */
const phases = [
  [
    { suites: ['vscode', 'e2e'], niceness: 0 },
    { suites: ['types', 'eslint', 'prettier', 'unit'], niceness: 5 },
  ],
  [
    { suites: ['content'], niceness: 0 },
    { suites: ['harness'], niceness: 0 },
  ],
];

const standard = ['build', 'package', 'types', 'eslint', 'prettier', 'unit', 'harness', 'content', 'vscode', 'e2e'];

function chosenSuites() {
  if (flags.only === '') return flags.full ? [...standard, 'vscode199'] : standard;
  const chosen = flags.only.split(',');
  const unknown = chosen.find((name) => !(name in suites));
  if (unknown === undefined) return chosen;
  throw new PlainError(`There is no suite "${unknown}"; there are ${Object.keys(suites).join(', ')}.`);
}

/** Long ways through a real VS Code, and tables that another suite goes through on another runner, by a part of their path. */
const onlyInFull = [
  'e2e/askTheModel',
  'e2e/debug',
  'e2e/foreignFolder',
  'e2e/lab.test',
  'e2e/orphans',
  'e2e/ownDigits',
  'e2e/states',
  'e2e/tryIt',
  'e2e/twoWindows',
  'e2e/webExtension',
  'e2e/wholeParts',
  'e2e/pages/realms',
];

async function mochaSuite(name) {
  const { bundleTests, runMocha } = await import('./mocha.mjs');
  const all = await bundleTests(name, { fresh: true });
  const bundles = flags.full ? all : all.filter((bundle) => !onlyInFull.some((part) => bundle.includes(part)));
  if (bundles.length < all.length) console.log(`Left to test:full: ${onlyInFull.join(', ')}`);
  if (bundles.length === 0) throw new PlainError(`There are no tests in test/${name}.`);
  return await counting(name, (countsFile) =>
    runMocha(bundles, {
      environment: flags.full ? { GROUNDUP_FULL: '1' } : {},
      countsFile,
    }),
  );
}

async function inVsCode(host) {
  const { testInVsCode } = await import('./test-vscode.mjs');
  if (host !== 'desktop') {
    const { ensureBrowser } = await import('./browser.mjs');
    await ensureBrowser();
  }
  return await counting(`vscode-${host}`, (countsFile) => testInVsCode({ host, countsFile }));
}

/** Runs tests that write their counts to a file. Tests that ended badly without counting a failure are one failure. */
async function counting(name, run) {
  const countsFile = path.join(countsFolder, `${name}.json`);
  await mkdir(countsFolder, { recursive: true });
  await rm(countsFile, { force: true });
  const code = await run(countsFile);
  const {
    passed,
    failed,
    failures = [],
  } = await readFile(countsFile, 'utf8').then(JSON.parse, () => ({ passed: 0, failed: 0 }));
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, failures };
}

function fromExitCodes(codes) {
  const failed = codes.filter((code) => code !== 0).length;
  return { passed: codes.length - failed, failed };
}

/** Runs a program of a package, its output going where ours goes. */
function node(program, args) {
  const child = startGroup(process.execPath, [path.join(root, program), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

/** Runs a lane in a process of its own and resolves with the counts of its suites; what it prints is shown at once or at the end. */
async function runLane(names, { live, niceness }) {
  if (names.length === 0) return [];
  const results = path.join(countsFolder, `lane-${names[0]}.json`);
  await mkdir(countsFolder, { recursive: true });
  await rm(results, { force: true });
  const flag = flags.full ? ['--full'] : [];
  const args = [fileURLToPath(import.meta.url), ...flag, '--only', names.join(','), '--results', results];
  const stream = live ? 'inherit' : 'pipe';
  const child = startGroup(process.execPath, args, { cwd: root, stdio: ['ignore', stream, stream] });
  lowerPriority(child.pid, niceness);
  const output = [];
  for (const piped of [child.stdout, child.stderr]) piped?.on('data', (chunk) => output.push(chunk));
  await new Promise((resolve) => child.on('close', resolve));
  process.stdout.write(Buffer.concat(output));
  return await readFile(results, 'utf8').then(JSON.parse, () =>
    names.map((name) => ({ name, counts: { passed: 0, failed: 1 }, milliseconds: 0 })),
  );
}

/** What the process starts later inherits it. A system that refuses runs all alike. */
function lowerPriority(pid, niceness) {
  if (pid === undefined || niceness === 0) return;
  try {
    setPriority(pid, niceness);
  } catch {
    // The process may be gone already, or the right be missing.
  }
}

async function main() {
  const started = performance.now();
  const lines = [];
  const failures = [];
  const total = { passed: 0, failed: 0 };
  const results = [];
  const note = (name, counts, milliseconds) => {
    results.push({ name, counts, milliseconds });
    if (counts.failed > 0) failedSuites.add(name);
    for (const { title, message } of counts.failures ?? []) failures.push(`${name}: ${title}\n  ${message}`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    const seconds = (milliseconds / 1000).toFixed(1).padStart(6);
    lines.push(
      `${name.padEnd(10)}${seconds} s  ${String(counts.passed).padStart(5)} passed  ${String(counts.failed).padStart(3)} failed`,
    );
  };
  const failedSuites = new Set();
  const attempt = async (name, run) => {
    const since = performance.now();
    console.log(`\n── ${name}`);
    const counts = await run().catch((error) => {
      console.error(error instanceof PlainError ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    note(name, counts, performance.now() - since);
  };
  const runPhase = async (lanes) => {
    console.log(`\n── ${lanes.map((lane) => lane.suites.join(', ')).join(' beside ')}`);
    const blocked = (suite) => failedSuites.has(buildsOn[suite]);
    const running = lanes.map((lane) =>
      runLane(
        lane.suites.filter((suite) => !blocked(suite)),
        { live: lane === lanes.at(-1), niceness: lane.niceness },
      ),
    );
    for (const suite of (await Promise.all(running)).flat()) note(suite.name, suite.counts, suite.milliseconds);
    for (const suite of suitesOf(lanes).filter(blocked)) {
      console.log(`${suite}: not run, because ${buildsOn[suite]} failed.`);
      note(suite, { passed: 0, failed: 1 }, 0);
    }
  };
  const names = chosenSuites();
  await attempt('set-up', async () => {
    await setUp();
    return { passed: 0, failed: 0 };
  });
  if (failedSuites.size === 0) {
    for (const name of names) {
      const phase = flags.only === '' ? phases.find((lanes) => suitesOf(lanes).includes(name)) : undefined;
      if (phase !== undefined) {
        if (name === names.find((each) => suitesOf(phase).includes(each))) await runPhase(phase);
        continue;
      }
      await attempt(name, async () => {
        const base = buildsOn[name];
        if (failedSuites.has(base)) throw new PlainError(`Not run, because ${base} failed.`);
        return await suites[name]();
      });
    }
  }
  if (flags.results !== '') {
    await writeFile(flags.results, JSON.stringify(results.filter(({ name }) => name !== 'set-up')));
    return total.failed === 0 ? 0 : 1;
  }
  // Once more what failed, since where output is cut its end is what is left.
  if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
  console.log(`\n${lines.join('\n')}\n${((performance.now() - started) / 1000).toFixed(0)} s in all`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exitCode = 1;
}
