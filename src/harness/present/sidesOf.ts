/** What was expected and what came, as two texts that stand side by side in an editor: one row of numbers on each line. */
import type { Mismatch, ValueView } from '../report';
import { describeShape } from './formatNumber';

export interface Sides {
  readonly expected: string;
  readonly actual: string;
}

/** `undefined` where a mismatch is of a condition, and there is nothing to hold against each other. */
export function sidesOf(mismatch: Mismatch): Sides | undefined {
  switch (mismatch.kind) {
    case 'type':
      return { expected: mismatch.expected, actual: `${mismatch.actual}\n${linesOf(mismatch.actualValue)}` };
    case 'shape':
    case 'values':
    case 'value':
      return { expected: linesOf(mismatch.expected), actual: linesOf(mismatch.actual) };
    case 'didNotThrow':
      return { expected: `an error: ${mismatch.expected}`, actual: linesOf(mismatch.actual) };
    case 'wrongError':
      return { expected: `an error: ${mismatch.expected}`, actual: mismatch.actual };
    case 'inputChanged':
      return { expected: linesOf(mismatch.before), actual: linesOf(mismatch.after) };
    case 'condition':
      return undefined;
    default:
      return mismatch satisfies never;
  }
}

/** A tensor as its shape and then a line for each row, the rows of each matrix apart; anything else as it stands. */
export function linesOf(value: ValueView): string {
  if (value.kind === 'text') {
    return value.text;
  }
  const { shape, cells, omitted } = value;
  const length = Math.max(1, shape.at(-1) ?? 1);
  const rows = Math.max(1, shape.at(-2) ?? 1);
  const lines = [`Tensor ${describeShape(shape)}`];
  for (let row = 0; row * length < cells.length; row += 1) {
    if (row > 0 && row % rows === 0 && shape.length > 2) {
      lines.push('');
    }
    lines.push(`[${cells.slice(row * length, (row + 1) * length).join(', ')}]`);
  }
  return [...lines, ...(omitted > 0 ? [`… ${omitted} more`] : [])].join('\n');
}
