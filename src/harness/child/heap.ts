/** How much of a process's memory the heap of the learner's thread may take. */
import type { Limits } from '../submission';

/** In megabytes. The whole process has a limit, and the rest of it needs some 100 MB. */
export function heapFor({ memoryBytes }: Pick<Limits, 'memoryBytes'>): number {
  return Math.round((memoryBytes / 1024 / 1024) * 0.7);
}
