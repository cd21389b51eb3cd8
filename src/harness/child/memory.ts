/**
 * Watches the memory of a judging process from outside. By what means on each system:
 *
 * | system | this process, the parent | a thread of the process that only looks (`watchdog.ts`) |
 * |---|---|---|
 * | Linux | `/proc/<pid>/statm`, every 20 ms | `process.memoryUsage.rss()`, every 20 ms |
 * | macOS and others with `ps` | `ps -o rss=`, every 250 ms | the same |
 * | Windows | nothing: there is no quick way without native code | the same |
 *
 * Both see all of the process: heaps, typed arrays and WebAssembly. The heap of the learner's thread has a cap besides,
 * and the tensor library refuses a single tensor of more than a quarter of the limit by name and size.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface MemoryWatch {
  readonly pid: number;
  readonly bytes: number;
  readonly exceeded: () => void;
  /** Whose means to use; this system's unless given. */
  readonly platform?: NodeJS.Platform;
}

/** Returns what ends the watch. */
export function watchMemory({ platform = process.platform, ...watch }: MemoryWatch): () => void {
  switch (platform) {
    case 'linux':
      return watchStatm(watch);
    case 'win32':
      return () => undefined;
    default:
      return watchWithPs(watch);
  }
}

type Watch = Omit<MemoryWatch, 'platform'>;

function watchStatm({ pid, bytes, exceeded }: Watch): () => void {
  const pageSize = guessPageSize();
  const timer = setInterval(() => {
    const pages = residentPages(pid);
    if (pages !== undefined && pages * pageSize > bytes) exceeded();
  }, 20);
  timer.unref();
  return () => clearInterval(timer);
}

/** One `ps` at a time: where the system is short of memory, starting it may take a while. */
function watchWithPs({ pid, bytes, exceeded }: Watch): () => void {
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, kilobytes) => {
      isLooking = false;
      if (error === null && Number(kilobytes) * 1024 > bytes) exceeded();
    }).unref();
  }, 250);
  timer.unref();
  return () => clearInterval(timer);
}

function residentPages(pid: number | 'self'): number | undefined {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return Number.isFinite(pages) ? pages : undefined;
  } catch {
    return undefined;
  }
}

/** Node does not tell the page size, but it knows its own memory in bytes, and the system knows it in pages. */
function guessPageSize(): number {
  const pages = residentPages('self');
  if (pages === undefined || pages === 0) return 4096;
  const ratio = process.memoryUsage.rss() / pages;
  return 2 ** Math.round(Math.log2(ratio));
}
