// Installs npm packages into a folder of their own below .vscode-test, all or nothing: into a temporary folder first,
// then a marker, then one rename. A folder without the right marker is half-finished and is made again.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError, saysNoNetwork } from './plainError.mjs';
import { npmCommand, runToEnd } from './processes.mjs';

export const downloads = fileURLToPath(new URL('../.vscode-test', import.meta.url));

const markerName = 'installed.json';

/**
 * Makes sure that `.vscode-test/<name>` holds exactly `packages` and everything in `needed`, and returns its path.
 * `finish(folder)`, where given, completes the temporary folder before it counts as installed.
 */
export async function npmFolder({ name, title, packages, needed, finish }) {
  const folder = path.join(downloads, name);
  const marker = JSON.stringify({ packages });
  if (await isComplete({ folder, marker, needed })) return folder;
  await mkdir(downloads, { recursive: true });
  await removeLeftovers();
  const temporary = path.join(downloads, `.installing-${process.pid}-${name}`);
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary);
  const stopTelling = tellProgress(`Installing ${title} into .vscode-test`);
  try {
    await writeFile(path.join(temporary, 'package.json'), '{ "private": true }\n');
    await npmInstall({ folder: temporary, title, args: packages });
    await finish?.(temporary);
    const missing = needed.find((file) => !existsSync(path.join(temporary, file)));
    if (missing !== undefined) throw new PlainError(`${title} was installed, but its file ${missing} is missing.`);
    await writeFile(path.join(temporary, markerName), marker);
    await rm(folder, { recursive: true, force: true });
    try {
      await rename(temporary, folder);
    } catch (error) {
      // Another run may have finished the same installation first; then theirs is as good as ours.
      if (!(await isComplete({ folder, marker, needed }))) throw error;
    }
  } finally {
    stopTelling();
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}

/** Runs `npm install` in `folder` without running any package's scripts. */
export async function npmInstall({ folder, title, args }) {
  const npm = npmCommand();
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const { code, output } = await runToEnd(
    npm.command,
    [...npm.args, 'install', '--prefix', folder, ...quiet, ...patience, ...args],
    { cwd: folder, shell: npm.shell ?? false },
  );
  if (code === 0) return;
  if (saysNoNetwork(output)) {
    throw new PlainError(
      `${title} could not be installed because the npm registry cannot be reached: connect to a network and run this again.`,
    );
  }
  throw new PlainError(`${title} could not be installed; npm says:\n${output.trim()}`);
}

async function isComplete({ folder, marker, needed }) {
  const found = await readFile(path.join(folder, markerName), 'utf8').catch(() => '');
  return found === marker && needed.every((file) => existsSync(path.join(folder, file)));
}

/** Removes temporary folders whose process is gone. */
async function removeLeftovers() {
  for (const entry of await readdir(downloads)) {
    const pid = /^\.installing-(\d+)-/.exec(entry)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(path.join(downloads, entry), { recursive: true, force: true });
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tellProgress(what) {
  const started = performance.now();
  console.log(`${what} …`);
  const timer = setInterval(() => {
    console.log(`${what} … ${Math.round((performance.now() - started) / 1000)} s`);
  }, 5000);
  return () => {
    clearInterval(timer);
  };
}
