// Builds everything that ships, into dist/: one bundle per entry, nothing left to resolve at run time but `vscode` in
// the extension's own bundles. `vscode` is external there alone, so a leak into another layer fails the build.
// Beside the bundles lie KaTeX's style and fonts, and the types that a learner's editor shows for 'tensor'. The course
// gets its packed handwritten digits and texts, where they are not there yet, and translators the bundle of all sentences.
// `node scripts/build.mjs [--minify] [--watch]`
import * as esbuild from 'esbuild';
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packDigits } from './packDigits.mjs';
import { packLanguages } from './packLanguages.mjs';
import { PlainError, runScript } from './plainError.mjs';
import { writeWords } from './words.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** GPU.js's Node entry would pull in native bindings; its browser bundle runs everywhere. */
export const gpuJsAlias = { 'gpu.js': path.join(root, 'node_modules/gpu.js/dist/gpu-browser.js') };

/** @type {esbuild.BuildOptions} */
export const shared = {
  absWorkingDir: root,
  bundle: true,
  target: 'es2022',
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  alias: gpuJsAlias,
};

/** A script that leaves the text of a worker where the lab page looks for it: a page without a network cannot fetch it. */
export function workerTextScript(text) {
  return `window.groundUpKernelWorker = ${JSON.stringify(text)};\n`;
}

/** A script that starts what `dist/processes.js` holds beside it. */
function started(name) {
  return {
    entryPoints: [`src/harness/child/start/${name}.ts`],
    platform: 'node',
    format: 'cjs',
    sourcemap: false,
    plugins: [
      {
        name: 'processes beside it',
        setup(bundling) {
          bundling.onResolve({ filter: /^\.\.\/processes$/ }, () => ({ path: './processes.js', external: true }));
        },
      },
    ],
  };
}

/** Every bundle by its output path. */
/** @type {Record<string, esbuild.BuildOptions>} */
export const bundles = {
  'dist/extension.js': {
    entryPoints: ['src/extension/node/main.ts'],
    platform: 'node',
    format: 'cjs',
    // What activation does not need is a file of its own, so that starting does not even parse it.
    external: ['vscode', './lazy'],
    // Becomes a require, which finds the file by its name without an extension.
    supported: { 'dynamic-import': false },
  },
  'dist/lazy.js': {
    entryPoints: ['src/extension/node/lazy.ts'],
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  },
  'dist/web/extension.js': {
    entryPoints: ['src/extension/browser/main.ts'],
    platform: 'browser',
    format: 'cjs',
    external: ['vscode'],
  },
  // The two workers in which a browser judges. Their texts are loaded, not their addresses, so no source map is found.
  'dist/web/judgeWorker.js': {
    entryPoints: ['src/harness/worker/judgeWorker.ts'],
    platform: 'browser',
    format: 'iife',
    sourcemap: false,
  },
  'dist/web/learnerWorker.js': {
    entryPoints: ['src/harness/worker/learnerWorker.ts'],
    platform: 'browser',
    format: 'iife',
    sourcemap: false,
  },
  // Without a word about a source map: a debugger would look for it, and for what it names.
  'dist/processes.js': {
    entryPoints: ['src/harness/child/processes.ts'],
    platform: 'node',
    format: 'cjs',
    sourcemap: false,
    // Becomes a require: what is asked for stands before the first message comes.
    supported: { 'dynamic-import': false },
  },
  'dist/judge.js': started('judgeProcess'),
  'dist/run.js': started('runProcess'),
  'dist/debuggee.js': started('debugProcess'),
  'dist/compileThread.js': started('compileThread'),
  'dist/learnerThread.js': { entryPoints: ['src/harness/child/learnerThread.ts'], platform: 'node', format: 'cjs' },
  'dist/watchdog.js': { entryPoints: ['src/harness/child/watchdog.ts'], platform: 'node', format: 'cjs' },
  // Evaluated inside the learner's context. Names are kept as written: GPU.js reads the source of functions, and the
  // results report the kernel's class by name.
  'dist/realm.js': {
    entryPoints: ['src/harness/realm/main.ts'],
    platform: 'neutral',
    format: 'iife',
    mainFields: ['main'],
  },
  'dist/lesson.js': { entryPoints: ['src/webview/lesson/main.tsx'], platform: 'browser', format: 'iife' },
  'dist/tryIt.js': { entryPoints: ['src/webview/tryIt/main.tsx'], platform: 'browser', format: 'iife' },
  'dist/lab.js': { entryPoints: ['src/webview/lab/main.tsx'], platform: 'browser', format: 'iife' },
  // What the page runs in workers, as the text that it makes them of.
  'dist/labKernels.js': {
    entryPoints: ['src/webview/lab/kernels/workerKernels.ts'],
    platform: 'browser',
    format: 'iife',
    sourcemap: false,
    write: false,
    plugins: [
      {
        name: 'as text',
        setup(bundling) {
          bundling.onEnd(async ({ outputFiles }) => {
            const [file] = outputFiles ?? [];
            if (file === undefined) return;
            await mkdir(path.dirname(file.path), { recursive: true });
            await writeFile(file.path, workerTextScript(file.text));
          });
        },
      },
    ],
  },
  'dist/overview.js': { entryPoints: ['src/webview/overview/main.tsx'], platform: 'browser', format: 'iife' },
  'dist/results.js': { entryPoints: ['src/webview/results/main.tsx'], platform: 'browser', format: 'iife' },
  'dist/groundup.js': {
    entryPoints: ['src/cli/main.ts'],
    platform: 'node',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  },
};

/** Builds all of dist/. */
export async function build({ minify = false } = {}) {
  await rm(path.join(root, 'dist'), { recursive: true, force: true });
  await Promise.all([
    ...Object.keys(bundles).map((outfile) => bundle(outfile, { minify })),
    copyKatex(),
    emitTensorTypes(),
    packDigits(),
    packLanguages(),
    writeWords(),
  ]);
}

async function bundle(outfile, options) {
  await esbuild.build(optionsOf(outfile, options)).catch(() => {
    // esbuild has printed what is wrong and where.
    throw new PlainError(`${outfile} could not be built.`);
  });
}

/** Builds some of the bundles, by their names in dist/, into `folder`, in the form that ships. */
export async function buildInto(folder, names) {
  await Promise.all(names.map((name) => bundle(`dist/${name}.js`, { minify: true, folder })));
}

/** Builds, then rebuilds each bundle whenever a file that went into it changes. Resolves once it is watching. */
export async function watch() {
  await rm(path.join(root, 'dist'), { recursive: true, force: true });
  await Promise.all([copyKatex(), emitTensorTypes(), packDigits(), packLanguages(), writeWords()]);
  for (const outfile of Object.keys(bundles)) {
    const context = await esbuild.context({ ...optionsOf(outfile, { minify: false }), logLevel: 'info' });
    await context.watch();
  }
}

/** Where nothing reads a name: GPU.js reads the source of functions and tells classes by name, and is in none of these. */
const withShortNames = new Set(
  ['extension', 'lazy', 'web/extension', 'lesson', 'results', 'overview', 'tryIt', 'lab'].map(
    (name) => `dist/${name}.js`,
  ),
);

/** @returns {esbuild.BuildOptions} */
function optionsOf(outfile, { minify, folder }) {
  return {
    ...shared,
    ...bundles[outfile],
    outfile: folder === undefined ? outfile : path.join(folder, path.relative('dist', outfile)),
    minifyWhitespace: minify,
    minifySyntax: minify,
    minifyIdentifiers: minify && withShortNames.has(outfile),
  };
}

/** KaTeX's style with its fonts in the one format that every VS Code reads. */
async function copyKatex() {
  const from = path.join(root, 'node_modules/katex/dist');
  const to = path.join(root, 'dist/katex');
  await mkdir(path.join(to, 'fonts'), { recursive: true });
  const css = await readFile(path.join(from, 'katex.min.css'), 'utf8');
  const otherFormats = /,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g;
  await writeFile(path.join(to, 'katex.min.css'), css.replace(otherFormats, ''));
  const fonts = (await readdir(path.join(from, 'fonts'))).filter((name) => name.endsWith('.woff2'));
  await Promise.all(fonts.map((name) => cp(path.join(from, 'fonts', name), path.join(to, 'fonts', name))));
}

/**
 * The declarations of 'tensor', for the learner's editor, in dist/types/tensor. The compiler keeps its own copy in out/,
 * so that what has not changed since the last build costs little.
 */
async function emitTensorTypes() {
  const cache = path.join(root, 'out/types');
  await mkdir(cache, { recursive: true });
  const config = path.join(cache, 'tsconfig.json');
  await writeFile(
    config,
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        incremental: true,
        tsBuildInfoFile: './tensor.tsbuildinfo',
        rootDir: '../../src/tensor',
        outDir: './tensor',
        types: [],
      },
      files: ['../../src/tensor/index.ts'],
      include: [],
      exclude: [],
    }),
  );
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const child = spawn(process.execPath, [compiler, '-p', config, '--pretty', 'false'], { cwd: root });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new PlainError(`The types of 'tensor' could not be written:\n${output.trim()}`);
  const to = path.join(root, 'dist/types/tensor');
  await rm(to, { recursive: true, force: true });
  await cp(path.join(cache, 'tensor'), to, { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  void runScript(async () => {
    if (process.argv.includes('--watch')) await watch();
    else await build({ minify: process.argv.includes('--minify') });
  });
}
