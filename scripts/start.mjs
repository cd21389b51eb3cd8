// `npm start`: VS Code with the extension on a course folder, from nothing but Node. The desktop VS Code where its `code`
// command is there, else VS Code's own server with a browser as its window.
//   --folder <path>   the course folder; `ground-up-course` in your home folder unless told
//   --server          the server even where a desktop VS Code is there
//   --port <number>   where the search for a free port begins; 4321 unless told
//   --no-open         only print the address
import { spawn, spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { downloads } from './npmFolder.mjs';
import { PlainError, runScript } from './plainError.mjs';
import { setUp } from './setup.mjs';
import { installServer, quietSettings, startServer } from './vscodeServer.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const windows = process.platform === 'win32';

async function main() {
  const options = readOptions();
  await setUp();
  console.log('Building …');
  const { build } = await import('./build.mjs');
  const { packageExtension } = await import('./package.mjs');
  await build({ minify: true });
  const { file: extension } = await packageExtension({ folder: path.join(root, 'out') });
  await makeFolder(options.folder);
  if (!options.server && hasDesktop()) openDesktop({ extension, folder: options.folder });
  else await serve({ ...options, extension });
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string', default: path.join(homedir(), 'ground-up-course') },
      server: { type: 'boolean', default: false },
      port: { type: 'string', default: '4321' },
      open: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new PlainError(`--port is ${values.port}, but a port is a number from 0 to 65535.`);
  }
  return { ...values, port, folder: path.resolve(values.folder) };
}

async function makeFolder(folder) {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new PlainError(`The course folder ${folder} could not be made (${error.code}): name another with --folder.`);
  }
}

function hasDesktop() {
  return spawnSync('code', ['--version'], { shell: windows, stdio: 'ignore' }).status === 0;
}

function openDesktop({ extension, folder }) {
  const quoted = (text) => (windows ? `"${text}"` : text);
  for (const args of [['--install-extension', quoted(extension), '--force'], [quoted(folder)]]) {
    const { status } = spawnSync('code', args, { shell: windows, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new PlainError(`"code ${args.join(' ')}" failed; "npm start -- --server" does without it.`);
  }
  console.log(`VS Code is open on ${folder}: the course is the Ground Up icon at its left edge.`);
}

async function serve({ extension, folder, port, open }) {
  const server = await startServer({
    server: await installServer(),
    port,
    dataDir: path.join(downloads, 'start'),
    extensions: [extension],
    settings: quietSettings,
    trust: true,
  });
  const url = server.url(folder);
  console.log(`\nGround Up is at ${url}\nYour work is in ${folder}\nCtrl-C ends it.`);
  if (open) openInBrowser(url);
  const code = await server.ended;
  throw new PlainError(`VS Code's server ended by itself, with code ${code}.`);
}

/** Opens an address in the person's browser, where there is a screen to show it on. */
function openInBrowser(url) {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : windows
        ? ['cmd', ['/c', 'start', '""', url.replaceAll('&', '^&')]]
        : ['xdg-open', [url]];
  const hasScreen = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  if (command === 'xdg-open' && !hasScreen) return;
  const opener = spawn(command, args, { stdio: 'ignore', detached: true });
  // The address is printed already, so that a machine without an opener loses nothing.
  opener.on('error', () => undefined);
  opener.unref();
}

void runScript(main);
