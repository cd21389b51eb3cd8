/** The processes of this machine, where it lists them in files, as Linux does. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Course } from './course';

export interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** What is running now; what has ended and waits to be asked how is not. */
export function running(): readonly Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const [state, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return [];
      }
    });
}

/** The judging processes of a course's own extension; their parent is its extension host. */
export function judgesOf({ workbench }: Course): readonly Running[] {
  return running().filter(
    ({ command }) => command.includes('judge.js') && command.includes(path.dirname(workbench.folder)),
  );
}

/** What a process holds in the machine's memory, in MB. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1000;
}
