/**
 * One child process, from its start to its end: spawned with every door shut that Node can shut, given at most one job,
 * watched from outside. How it ended is always known in words.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { FromChild, ToChild } from '../protocol/childMessages';
import { watchMemory } from './memory';

export interface ChildOptions<From = FromChild> {
  readonly judgePath: string;
  /** Reads one message of the process; `undefined` is no message. */
  readonly read: (raw: unknown) => From | undefined;
  /** What the process does, for sentences about its end: `judges`. */
  readonly does?: string;
  readonly execPath: string;
  readonly execArgv: readonly string[];
  /** Flags of Node's permission model; empty where it has none. */
  readonly permission: readonly string[];
  /** Called when the process is gone, whether or not anybody listens to it. */
  readonly gone: () => void;
}

export interface ChildEnd {
  /** It needed more memory than allowed: stopped by a watch, or aborted by Node itself. */
  readonly outOfMemory: boolean;
  /** Node did not understand its flags. */
  readonly badOption: boolean;
  readonly sentence: string;
}

export interface ChildListener<From = FromChild> {
  message(message: From): void;
  ended(end: ChildEnd): void;
}

/** A second wall behind the context: no files but our own bundles, no processes, no native code. */
function permissionFlags(flag: '--permission' | '--experimental-permission', judgePath: string): readonly string[] {
  const folders = new Set([path.dirname(judgePath), realpathSync(path.dirname(judgePath))]);
  const readable = [...folders].map((folder) => `--allow-fs-read=${path.join(folder, '*')}`);
  return [flag, '--allow-worker', ...readable];
}

/** What to try of Node's permission flags, which differ by version, the likeliest first; the last is to do without. */
export function permissionsToTry(judgePath: string): (readonly string[])[] {
  const stable = permissionFlags('--permission', judgePath);
  const experimental = permissionFlags('--experimental-permission', judgePath);
  const own = process.allowedNodeEnvironmentFlags;
  return own.has('--permission') ? [stable, experimental, []] : [experimental, stable, []];
}

const hardening = [
  '--disallow-code-generation-from-strings',
  '--disable-proto=delete',
  '--no-addons',
  '--no-warnings',
  '--no-global-search-paths',
  // One thread beside those of ours compiles and collects. Four of them only get in each other's way, for a process
  // that lives for half a second.
  '--v8-pool-size=1',
];

export class JudgeChild<From = FromChild, To extends object = ToChild> {
  readonly permission: readonly string[];
  readonly #process: ChildProcess;
  readonly #gone: () => void;
  readonly #does: string;
  readonly #nonce = randomUUID();
  #stderr = '';
  #memoryExceeded = false;
  #ended: ChildEnd | undefined;
  #listener: ChildListener<From> | undefined;
  #early: From[] = [];
  #stopWatching: () => void = () => undefined;

  constructor({ judgePath, execPath, execArgv, permission, gone, read, does = 'judges' }: ChildOptions<From>) {
    this.permission = permission;
    this.#does = does;
    this.#gone = gone;
    this.#process = spawn(
      execPath,
      [...permission, ...hardening, ...execArgv, judgePath, this.#nonce, String(process.pid)],
      {
        cwd: os.tmpdir(),
        env: scrubbedEnvironment(),
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        serialization: 'advanced',
        windowsHide: true,
      },
    );
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-8_000);
    });
    this.#process.on('message', (raw) => {
      const message = read(raw);
      if (message === undefined) return;
      if (this.#listener === undefined) this.#early.push(message);
      else this.#listener.message(message);
    });
    this.#process.on('error', (error) => this.#end(`it could not be started: ${error.message}`));
    // `close` comes after `exit`, when the last words have been read.
    this.#process.on('close', (code, signal) => {
      this.#end(signal === null ? `it ended with code ${String(code)}` : `it was ended by ${signal}`);
    });
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Hands over what has come and what will come. */
  listen(listener: ChildListener<From>): void {
    this.#listener = listener;
    for (const message of this.#early.splice(0)) listener.message(message);
    if (this.#ended !== undefined) listener.ended(this.#ended);
  }

  send(message: To): void {
    // A child that has just died answers with its end, not with this error.
    this.#process.send(message, () => undefined);
  }

  /** Whether this process keeps its parent alive. A spare does not: a parent that has nothing else to do may end. */
  set isAwaited(awaited: boolean) {
    const { stderr, channel } = this.#process;
    for (const handle of [this.#process, channel, stderr as Socket | null]) {
      if (awaited) handle?.ref();
      else handle?.unref();
    }
  }

  limitMemory(bytes: number): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    this.#stopWatching = watchMemory({
      pid,
      bytes,
      exceeded: () => {
        this.#memoryExceeded = true;
        this.kill();
      },
    });
  }

  kill(): void {
    this.#stopWatching();
    this.#process.kill('SIGKILL');
  }

  #end(how: string): void {
    if (this.#ended !== undefined) return;
    this.#stopWatching();
    const words = lastWordsOf(this.#stderr);
    const outOfMemory =
      this.#memoryExceeded ||
      this.#stderr.includes(`groundup-watchdog ${this.#nonce} out of memory`) ||
      /heap out of memory|FATAL ERROR: .*(?:out of memory|invalid (?:array|table) (?:length|size))|Zone Allocation failed|allocation failed/i.test(
        this.#stderr,
      );
    this.#ended = {
      outOfMemory,
      badOption: /bad option|not allowed in|unrecognized/i.test(this.#stderr),
      sentence: `The process that ${this.#does} is gone: ${how}.${words === '' ? '' : ` Its last words: ${words}`}`,
    };
    this.#gone();
    this.#listener?.ended(this.#ended);
  }
}

/** The line that names the error, if there is one; else the last few. */
function lastWordsOf(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.findLast((line) => /^(?:Uncaught )?\w*(?:Error|ERROR)\b/.test(line)) ?? lines.slice(-3).join(' ');
}

/** Nothing of the parent's environment goes along but what a process needs to start at all. */
function scrubbedEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['SystemRoot', 'windir', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  // In desktop VS Code the Node at hand is the editor itself.
  if (process.versions['electron'] !== undefined) kept['ELECTRON_RUN_AS_NODE'] = '1';
  return kept;
}
