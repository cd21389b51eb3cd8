// The integration tests, in a real VS Code: `node scripts/test-vscode.mjs [--oldest | --desktop] [--grep words]`.
// `@vscode/test-electron` runs them either in the desktop VS Code that it downloads or, by default, through
// vscodeShim.mjs, which needs no desktop.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleTests } from './mocha.mjs';
import { downloads } from './npmFolder.mjs';
import { PlainError, runScript, saysNoNetwork } from './plainError.mjs';
import { installServer, quietSettings, releases } from './vscodeServer.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** Runs test/vscode against the built extension in dist/ and resolves with an exit code. */
export async function testInVsCode({ host = 'newest', grep = '', countsFile } = {}) {
  const { runTests } = require('@vscode/test-electron');
  const executable = host === 'desktop' ? await desktop() : await shim(host);
  const bundles = await bundleTests('vscode', { fresh: true });
  if (bundles.length === 0) throw new PlainError('There are no tests in test/vscode.');
  const temporary = await mkdtemp(path.join(tmpdir(), 'groundup-test-'));
  try {
    const folder = path.join(temporary, 'course');
    const dataDir = path.join(temporary, 'data');
    await mkdir(folder);
    await mkdir(path.join(dataDir, 'User'), { recursive: true });
    await writeFile(path.join(dataDir, 'User/settings.json'), JSON.stringify(quietSettings));
    return await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, 'out/test/vscode/index.js'),
      launchArgs: [folder, `--user-data-dir=${dataDir}`, `--extensions-dir=${path.join(temporary, 'extensions')}`],
      extensionTestsEnv: {
        GROUNDUP_GREP: grep,
        GROUNDUP_VSCODE_RELEASE: host === 'desktop' ? undefined : host,
        GROUNDUP_COUNTS: countsFile,
      },
    });
  } catch (error) {
    // How many failed stands in the output above; what is thrown here only repeats the exit code.
    if (error?.name === 'TestRunFailedError' || error?.constructor?.name === 'TestRunFailedError')
      return error.code ?? 1;
    throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function shim(host) {
  // Installing here, rather than in the shim, keeps the progress lines apart from the tests' output.
  await installServer(releases[host]);
  const script = fileURLToPath(new URL('vscodeShim.mjs', import.meta.url));
  if (process.platform !== 'win32') {
    await chmod(script, 0o755);
    return script;
  }
  const wrapper = path.join(downloads, 'vscodeShim.cmd');
  await writeFile(wrapper, `@"${process.execPath}" "${script}" %*\r\n`);
  return wrapper;
}

async function desktop() {
  const { downloadAndUnzipVSCode } = require('@vscode/test-electron');
  try {
    return await downloadAndUnzipVSCode({ cachePath: downloads });
  } catch (error) {
    const why = saysNoNetwork(String(error)) ? 'its download site cannot be reached' : String(error.message ?? error);
    throw new PlainError(
      `The desktop VS Code could not be downloaded (${why}); "npm test" runs the same tests without a desktop.`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  void runScript(async () => {
    const { values } = parseArgs({
      options: {
        desktop: { type: 'boolean', default: false },
        oldest: { type: 'boolean', default: false },
        grep: { type: 'string', default: '' },
      },
    });
    const host = values.desktop ? 'desktop' : values.oldest ? 'oldest' : 'newest';
    return await testInVsCode({ host, grep: values.grep });
  });
}
