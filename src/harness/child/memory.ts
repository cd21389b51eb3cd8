/** Watches the memory of another process from outside, where the system says it in a file (Linux). */
import { readFileSync } from 'node:fs';

export interface MemoryWatch {
  readonly pid: number;
  readonly bytes: number;
  readonly exceeded: () => void;
}

const everyMs = 20;

/** Elsewhere than on Linux this does nothing, and the child's own watchdog thread is what there is. */
export function watchMemory({ pid, bytes, exceeded }: MemoryWatch): () => void {
  if (process.platform !== 'linux') return () => undefined;
  const pageSize = guessPageSize();
  const timer = setInterval(() => {
    const pages = residentPages(pid);
    if (pages !== undefined && pages * pageSize > bytes) exceeded();
  }, everyMs);
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
