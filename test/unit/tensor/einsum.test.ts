import assert from 'node:assert/strict';
import { einsum, random, type Tensor } from '../../../src/tensor';
import { assertClose, indicesOf, normal } from './support';

/** The definition: for each index of the result, the sum over all other letters of the product of the entries. */
function slowEinsum(spec: string, tensors: readonly Tensor[]): { shape: number[]; values: number[] } {
  const [left = '', output = ''] = spec.split('->');
  const terms = left.split(',');
  const lengths = new Map<string, number>();
  terms.forEach((term, t) => [...term].forEach((letter, axis) => lengths.set(letter, tensors[t]?.shape[axis] ?? 0)));
  const summed = [...lengths.keys()].filter((letter) => !output.includes(letter));
  const shapeOf = (letters: readonly string[]): number[] => letters.map((letter) => lengths.get(letter) ?? 0);
  const values = indicesOf(shapeOf([...output])).map((index) =>
    indicesOf(shapeOf(summed)).reduce((total, rest) => {
      const at = new Map([
        ...[...output].map((l, i) => [l, index[i]] as const),
        ...summed.map((l, i) => [l, rest[i]] as const),
      ]);
      return (
        total +
        terms.reduce(
          (product, term, t) => product * (tensors[t]?.at(...[...term].map((l) => at.get(l) ?? 0)) ?? NaN),
          1,
        )
      );
    }, 0),
  );
  return { shape: shapeOf([...output]), values };
}

describe('einsum', () => {
  const lengths: Readonly<Record<string, number>> = { i: 3, j: 4, k: 2, l: 5, b: 2 };
  const specs = [
    ...['ij->ji', 'ij->', 'ij->i', 'ij->j', 'ii->', 'ii->i', 'iij->ij', 'iji->j', 'i->i', '->'],
    ...[
      'i,j->ij',
      'i,i->',
      'i,i->i',
      'ij,j->i',
      'ij,jk->ik',
      'ij,jk->ki',
      'ij,kj->ik',
      'ji,jk->ik',
      'ij,ij->',
      'ij,ij->ij',
    ],
    ...[
      'bij,bjk->bik',
      'bij,jk->bik',
      'bij,bkj->bki',
      'ij,kl->ijkl',
      'ij,kl->',
      'ijk,ljk->il',
      'ij,jk,kl->il',
      'i,i,i->i',
      ',i->i',
    ],
    ...['bil,bjl,bij->b', 'ii,ij->j', 'ijk,k->ji', 'bijk,bjl->bikl'],
  ];
  for (const spec of specs) {
    it(`${spec} is its definition`, () => {
      const terms = (spec.split('->')[0] ?? '').split(',');
      const tensors = terms.map((term, t) =>
        normal(
          [...term].map((letter) => lengths[letter] ?? 0),
          t + 1,
        ),
      );
      const { shape, values } = slowEinsum(spec, tensors);
      assertClose(einsum(spec, ...tensors), values, shape);
    });
  }

  it('is its definition for specifications drawn at random', () => {
    const dice = random(20);
    const letters = Object.keys(lengths);
    for (let round = 0; round < 200; round++) {
      const terms = Array.from({ length: dice.integer(1, 4) }, () =>
        Array.from({ length: dice.integer(0, 4) }, () => letters[dice.integer(0, letters.length)]).join(''),
      );
      const used = [...new Set(terms.join(''))];
      const output = dice
        .permutation(used.length)
        .slice(0, dice.integer(0, used.length + 1))
        .map((i) => used[i])
        .join('');
      const spec = `${terms.join(',')}->${output}`;
      const tensors = terms.map((term, t) =>
        normal(
          [...term].map((letter) => lengths[letter] ?? 0),
          10 * round + t,
        ),
      );
      const { shape, values } = slowEinsum(spec, tensors);
      const result = einsum(spec, ...tensors);
      assert.deepEqual(result.shape, shape, spec);
      result.data.forEach((value, i) => {
        const expected = values[i] ?? NaN;
        assert.ok(
          Math.abs(value - expected) <= 1e-3 + 1e-4 * Math.abs(expected),
          `${spec} entry ${i}: ${value}, expected ${expected}`,
        );
      });
    }
  });

  it('reads spaces, and no arrow as NumPy does', () => {
    const [A, B] = [normal([3, 4], 1), normal([4, 2], 2)];
    assertClose(einsum('ij, jk -> ik', A, B), einsum('ij,jk->ik', A, B).data, [3, 2]);
    assertClose(einsum('ij,jk', A, B), einsum('ij,jk->ik', A, B).data, [3, 2]);
    assertClose(einsum('ba', A), einsum('ba->ab', A).data, [4, 3]);
  });

  it('says what does not fit', () => {
    const A = normal([3, 4]);
    assert.throws(() => einsum('ij,jk->ik', A), {
      name: 'ShapeError',
      message: 'einsum: "ij,jk->ik" names 2 tensors, but there are 1',
    });
    assert.throws(() => einsum('ijk->i', A), { message: 'einsum: "ijk" has 3 letters, but tensor 0 is (3, 4)' });
    assert.throws(() => einsum('ij,jk->ik', A, A), {
      message: 'einsum: "j" in "ij,jk->ik" is 4 long in tensor 0 and 3 in tensor 1, which is (3, 4)',
    });
    assert.throws(() => einsum('ij->ik', A), { message: 'einsum: the result of "ij->ik" has "k", but no tensor has' });
    assert.throws(() => einsum('ij->ii', A), { message: 'einsum: the result of "ij->ii" has "i" twice' });
    assert.throws(() => einsum('i…->i', A), /cannot be read: letters for each tensor/);
  });
});
