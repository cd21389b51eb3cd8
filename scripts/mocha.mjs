// Runs the mocha tests below test/<suite>: `node scripts/mocha.mjs unit [part of a path] [-- mocha's own options]`.
// Each test file becomes one bundle in out/test/, so that tests see the same aliases and JSX as the product.
import * as esbuild from 'esbuild';
import { spawn } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gpuJsAlias } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles the tests of `suite` whose path contains `filter` and returns the bundles' paths. */
export async function bundleTests(suite, filter = '') {
  const folder = path.join(root, 'test', suite);
  const entries = (await readdir(folder, { recursive: true }))
    .filter((name) => /\.test\.tsx?$/.test(name) && name.includes(filter))
    .map((name) => path.join(folder, name));
  const outdir = path.join(root, 'out/test', suite);
  // Another run may be using its own bundles at this moment, so only what is about to be written again is removed.
  const bundles = entries.map((entry) => path.join(outdir, path.relative(folder, entry)).replace(/\.tsx?$/, '.js'));
  await Promise.all(bundles.map((bundle) => rm(bundle, { force: true })));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: entries,
    outbase: folder,
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
    alias: gpuJsAlias,
  });
  return bundles;
}

/** Runs mocha in a process of its own and resolves with its exit code. */
export async function runMocha(bundles, options = []) {
  const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
  const child = spawn(process.execPath, ['--enable-source-maps', mocha, ...options, ...bundles], { cwd: root, stdio: 'inherit' });
  return await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [suite = 'unit', ...rest] = process.argv.slice(2);
  const split = rest.indexOf('--');
  const filter = split === 0 ? '' : (rest[0] ?? '');
  const bundles = await bundleTests(suite, filter);
  process.exitCode = await runMocha(bundles, split < 0 ? [] : rest.slice(split + 1));
}
