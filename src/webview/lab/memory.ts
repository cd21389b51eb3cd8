/** What the lab page remembers over a reload: which runs are drawn, which one is looked at, and what stands in the form. */
import type { ExerciseId } from '../../course/course';
import type { SettingsGiven } from '../labProtocol';

export interface LabMemory {
  /** Which exercise the rest belongs to; the extension opens the page again with it. */
  readonly exercise: ExerciseId | undefined;
  /** Runs that are not drawn. */
  readonly hidden: readonly string[];
  /** The run whose progress and views are shown; the newest where there is none. */
  readonly selected: string | undefined;
  /** What the form holds, as typed. */
  readonly typed: Readonly<Record<string, string>>;
}

export const forgetfulMemory: LabMemory = { exercise: undefined, hidden: [], selected: undefined, typed: {} };

/** The text that a form shows for given settings. */
export function typedOf(settings: SettingsGiven, seed: number): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
    [seedField]: String(seed),
  };
}

/** No setting can have this name, since a setting's is an identifier. */
export const seedField = ' seed';
