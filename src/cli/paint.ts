/** Colours for a person at a terminal. Every coloured text says the same without them. */

export type Style = 'good' | 'bad' | 'dim' | 'bold';

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  dim: [2, 22],
  bold: [1, 22],
};

export type Paint = (style: Style, text: string) => string;

export function painter(colours: boolean): Paint {
  if (!colours) return (_style, text) => text;
  return (style, text) => {
    const [on, off] = codes[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}

/** Colours the marks at the head of lines, and dims what is only circumstance. */
export function paintMarks(text: string, paint: Paint): string {
  return text
    .split('\n')
    .map((line) => {
      const [, indent = '', mark, rest = ''] = /^(\s*)([✓✗–]) (.*)$/.exec(line) ?? [];
      if (mark === undefined) {
        return /^ {2}\d+ ms, seed /.test(line) ? paint('dim', line) : line;
      }
      const style = mark === '✓' ? 'good' : mark === '✗' ? 'bad' : 'dim';
      return `${indent}${paint(style, mark)} ${indent === '' ? paint('bold', rest) : rest}`;
    })
    .join('\n');
}
