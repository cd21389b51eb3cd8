// What a fresh machine needs before anything else can run: the right Node, and the packages that package-lock.json
// names. Nothing here imports a package, so this runs with plain Node.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError, runScript, saysNoNetwork } from './plainError.mjs';
import { npmCommand, runToEnd } from './processes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Installs the packages unless exactly they are there already. */
export async function setUp() {
  assertNode();
  const reason = await whyInstall();
  if (reason === undefined) return;
  console.log(`Installing packages (${reason}) …`);
  const npm = npmCommand();
  const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const { code, output } = await runToEnd(
    npm.command,
    [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...patience],
    { cwd: root, shell: npm.shell ?? false },
  );
  if (code === 0) return;
  if (code === 127) throw new PlainError('npm could not be started: install Node with its npm and run this again.');
  if (saysNoNetwork(output)) {
    throw new PlainError(
      'The packages could not be installed because the npm registry cannot be reached: connect to a network and run this again.',
    );
  }
  throw new PlainError(`The packages could not be installed; npm says:\n${output.trim()}`);
}

function assertNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new PlainError(`Ground Up needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
}

/** Why node_modules is not what package-lock.json says, or undefined where it is. */
async function whyInstall() {
  const wanted = await packagesIn(path.join(root, 'package-lock.json'));
  if (wanted === undefined)
    throw new PlainError('package-lock.json is missing or cannot be read: restore it from git.');
  // npm writes this file last, so an installation that broke off has none, or an older one.
  const installed = await packagesIn(path.join(root, 'node_modules/.package-lock.json'));
  if (installed === undefined) return 'they are not there yet';
  for (const [place, { version, optional, devOptional, link }] of Object.entries(wanted)) {
    if (place === '' || link) continue;
    const found = installed[place];
    if (found === undefined && (optional || devOptional)) continue;
    if (found?.version !== version || !existsSync(path.join(root, place, 'package.json'))) {
      return `${place.replace(/^.*node_modules\//, '')} is not the version that package-lock.json names`;
    }
  }
  return undefined;
}

async function packagesIn(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void runScript(setUp);
