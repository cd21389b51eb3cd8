/**
 * A thread of the judge's process that watches what nobody inside can: the memory of the whole process, typed arrays
 * and WebAssembly included, and whether the parent is still there. The judge may be busy and the learner's thread may
 * loop; this thread only sleeps and looks.
 */
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

export interface WatchdogData {
  readonly parent: number;
  /** Proves to the parent that the last words come from here. */
  readonly nonce: string;
  readonly memoryBytes: number;
}

/** What the watchdog writes to standard error before it ends the process. */
export function lastWords(nonce: string): string {
  return `groundup-watchdog ${nonce} out of memory`;
}

const everyMs = 20;
let { memoryBytes } = workerData as WatchdogData;
const { parent, nonce } = workerData as WatchdogData;

// A submission may bring a limit of its own.
parentPort?.on('message', (message: { readonly memoryBytes: number }) => {
  memoryBytes = message.memoryBytes;
});

setInterval(() => {
  if (process.memoryUsage.rss() > memoryBytes) {
    writeSync(2, `${lastWords(nonce)}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
  if (!parentIsThere()) process.kill(process.pid, 'SIGKILL');
}, everyMs);

/** Where a process whose parent died is given another, the first look tells; on Windows it keeps the number, and the second. */
function parentIsThere(): boolean {
  if (process.ppid !== parent) return false;
  try {
    return process.kill(parent, 0);
  } catch (error) {
    // A parent that may not be signalled is there all the same.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
