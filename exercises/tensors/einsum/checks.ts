import { defineChecks } from 'authoring';
import type { Random } from 'tensor';
import { fromData, tensor, zeros } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * The specification: each letter takes every value in turn, the kept ones outside, and entries are found by their index.
 * `sizes` lists the letters and how long they are.
 */
function sumOfProducts(
  spec: string,
  { tensors, sizes }: { readonly tensors: readonly Tensor[]; readonly sizes: Readonly<Record<string, number>> },
): Tensor {
  const [left = '', output = ''] = spec.split('->');
  const inputs = left.split(',');
  const choices = (letters: readonly string[]): Record<string, number>[] =>
    letters.reduce<Record<string, number>[]>(
      (found, letter) =>
        found.flatMap((choice) => Array.from({ length: sizes[letter] ?? 0 }, (_, at) => ({ ...choice, [letter]: at }))),
      [{}],
    );
  const summed = [...new Set(inputs.join(''))].filter((letter) => !output.includes(letter));
  const terms = choices(summed);
  const values = choices([...output]).map((kept) =>
    terms.reduce((sum, choice) => {
      const index = { ...kept, ...choice };
      const factors = tensors.map((x, input) =>
        x.at(...[...(inputs[input] ?? '')].map((letter) => index[letter] ?? 0)),
      );
      return sum + factors.reduce((product, factor) => product * factor, 1);
    }, 0),
  );
  return fromData(
    Float32Array.from(values),
    [...output].map((letter) => sizes[letter] ?? 0),
  );
}

/** Random tensors for the inputs of `spec`. */
function tensorsFor(
  spec: string,
  { sizes, random }: { readonly sizes: Readonly<Record<string, number>>; readonly random: Random },
): Tensor[] {
  const inputs = spec.split('->')[0] ?? '';
  return inputs.split(',').map((letters) => random.normal([...letters].map((letter) => sizes[letter] ?? 0)));
}

const sizes = { i: 2, j: 3, k: 4, t: 3, a: 5, b: 2, q: 4, c: 3, Q: 2 };

const recipes = tensor([
  [2, 1, 3],
  [0, 4, 1],
]);

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'parse takes a specification apart': {
    step: 'parse',
    async run({ learner, expect }) {
      for (const [spec, inputs, output] of [
        ['ij,jk->ik', ['ij', 'jk'], 'ik'],
        ['ij->ji', ['ij'], 'ji'],
        ['ii->', ['ii'], ''],
        [' a , bQ -> Q b a ', ['a', 'bQ'], 'Qba'],
        ['i,->i', ['i', ''], 'i'],
        ['->', [''], ''],
        ['i,ij,j->', ['i', 'ij', 'j'], ''],
      ] as const) {
        expect.equal(await learner.parse(spec), { inputs, output });
      }
    },
  },

  'parse refuses what cannot be read, and says what is wrong': {
    step: 'parse',
    async run({ learner, expect }) {
      await expect.throws(learner.parse('ij,jk'), { because: 'there is no arrow', mentioning: ['->'] });
      await expect.throws(learner.parse('ij->j->i'), { because: 'there are two arrows', mentioning: ['->'] });
      await expect.throws(learner.parse('i3->i'), { because: '3 is not a letter', mentioning: ['3'] });
      await expect.throws(learner.parse('ij->i?'), { because: '? is not a letter', mentioning: ['?'] });
      await expect.throws(learner.parse('ij,jk->iz'), { because: 'no tensor has the letter z', mentioning: ['z'] });
      await expect.throws(learner.parse('uw->uu'), { because: 'the result has the letter u twice', mentioning: ['u'] });
    },
  },

  'plan gives every letter its size and says which are summed': {
    step: 'plan',
    async run({ learner, expect }) {
      const product = { inputs: ['ij', 'jk'], output: 'ik' };
      expect.equal(
        await learner.plan(product, [
          [2, 3],
          [3, 4],
        ]),
        { kept: 'ik', summed: 'j', sizes: { i: 2, j: 3, k: 4 } },
      );
      expect.equal(await learner.plan({ inputs: ['abc'], output: '' }, [[5, 2, 7]]), {
        kept: '',
        summed: 'abc',
        sizes: { a: 5, b: 2, c: 7 },
      });
      expect.equal(await learner.plan({ inputs: ['zy', '', 'yx'], output: 'xz' }, [[4, 1], [], [1, 0]]), {
        kept: 'xz',
        summed: 'y',
        sizes: { z: 4, y: 1, x: 0 },
      });
      expect.equal(await learner.plan({ inputs: ['dd'], output: 'd' }, [[6, 6]]), {
        kept: 'd',
        summed: '',
        sizes: { d: 6 },
      });
    },
  },

  'plan refuses shapes that do not fit, and the message names what does not': {
    step: 'plan',
    async run({ learner, expect }) {
      const product = { inputs: ['ij', 'jk'], output: 'ik' };
      await expect.throws(learner.plan(product, [[2, 3]]), {
        because: 'there are letters for 2 tensors, and 1 shape',
        mentioning: ['2', '1'],
      });
      await expect.throws(learner.plan({ inputs: ['abcd'], output: 'a' }, [[5, 6, 7]]), {
        because: 'there are 4 letters for 3 axes',
        mentioning: ['4', '3'],
      });
      await expect.throws(
        learner.plan(product, [
          [2, 5],
          [6, 4],
        ]),
        { because: 'j would be 5 and 6 long', mentioning: ['j', '5', '6'] },
      );
      await expect.throws(learner.plan({ inputs: ['ww'], output: '' }, [[8, 9]]), {
        because: 'w would be 8 and 9 long',
        mentioning: ['w', '8', '9'],
      });
      // One entry is not stretched to seven here: letters do not broadcast.
      await expect.throws(learner.plan({ inputs: ['i', 'i'], output: 'i' }, [[1], [7]]), {
        because: 'i would be 1 and 7 long',
        mentioning: ['i', '1', '7'],
      });
    },
  },

  "einsum finds the lesson's sums": {
    step: 'sum',
    async run({ learner, expect }) {
      expect.close(await learner.einsum('ij->i', recipes), tensor([6, 5]));
      expect.close(await learner.einsum('ij->j', recipes), tensor([2, 5, 4]));
      expect.close(await learner.einsum('ij->', recipes), fromData([11], []));
    },
  },

  'einsum with one tensor reorders and sums its axes': {
    step: 'steps',
    async run({ learner, random, expect }) {
      for (const spec of ['ij->ij', 'ij->ji', 'ijk->kij', 'ijk->j', 'ijk->ki', 'tijk->jt', 'a->', 'a->a']) {
        const tensors = tensorsFor(spec, { sizes, random });
        expect.close(await learner.einsum(spec, ...tensors), sumOfProducts(spec, { tensors, sizes }));
      }
    },
  },

  'a letter that occurs twice in one tensor walks down its diagonal': {
    step: 'steps',
    async run({ learner, random, expect }) {
      const square = tensor([
        [5, 1, 2],
        [0, 7, 4],
        [6, 3, 9],
      ]);
      expect.close(await learner.einsum('ii->i', square), tensor([5, 7, 9]));
      for (const spec of ['jj->', 'ijj->i', 'kik->ki', 'iji->j', 'jijk,ja->ak', 'jjj->j']) {
        const tensors = tensorsFor(spec, { sizes, random });
        expect.close(await learner.einsum(spec, ...tensors), sumOfProducts(spec, { tensors, sizes }));
      }
    },
  },

  'einsum with two tensors is every product there is': {
    step: 'sum',
    async run({ learner, random, expect }) {
      for (const spec of ['a,a->', 'i,j->ij', 'i,j->ji', 'ij,ij->ij', 'ij,j->i', 'ij,jk->ik', 'ij,kj->ki', 'ij,k->']) {
        const tensors = tensorsFor(spec, { sizes, random });
        expect.close(await learner.einsum(spec, ...tensors), sumOfProducts(spec, { tensors, sizes }));
      }
      for (const spec of ['tij,tjk->tik', 'bqc,bkc->bqk', 'ijk,ka->aij']) {
        const tensors = tensorsFor(spec, { sizes, random });
        expect.close(await learner.einsum(spec, ...tensors), sumOfProducts(spec, { tensors, sizes }));
      }
    },
  },

  'any number of tensors may meet in one sum': {
    step: 'sum',
    async run({ learner, random, expect }) {
      for (const spec of ['i,ij,j->', 'ai,aj,ak->ijk', 'ij,jk,kb,b->i']) {
        const tensors = tensorsFor(spec, { sizes, random });
        expect.close(await learner.einsum(spec, ...tensors), sumOfProducts(spec, { tensors, sizes }));
      }
    },
  },

  'numbers have no letters, and a sum over nothing is zero': {
    step: 'sum',
    async run({ learner, random, expect }) {
      const three = fromData([3], []);
      expect.close(await learner.einsum('->', three), three);
      expect.close(await learner.einsum(',->', three, fromData([-2], [])), fromData([-6], []));
      expect.close(await learner.einsum('i,->i', tensor([1, 2]), three), tensor([3, 6]));
      expect.close(await learner.einsum('ij->i', zeros([2, 0])), zeros([2]));
      expect.close(await learner.einsum('ij,jk->ik', zeros([2, 0]), zeros([0, 3])), zeros([2, 3]));
      expect.close(await learner.einsum('ij->j', random.normal([4, 0])), zeros([0]));
    },
  },

  'einsum reads spaces and capital letters, and refuses what parse and plan refuse': {
    step: 'plan',
    async run({ learner, random, expect }) {
      const tensors = tensorsFor('iQ,Qq->qi', { sizes, random });
      const expected = sumOfProducts('iQ,Qq->qi', { tensors, sizes });
      expect.close(await learner.einsum(' iQ, Qq -> qi', ...tensors), expected);
      await expect.throws(learner.einsum('ij,jk->ik', random.normal([2, 5]), random.normal([6, 3])), {
        because: 'j would be 5 and 6 long',
        mentioning: ['j', '5', '6'],
      });
      await expect.throws(learner.einsum('ij->z', random.normal([2, 3])), {
        because: 'no tensor has the letter z',
        mentioning: ['z'],
      });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.plan({ inputs: ['ij', 'jk'], output: 'ik' }, [
        [2, 3],
        [3, 4],
      ]);
      await learner.einsum('ij,jk->ik', random.normal([2, 3]), random.normal([3, 4]));
      await learner.einsum('ij->i', random.normal([2, 3]));
      expect.inputsUnchanged();
    },
  },
});
