// Makes the .vsix: `npm run package` builds everything minified and writes groundup-<version>.vsix.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError, runScript } from './plainError.mjs';
import { setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const limitMegabytes = 6;

/**
 * Packages dist/ as it is into `folder` and returns the file's path and size. Any warning is an error. `from` is the
 * project's folder, or one like it.
 */
export async function packageExtension({ folder = root, from = root } = {}) {
  const { createVSIX } = await import('@vscode/vsce');
  const { name, version } = JSON.parse(await readFile(path.join(from, 'package.json'), 'utf8'));
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${name}-${version}.vsix`);
  const messages = await quietly(() =>
    createVSIX({
      cwd: from,
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

/**
 * The package for a VS Code that has no Node: the same but for its manifest, which names only the `browser` entry. A
 * server's VS Code runs that one in the web extension host of its page.
 */
export async function packageForBrowser({ folder }) {
  const staging = await mkdtemp(path.join(tmpdir(), 'groundup-web-'));
  try {
    const names = await readdir(root);
    const shipped = names.filter((name) =>
      /^(?:dist|exercises|media|package\.nls.*|\.vscodeignore|[A-Z]+(?:\.md)?)$/.test(name),
    );
    await Promise.all(shipped.map((name) => cp(path.join(root, name), path.join(staging, name), { recursive: true })));
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    delete manifest.main;
    delete manifest.extensionKind;
    await writeFile(path.join(staging, 'package.json'), JSON.stringify(manifest, undefined, 2));
    return await packageExtension({ folder, from: staging });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
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
