/**
 * Index notation: `einsum('ij,jk->ik', A, B)` is `cᵢₖ = Σⱼ aᵢⱼ bⱼₖ`. Transposes, sums, traces, outer and matrix
 * products are one idea: letters name axes, letters that the result does not have are summed over. A specification is
 * *parsed*, then evaluated from left to right, two tensors at a time, each pair as one matrix product of reordered
 * axes.
 */
import { multiply } from './arithmetic';
import { matmul } from './linear';
import { sum } from './reduce';
import { inWords, ShapeError, type Shape } from './shape';
import { placed } from './strided';
import { remember } from './tape';
import { checkedTensor, layoutOf, Tensor } from './tensor';
import { permute, reshape } from './views';

/** A tensor and the letter of each of its axes. */
interface Lettered {
  readonly x: Tensor;
  readonly letters: string;
}

/**
 * The sum of products that `spec` describes: the letters of each tensor's axes, separated by commas, an arrow, and the
 * letters of the result in their order. Equal letters name axes of one length; a letter twice in one tensor takes its
 * diagonal; a letter missing on the right is summed over. Without an arrow the result has the letters that occur once,
 * in alphabetical order. Throws a `ShapeError` for a specification that does not fit the tensors. As `numpy.einsum`,
 * without `…`.
 *
 * ```ts
 * einsum('ij->ji', A);                  // transpose
 * einsum('ii->', A);                    // trace
 * einsum('i,j->ij', a, b);              // outer product
 * einsum('bqc,bkc->bqk', queries, keys) // scores of attention
 * ```
 */
export function einsum(spec: string, ...tensors: readonly Tensor[]): Tensor {
  const { inputs, output } = parsed(spec, tensors);
  const [first, ...others] = inputs.map(withoutRepeats);
  if (!first) throw new ShapeError(`einsum: "${spec}" needs at least one tensor`);
  let result = first;
  others.forEach((next, i) => {
    const later = others.slice(i + 1).map(({ letters }) => letters);
    const needed = output + later.join('');
    result = combined(summedTo(result, needed + next.letters), summedTo(next, needed + result.letters), needed);
  });
  return arranged(summedTo(result, output), output).x;
}

function parsed(spec: string, tensors: readonly Tensor[]): { inputs: Lettered[]; output: string } {
  const compact = spec.replaceAll(' ', '');
  if (!/^[a-zA-Z]*(,[a-zA-Z]*)*(->[a-zA-Z]*)?$/.test(compact)) {
    throw new ShapeError(
      `einsum: "${spec}" cannot be read: letters for each tensor, commas between them, then -> and the letters of the result`,
    );
  }
  const [left = '', right] = compact.split('->');
  const terms = left.split(',');
  if (terms.length !== tensors.length) {
    throw new ShapeError(`einsum: "${spec}" names ${terms.length} tensors, but there are ${tensors.length}`);
  }
  const lengths = new Map<string, { length: number; tensor: number }>();
  const inputs = terms.map((letters, tensor): Lettered => {
    const x = checkedTensor('einsum', tensors[tensor], `tensor ${tensor}`);
    if (letters.length !== x.rank) {
      throw new ShapeError(
        `einsum: "${letters}" has ${letters.length} letters, but tensor ${tensor} is ${inWords(x.shape)}`,
      );
    }
    [...letters].forEach((letter, axis) => {
      const length = x.shape[axis] ?? 0;
      const known = lengths.get(letter);
      if (known && known.length !== length) {
        throw new ShapeError(
          `einsum: "${letter}" in "${spec}" is ${known.length} long in tensor ${known.tensor} and ${length} in tensor ${tensor}, ` +
            `which is ${inWords(x.shape)}`,
        );
      }
      lengths.set(letter, { length, tensor });
    });
    return { x, letters };
  });
  const output =
    right ??
    [...lengths.keys()]
      .filter((letter) => left.split(letter).length === 2)
      .sort()
      .join('');
  for (const [i, letter] of [...output].entries()) {
    if (!lengths.has(letter))
      throw new ShapeError(`einsum: the result of "${spec}" has "${letter}", but no tensor has`);
    if (output.indexOf(letter) !== i) throw new ShapeError(`einsum: the result of "${spec}" has "${letter}" twice`);
  }
  return { inputs, output };
}

/** A letter that occurs twice in one tensor stands for its diagonal: one axis that steps along both. */
function withoutRepeats({ x, letters }: Lettered): Lettered {
  const unique = [...new Set(letters)];
  if (unique.length === letters.length) return { x, letters };
  const axes = unique.map((letter) => [...letters].flatMap((other, axis) => (other === letter ? [axis] : [])));
  const diagonal = remember('einsum', diagonalOf(x, axes), {
    inputs: [x],
    // Entries off the diagonal are not read, so nothing comes back to them.
    gradients: [(dy) => placed(dy, x.shape, (whole) => diagonalOf(whole, axes))],
  });
  return { x: diagonal, letters: unique.join('') };
}

function diagonalOf(x: Tensor, groups: readonly (readonly number[])[]): Tensor {
  const layout = layoutOf(x);
  const shape = groups.map(([axis = 0]) => x.shape[axis] ?? 0);
  const strides = groups.map((axes) => axes.reduce((stride, axis) => stride + (layout.strides[axis] ?? 0), 0));
  return new Tensor(shape, { ...layout, strides });
}

/** Summed over the axes whose letters are not `needed` any more. */
function summedTo({ x, letters }: Lettered, needed: string): Lettered {
  const axis = [...letters].flatMap((letter, at) => (needed.includes(letter) ? [] : [at]));
  if (axis.length === 0) return { x, letters };
  return { x: sum(x, { axis }), letters: [...letters].filter((letter) => needed.includes(letter)).join('') };
}

/**
 * Two tensors as one product. Letters of both that are needed later are *batch* axes; letters of both that are not are
 * summed over, the inner axis of the product; all others stay rows of the first or columns of the second.
 */
function combined(a: Lettered, b: Lettered, needed: string): Lettered {
  const common = [...a.letters].filter((letter) => b.letters.includes(letter));
  const batch = common.filter((letter) => needed.includes(letter)).join('');
  const inner = common.filter((letter) => !needed.includes(letter)).join('');
  const rows = [...a.letters].filter((letter) => !common.includes(letter)).join('');
  const columns = [...b.letters].filter((letter) => !common.includes(letter)).join('');
  const letters = batch + rows + columns;
  const left = arranged(a, batch + rows + inner);
  const right = arranged(b, batch + inner + columns);
  const shape = (group: string): Shape => [...group].map((letter) => lengthOf(letter, a, b));
  const size = (group: string): number => shape(group).reduce((product, length) => product * length, 1);
  if (rows === '' && columns === '' && inner === '') return { x: multiply(left.x, right.x), letters };
  const product = matmul(
    reshape(left.x, [...shape(batch), size(rows), size(inner)]),
    reshape(right.x, [...shape(batch), size(inner), size(columns)]),
  );
  return { x: reshape(product, shape(letters)), letters };
}

function lengthOf(letter: string, ...tensors: readonly Lettered[]): number {
  for (const { x, letters } of tensors) {
    const axis = letters.indexOf(letter);
    if (axis >= 0) return x.shape[axis] ?? 0;
  }
  return 1;
}

/** The same tensor with its axes in the order of `letters`. */
function arranged({ x, letters }: Lettered, order: string): Lettered {
  if (letters === order) return { x, letters };
  return {
    x: permute(
      x,
      [...order].map((letter) => letters.indexOf(letter)),
    ),
    letters: order,
  };
}
