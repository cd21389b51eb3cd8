/** What every measurement hands on: rows of a name, a number and its unit, as a table for people and as JSON. */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The largest value that the project promises, where it promises one. */
  readonly limit?: number;
  /** The smallest value that it promises, where more is better. */
  readonly least?: number;
}

/** The machine that was measured, in one line, and a warning where it had other things to do. */
function describeMachine(): string {
  const [cpu] = cpus();
  const load = loadavg()[0] ?? 0;
  const line = `${cpu?.model.trim() ?? 'unknown processor'}, ${String(cpus().length)} cores, Node ${process.versions.node}`;
  if (load <= cpus().length) return line;
  return `${line}\nThe machine is busy (load ${load.toFixed(1)}): these figures say more about that than about us.`;
}

/** Prints the rows and, where the arguments name a file after `--json`, writes them there. */
export function showRows(rows: readonly Row[], args: readonly string[]): void {
  console.log(describeMachine());
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const row of rows) {
    console.log(`${row.name.padEnd(width)}  ${row.value.toFixed(2).padStart(9)} ${row.unit}${promiseOf(row)}`);
  }
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'string' } } });
  if (values.json === undefined) return;
  const plain = rows.map(({ name, value, unit }) => ({ name, value: Math.round(value * 1000) / 1000, unit }));
  writeFileSync(values.json, `${JSON.stringify(plain, undefined, 2)}\n`);
}

function promiseOf({ value, limit, least }: Row): string {
  if (limit !== undefined) return value <= limit ? `  (at most ${limit})` : `  (TOO MUCH: at most ${limit})`;
  if (least !== undefined) return value >= least ? `  (at least ${least})` : `  (TOO LITTLE: at least ${least})`;
  return '';
}
