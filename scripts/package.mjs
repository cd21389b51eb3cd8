// Makes the .vsix: `npm run package` builds everything minified and writes groundup-<version>.vsix.
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError, runScript } from './plainError.mjs';
import { setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const limitMegabytes = 6;

/** Packages dist/ as it is into `folder` and returns the file's path and size. Any warning is an error. */
export async function packageExtension({ folder = root } = {}) {
  const { createVSIX } = await import('@vscode/vsce');
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${name}-${version}.vsix`);
  const messages = await quietly(() =>
    createVSIX({
      cwd: root,
      packagePath: file,
      dependencies: false,
      // The project names no public repository, so links in README stay as they are.
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    }),
  );
  const warnings = messages.filter((line) => /warning/i.test(line));
  if (warnings.length > 0) throw new PlainError(`The package has warnings:\n${messages.join('\n')}`);
  const megabytes = (await stat(file)).size / 1e6;
  if (megabytes > limitMegabytes) {
    throw new PlainError(`${file} has ${megabytes.toFixed(1)} MB; at most ${limitMegabytes} MB are allowed.`);
  }
  return { file, megabytes };
}

/** Runs `action` and returns what it would have printed. */
async function quietly(action) {
  const kept = {};
  const lines = [];
  for (const name of ['log', 'info', 'warn', 'error']) {
    kept[name] = console[name];
    console[name] = (...parts) => lines.push(`${name === 'warn' ? 'warning: ' : ''}${parts.join(' ')}`);
  }
  try {
    await action();
  } finally {
    Object.assign(console, kept);
  }
  return lines;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  void runScript(async () => {
    await setUp();
    const { build } = await import('./build.mjs');
    await build({ minify: true });
    const { file, megabytes } = await packageExtension();
    console.log(`${path.relative(process.cwd(), file)} (${megabytes.toFixed(2)} MB)`);
  });
}
