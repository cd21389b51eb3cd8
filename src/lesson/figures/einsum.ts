/**
 * `einsum`: the letters of a specification, each with its own colour and hatching wherever it stands. Letters of the
 * result run down to it, letters that it lacks are joined above and summed over; below stands the loop in symbols.
 */
import { z } from 'zod';
import { drawFit } from './chips';
import type { Chipped } from './chips';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { shapeWords, textLines, textWidth, wrapWords } from './svg';
import type { Role, Texture } from './svg';

interface EinsumData {
  readonly spec: string;
  readonly shapes: readonly number[][];
  readonly names: readonly string[];
  readonly caption: string;
}

interface Spec {
  readonly inputs: readonly string[];
  readonly output: string;
}

const looks: readonly { readonly role: Role; readonly texture?: Texture }[] = [
  { role: 'a' },
  { role: 'b', texture: 'diagonal' },
  { role: 'c', texture: 'level' },
  { role: 'd', texture: 'counter' },
  { role: 'e', texture: 'upright' },
  { role: 'plain', texture: 'crossed' },
];

export const einsum: FigureKind<EinsumData> = {
  schema: z.strictObject({
    spec: z
      .string()
      .max(60)
      .regex(/^ *[a-zA-Z]* *(, *[a-zA-Z]* *)*-> *[a-zA-Z]* *$/, 'should be like ij,jk->ik'),
    shapes: z
      .array(z.array(z.number().int().min(0).max(9999)).max(5))
      .min(1)
      .max(3),
    names: z.array(z.string().min(1).max(12)).max(4).default([]),
    caption: z.string().min(1).max(400),
  }),
  draw({ spec, shapes, names }) {
    const read = readSpec(spec);
    const sizes = sizesOf(read, { spec, shapes });
    if (names.length > shapes.length + 1) {
      throw new FigureError(`names has ${names.length} names for ${shapes.length} shapes and one result`);
    }
    const letters = [...sizes.keys()];
    const chipped = (term: string, name: string): Chipped => ({
      name,
      axes: [...term].map((letter) => ({
        key: letter,
        label: `${letter} ${sizes.get(letter) ?? 0}`,
        ...looks[letters.indexOf(letter) % looks.length],
        role: looks[letters.indexOf(letter) % looks.length]?.role ?? 'plain',
      })),
    });
    const nameOf = (index: number): string => names[index] ?? 'ABC'[index] ?? '';
    const resultName = names[shapes.length] ?? (names.length === 0 ? 'ABCD'[shapes.length] : undefined) ?? 'out';
    const fit = drawFit(
      read.inputs.map((term, index) => chipped(term, nameOf(index))),
      chipped(read.output, resultName),
    );
    const summed = letters.filter((letter) => !read.output.includes(letter));
    const indexed = (name: string, term: string): string => (term === '' ? name : `${name}[${[...term].join(', ')}]`);
    const factors = read.inputs.map((term, index) => indexed(nameOf(index), term)).join(' · ');
    const sum = summed.length === 0 ? '' : `Σ over ${summed.join(', ')} of `;
    const loop = `${indexed(resultName, read.output)} = ${sum}${factors}`;
    const width = Math.max(fit.width, Math.min(404, textWidth(loop, 12) + 12));
    const lines = wrapWords(loop, Math.floor((width - 8) / textWidth('0', 12)) + 1);
    const said = textLines(lines, { x: 6, y: fit.height + 16 }, { size: 12, bold: true });
    const resultShape = [...read.output].map((letter) => sizes.get(letter) ?? 0);
    return {
      width,
      height: fit.height + 8 + said.height,
      body: fit.body + said.body,
      words:
        `${spec}: ${shapes.map((shape, index) => `${nameOf(index)} has shape ${shapeWords(shape)}`).join(', ')}; ` +
        `${letters.map((letter) => `${letter} is ${sizes.get(letter) ?? 0}`).join(', ')}. ` +
        `${summed.length > 0 ? `Summed over: ${summed.join(', ')}.` : 'Nothing is summed over.'} ` +
        `${resultName} has shape ${shapeWords(resultShape)}. ${loop}.`,
    };
  },
};

function readSpec(spec: string): Spec {
  const [left = '', output = ''] = spec.replaceAll(' ', '').split('->');
  return { inputs: left.split(','), output };
}

/** The size of each letter, in the order in which letters appear. */
function sizesOf({ inputs, output }: Spec, { spec, shapes }: Pick<EinsumData, 'spec' | 'shapes'>): Map<string, number> {
  if (inputs.length !== shapes.length) {
    throw new FigureError(`spec ${spec} names ${inputs.length} tensors, but shapes has ${shapes.length}`);
  }
  const sizes = new Map<string, number>();
  inputs.forEach((term, index) => {
    const shape = shapes[index] ?? [];
    if (term.length !== shape.length) {
      throw new FigureError(`${term} has ${term.length} letters, but its shape is ${shapeWords(shape)}`);
    }
    [...term].forEach((letter, axis) => {
      const [size, known] = [shape[axis] ?? 0, sizes.get(letter)];
      if (known !== undefined && known !== size) {
        throw new FigureError(`the letter ${letter} is ${known} at one place and ${size} at another`);
      }
      sizes.set(letter, size);
    });
  });
  const lost = [...output].find((letter) => !sizes.has(letter));
  if (lost !== undefined) {
    throw new FigureError(`the result has the letter ${lost}, but no tensor has`);
  }
  const twice = [...output].find((letter, index) => output.indexOf(letter) !== index);
  if (twice !== undefined) {
    throw new FigureError(`the result has the letter ${twice} twice`);
  }
  return sizes;
}
