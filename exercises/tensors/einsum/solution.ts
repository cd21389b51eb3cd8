/** Index notation as a function: letters name the axes, and a letter that the result lacks is summed over. */
import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

/** `'ij,jk->ik'` taken apart: `{ inputs: ['ij', 'jk'], output: 'ik' }`. */
export interface Expression {
  readonly inputs: readonly string[];
  readonly output: string;
}

/** What an expression means for tensors of given shapes. */
export interface Plan {
  /** The letters of the result, in its order. */
  readonly kept: string;
  /** The letters that are summed over, in the order in which they first occur. */
  readonly summed: string;
  /** How long the axis of each letter is. */
  readonly sizes: Readonly<Record<string, number>>;
}

/**
 * Takes a specification apart: letters for each tensor, commas between them, an arrow, the letters of the result. Spaces
 * mean nothing.
 *
 * @throws Error that names what is wrong: a missing `->`, a character that is no letter, a letter of the result that no
 * tensor has or that the result has twice
 */
export function parse(spec: string): Expression {
  const [left = '', output, more] = spec.replaceAll(' ', '').split('->');
  if (output === undefined || more !== undefined) throw new Error(`einsum: "${spec}" needs one arrow ->`);
  const inputs = left.split(',');
  const letters = inputs.join('');
  for (const letter of letters + output) {
    if (!/[a-z]/i.test(letter)) throw new Error(`einsum: "${letter}" in "${spec}" is not a letter`);
  }
  for (const letter of output) {
    if (!letters.includes(letter)) throw new Error(`einsum: no tensor of "${spec}" has the letter ${letter}`);
    if (output.split(letter).length > 2) throw new Error(`einsum: the result of "${spec}" has ${letter} twice`);
  }
  return { inputs, output };
}

/**
 * Gives every letter its size, and says which are kept and which summed over.
 *
 * @param shapes one for each of the expression's inputs
 * @throws Error that names both numbers when there are more or fewer shapes than inputs, or when a shape has more or fewer
 * axes than its input has letters; and one that names the letter and both sizes when a letter would have two
 */
export function plan({ inputs, output }: Expression, shapes: readonly (readonly number[])[]): Plan {
  if (inputs.length !== shapes.length) {
    throw new Error(`einsum: the letters are for ${inputs.length} tensors, and there are ${shapes.length}`);
  }
  const sizes: Record<string, number> = {};
  inputs.forEach((letters, input) => {
    const shape = shapes[input]!;
    if (letters.length !== shape.length) {
      throw new Error(`einsum: "${letters}" has ${letters.length} letters for a tensor with ${shape.length} axes`);
    }
    shape.forEach((size, axis) => {
      const letter = letters[axis]!;
      // Not `??=` alone: a second occurrence has to agree with the first, in the same tensor too.
      const known = (sizes[letter] ??= size);
      if (known !== size) throw new Error(`einsum: ${letter} cannot be both ${known} and ${size} long`);
    });
  });
  // An object keeps its names in the order in which they were first written.
  const summed = Object.keys(sizes).filter((letter) => !output.includes(letter));
  return { kept: output, summed: summed.join(''), sizes };
}

/**
 * For every choice of the kept indices: the sum, over every choice of the others, of the product of one entry of each
 * tensor.
 *
 * `'ij,jk->ik'` with `(m, n)` and `(n, p)` → `(m, p)`; `'ij->'` with `(m, n)` → `()`
 *
 * @throws Error as `parse` and `plan` do
 */
export function einsum(spec: string, ...tensors: readonly Tensor[]): Tensor {
  const expression = parse(spec);
  const shapes = tensors.map(({ shape }) => shape);
  const { kept, summed, sizes } = plan(expression, shapes);
  const lengths = (letters: string): number[] => [...letters].map((letter) => sizes[letter]!);
  const steps = tensors.map((x, input) =>
    stepsOf(expression.inputs[input]!, { shape: x.shape, letters: kept + summed }),
  );
  const cells = product(lengths(kept));
  const terms = product(lengths(summed));
  const values = new Float32Array(cells);
  for (let cell = 0; cell < cells; cell += 1) {
    const keptIndex = indexAt(cell, lengths(kept));
    let sum = 0;
    for (let term = 0; term < terms; term += 1) {
      const index = [...keptIndex, ...indexAt(term, lengths(summed))];
      let factor = 1;
      tensors.forEach((x, input) => {
        const position = index.reduce((place, at, letter) => place + at * steps[input]![letter]!, 0);
        factor *= x.data[position]!;
      });
      sum += factor;
    }
    values[cell] = sum;
  }
  return fromData(values, lengths(kept));
}

interface Lettered {
  readonly shape: readonly number[];
  /** All letters of the expression, in the order in which an index lists them. */
  readonly letters: string;
}

/**
 * How far one step along each letter moves in a tensor's memory. A letter that the tensor lacks moves nothing; one that
 * it has twice moves along both axes, which is down the diagonal.
 */
function stepsOf(own: string, { shape, letters }: Lettered): number[] {
  return [...letters].map((letter) => {
    let step = 0;
    let stride = 1;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      if (own[axis] === letter) step += stride;
      stride *= shape[axis]!;
    }
    return step;
  });
}

/** The index of place `flat`, counted row-major, in a tensor of these sizes. */
function indexAt(flat: number, sizes: readonly number[]): number[] {
  const index: number[] = [];
  let rest = flat;
  for (let axis = sizes.length - 1; axis >= 0; axis -= 1) {
    index[axis] = rest % sizes[axis]!;
    rest = Math.floor(rest / sizes[axis]!);
  }
  return index;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
