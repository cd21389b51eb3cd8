/** A run as a table for other programs: a line for each step, a column for each curve, and what it ran on above them. */
import type { CurveField } from '../../harness/runs/labData';
import type { RunSnapshot } from '../../webview/labProtocol';

/** RFC 4180, lines ended by CR LF; a step without a value for a curve has an empty field. */
export function csvOf({ facts, points }: RunSnapshot, curves: readonly CurveField[]): string {
  const names = curves.map(({ name }) => name);
  const rows = Array.from(points.steps, (step, index) => [
    String(step),
    ...names.map((name) => {
      const value = points.curves[name]?.[index];
      return value === undefined || Number.isNaN(value) ? '' : String(value);
    }),
  ]);
  const settings = Object.entries(facts.settings).map(([name, value]) => `${name}=${value}`);
  const about = [
    `run ${facts.number}`,
    `seed=${facts.seed}`,
    ...settings,
    `code=${facts.codeVersion}`,
    facts.startedAt,
  ];
  const header = ['step', ...curves.map(({ label }) => label)];
  return [header, ...rows, [`# ${about.join(' ')}`]].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
