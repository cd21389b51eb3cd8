// Runs the mocha tests below test/<suite>: `node scripts/mocha.mjs unit [part of a path] [-- mocha's own options]`.
// Each test file becomes one bundle in out/test/, so that tests see the same aliases and JSX as the product.
import * as esbuild from 'esbuild';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gpuJsAlias } from './build.mjs';
import { startGroup } from './processes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Our scripts find their files relative to themselves, so a test imports them where they lie. */
export const ourScripts = {
  name: 'our scripts',
  setup(build) {
    build.onResolve({ filter: /\/scripts\/[^/]+\.mjs$/ }, ({ path: name, resolveDir }) => ({
      path: pathToFileURL(path.resolve(resolveDir, name)).href,
      external: true,
    }));
  },
};

/**
 * Bundles the tests of `suite` whose path contains `filter`, and its `index.ts` where it has one, and returns the paths
 * of the tests' bundles. With `fresh`, bundles of tests that are no longer there are removed first.
 */
export async function bundleTests(suite, { filter = '', fresh = false } = {}) {
  const folder = path.join(root, 'test', suite);
  const outdir = path.join(root, 'out/test', suite);
  const modular = suite === 'e2e';
  if (fresh) await rm(outdir, { recursive: true, force: true });
  const names = existsSync(folder) ? await readdir(folder, { recursive: true }) : [];
  const entries = names
    .filter((name) => /\.test\.tsx?$/.test(name) && name.includes(filter))
    .map((name) => path.join(folder, name));
  // Another run may be using its own bundles at this moment, so only what is about to be written again is removed.
  const extension = modular ? '.mjs' : '.js';
  const bundles = entries.map((entry) => path.join(outdir, path.relative(folder, entry)).replace(/\.tsx?$/, extension));
  await Promise.all(bundles.map((bundle) => rm(bundle, { force: true })));
  const index = path.join(folder, 'index.ts');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: existsSync(index) ? [...entries, index] : entries,
    outbase: folder,
    outdir,
    bundle: true,
    platform: 'node',
    format: modular ? 'esm' : 'cjs',
    outExtension: { '.js': extension },
    target: 'node20',
    packages: 'external',
    external: existsSync(path.join(folder, 'vscode.ts')) ? [] : ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    alias: { ...gpuJsAlias, ...vscodeAlias(folder) },
    plugins: [ourScripts],
  });
  return bundles;
}

/** A suite that runs without VS Code may bring what stands in for it where code only says something through it. */
function vscodeAlias(folder) {
  const standIn = path.join(folder, 'vscode.ts');
  return existsSync(standIn) ? { vscode: standIn } : {};
}

/** For one test, in milliseconds. It ends what hangs, and says nothing of how fast a machine has to be. */
const testLimit = '120000';

/** Runs mocha in a process of its own and resolves with its exit code. `countsFile` receives the counts as JSON. */
export async function runMocha(bundles, { options = [], environment = {}, countsFile } = {}) {
  const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
  const reporter = ['--reporter', path.join(root, 'scripts/countingReporter.cjs')];
  const args = [...reporter, '--timeout', testLimit, ...options, ...bundles];
  const child = startGroup(process.execPath, ['--enable-source-maps', mocha, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment, ...(countsFile === undefined ? {} : { GROUNDUP_COUNTS: countsFile }) },
  });
  return await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [suite = 'unit', ...rest] = process.argv.slice(2);
  const split = rest.indexOf('--');
  const filter = split === 0 ? '' : (rest[0] ?? '');
  const bundles = await bundleTests(suite, { filter });
  if (bundles.length === 0) {
    console.error(`No test of the suite "${suite}" has "${filter}" in its path.`);
    process.exitCode = 1;
  } else {
    process.exitCode = await runMocha(bundles, { options: split < 0 ? [] : rest.slice(split + 1) });
  }
}
