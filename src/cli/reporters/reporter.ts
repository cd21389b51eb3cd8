/** The ways in which results can be laid out. None of them judges: each says in its own form what the reports say. */
import type { Paint } from '../paint';
import type { Results } from '../results';
import { json } from './json';
import { junit } from './junit';
import { pretty } from './pretty';
import { tap } from './tap';

export interface ReporterContext {
  /** The version of this software. */
  readonly version: string;
  /** Only the pretty reporter paints. */
  readonly paint: Paint;
}

/** Lays results out as one text, without a line end after the last line. */
export type Reporter = (results: Results, context: ReporterContext) => string;

export const reporters = { pretty, json, tap, junit } as const satisfies Readonly<Record<string, Reporter>>;

export type ReporterName = keyof typeof reporters;

export const reporterNames = Object.keys(reporters) as readonly ReporterName[];

export { pretty };
