// Runs a measurement of bench/: `node scripts/bench.mjs check [--json FILE]` bundles bench/check.ts and runs it with the
// remaining arguments. A measurement prints a table and, with `--json`, writes its rows `{ name, value, unit }`.
import * as esbuild from 'esbuild';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gpuJsAlias } from './build.mjs';
import { ourScripts } from './mocha.mjs';
import { PlainError, runScript } from './plainError.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

async function main() {
  const [name = '', ...rest] = process.argv.slice(2);
  const entry = path.join(root, 'bench', `${name}.ts`);
  if (!existsSync(entry)) throw new PlainError(`There is no bench/${name}.ts.`);
  const outfile = path.join(root, 'out/bench', `${name}.mjs`);
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
    alias: gpuJsAlias,
    plugins: [ourScripts],
  });
  process.chdir(root);
  const bench = await import(pathToFileURL(outfile).href);
  await bench.main(rest);
}

void runScript(main);
