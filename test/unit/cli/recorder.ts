/** A screen that remembers what was written on it. */
import type { Screen } from '../../../src/cli/terminal';

export interface Recorder extends Screen {
  /** What was printed, as one text. */
  text(): string;
  /** What was remarked beside it. */
  notes(): string;
}

export function recorder({ colours = false }: { readonly colours?: boolean } = {}): Recorder {
  const printed: string[] = [];
  const noted: string[] = [];
  return {
    colours,
    print: (...lines) => void printed.push(...lines),
    note: (...lines) => void noted.push(...lines),
    progress: () => undefined,
    text: () => printed.join('\n'),
    notes: () => noted.join('\n'),
  };
}
