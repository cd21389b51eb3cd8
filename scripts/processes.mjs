// Child processes that never outlive us. Everything started here is ended, with all of its own children, when it is
// stopped, when this process exits, and (through the leash) even when this process is killed outright.
import { spawn, spawnSync } from 'node:child_process';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
const windows = process.platform === 'win32';

/** Starts a program as the leader of a process group, so that its whole tree can be ended at once. */
export function startGroup(command, args, options = {}) {
  endWithUs();
  const child = spawn(command, args, { detached: !windows, stdio: ['pipe', 'pipe', 'pipe'], ...options });
  running.add(child);
  child.on('exit', () => running.delete(child));
  child.on('error', () => running.delete(child));
  return child;
}

/** Ends the tree of a process that {@link startGroup} started: politely first, then for certain. */
export async function stopGroup(child, patienceMs = 2000) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    killGroup(child, 'SIGKILL');
    return;
  }
  const gone = new Promise((resolve) => child.once('exit', resolve));
  killGroup(child, 'SIGTERM');
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), patienceMs);
  await gone;
  clearTimeout(timer);
  killGroup(child, 'SIGKILL');
}

/** Runs a program to its end and resolves with its exit code and what it wrote. */
export async function runToEnd(command, args, options = {}) {
  const child = startGroup(command, args, options);
  child.stdin?.end();
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(127);
    });
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, output };
}

/** How npm is started: the one that runs us where there is one, since `npm` need not be on the path then. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script !== undefined && /npm-cli\.[cm]?js$/.test(script)) return { command: process.execPath, args: [script] };
  return { command: windows ? 'npm.cmd' : 'npm', args: [], shell: windows };
}

let watching = false;

function endWithUs() {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const child of running) killGroup(child, 'SIGKILL');
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.on(signal, () => process.exit(code));
  }
}

function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
