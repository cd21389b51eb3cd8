/** Memory as a ribbon: numbers in a row with their addresses above, broken into lines where there are many. */
import { cellHeight } from './matrix';
import type { CellStyle } from './matrix';
import { figureNumber, rect, text } from './svg';
import type { Area, Box } from './svg';

export interface RibbonOptions {
  readonly values: readonly number[];
  readonly cellWidth: number;
  readonly x: number;
  readonly y: number;
  /** Room below each line, for what is drawn there. */
  readonly below: number;
  readonly cell?: (address: number) => CellStyle;
}

export interface Ribbon extends Area {
  /** The box of the number at an address. */
  boxOf(address: number): Box;
  lineOf(address: number): number;
}

const addressRoom = 16;
const limit = 404;

export function drawRibbon({ values, cellWidth, x, y, below, cell }: RibbonOptions): Ribbon {
  const perLine = Math.max(1, Math.min(values.length, Math.floor(limit / cellWidth)));
  const lineHeight = addressRoom + cellHeight + below;
  const lineOf = (address: number): number => Math.floor(address / perLine);
  const boxOf = (address: number): Box => ({
    x: x + (address % perLine) * cellWidth,
    y: y + lineOf(address) * lineHeight + addressRoom,
    width: cellWidth,
    height: cellHeight,
  });
  const plain: string[] = [];
  const bold: string[] = [];
  values.forEach((value, address) => {
    const box = boxOf(address);
    const { text: words, ...style } = cell?.(address) ?? { fill: 0.04 };
    const middle = box.x + cellWidth / 2;
    plain.push(text(String(address), { x: middle, y: box.y - 8 }, { role: 'soft', size: 10 }));
    (style.border === 'bold' ? bold : plain).push(
      rect(box, style) + text(figureNumber(value), { x: middle, y: box.y + cellHeight / 2 }, words),
    );
  });
  return {
    width: perLine * cellWidth,
    height: (lineOf(Math.max(0, values.length - 1)) + 1) * lineHeight,
    body: plain.join('') + bold.join(''),
    boxOf,
    lineOf,
  };
}
