// Builds everything that ships, into dist/: one bundle per entry, nothing left to resolve at run time but `vscode` in
// the two extension bundles. `vscode` is external there alone, so a leak into another layer fails the build.
import * as esbuild from 'esbuild';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** GPU.js's Node entry would pull in native bindings; its browser bundle runs everywhere. */
export const gpuJsAlias = { 'gpu.js': path.join(root, 'node_modules/gpu.js/dist/gpu-browser.js') };

/** @type {esbuild.BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  target: 'es2022',
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  alias: gpuJsAlias,
};

/** Every bundle by its output path. */
/** @type {Record<string, esbuild.BuildOptions>} */
export const bundles = {
  'dist/extension.js': {
    entryPoints: ['src/extension/node/main.ts'],
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
  'dist/judge.js': { entryPoints: ['src/harness/child/judgeProcess.ts'], platform: 'node', format: 'cjs' },
  'dist/learnerThread.js': { entryPoints: ['src/harness/child/learnerThread.ts'], platform: 'node', format: 'cjs' },
  // Evaluated inside the learner's context. Names are kept as written: GPU.js reads the source of functions, and the
  // results report the kernel's class by name.
  'dist/realm.js': { entryPoints: ['src/harness/realm/main.ts'], platform: 'neutral', format: 'iife', mainFields: ['main'] },
  'dist/lesson.js': { entryPoints: ['src/webview/lesson/main.tsx'], platform: 'browser', format: 'iife' },
  'dist/results.js': { entryPoints: ['src/webview/results/main.tsx'], platform: 'browser', format: 'iife' },
  'dist/groundup.js': {
    entryPoints: ['src/cli/main.ts'],
    platform: 'node',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  },
};

export async function build({ minify = false } = {}) {
  await rm(`${root}/dist`, { recursive: true, force: true });
  await Promise.all(
    Object.entries(bundles).map(([outfile, options]) =>
      esbuild.build({
        ...shared,
        ...options,
        outfile,
        minifyWhitespace: minify,
        minifySyntax: minify,
      }),
    ),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ minify: process.argv.includes('--minify') });
}
