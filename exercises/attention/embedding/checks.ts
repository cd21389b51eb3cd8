import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { Random, Shape, Tensor } from 'tensor';

type Stub = typeof import('./stub');

const small = ['<unk>', ' ', 'bird', 's', 'sang'];

/** The specification: of all entries that fit at the start of what is left, the longest. */
function tokens(text: string, vocabulary: readonly string[]): number[] {
  if (text === '') return [];
  const fitting = vocabulary.filter((entry, id) => id > 0 && text.startsWith(entry));
  const [longest] = fitting.sort((a, b) => b.length - a.length);
  if (longest === undefined) {
    const [, ...others] = Array.from(text);
    return [0, ...tokens(others.join(''), vocabulary)];
  }
  return [vocabulary.indexOf(longest, 1), ...tokens(text.slice(longest.length), vocabulary)];
}

/** The specification: row by row, channel by channel. */
function rows(ids: Tensor, E: Tensor): Tensor {
  const channels = E.shape[1] ?? 0;
  const x = new Float32Array(ids.size * channels);
  ids.data.forEach((id, place) => {
    for (let a = 0; a < channels; a += 1) x[place * channels + a] = E.at(id, a);
  });
  return fromData(x, [...ids.shape, channels]);
}

function idsOf(random: Random, { shape, entries }: { readonly shape: Shape; readonly entries: number }): Tensor {
  return random.integers(shape, { low: 0, high: entries });
}

interface Reading {
  readonly ids: Tensor;
  readonly E: Tensor;
  readonly dX: Tensor;
}

const gradientOfTable = ({ embed, tensor: { backward, grad, parameter } }: Beside<Stub>, reading: Reading): Tensor => {
  const table = parameter(reading.E);
  backward(embed(reading.ids, table), reading.dX);
  return grad(table);
};

export default defineChecks<Stub, typeof import('./solution')>({
  "cuts the lesson's text into its tokens": {
    step: 'tokens',
    async run({ learner, expect }) {
      expect.equal(await learner.tokenise('birds sang', small), [2, 3, 1, 4]);
    },
  },

  'the longest entry wins, wherever it stands in the vocabulary': {
    step: 'tokens',
    async run({ learner, random, expect }) {
      const orders = [
        ['?', 'abba', 'a', 'b', 'ab', 'bac'],
        ['?', 'a', 'b', 'ab', 'bac', 'abba'],
        ['?', 'ab', 'bac', 'abba', 'b', 'a'],
      ];
      for (const vocabulary of orders) {
        const text = Array.from({ length: 40 }, () => 'abc'[random.integer(0, 3)]).join('') + 'abbabac';
        expect.equal(await learner.tokenise(text, vocabulary), tokens(text, vocabulary));
      }
    },
  },

  'what the vocabulary lacks becomes token 0, one for each character': {
    step: 'tokens',
    async run({ learner, expect }) {
      expect.equal(await learner.tokenise('birds, sang!', small), [2, 3, 0, 1, 4, 0]);
      expect.equal(await learner.tokenise('🐦s', small), [0, 3]);
      expect.equal(await learner.tokenise('abc', ['<unk>']), [0, 0, 0]);
    },
  },

  'the name of the unknown token is not matched': {
    step: 'tokens',
    async run({ learner, expect }) {
      expect.equal(await learner.tokenise('<unk>', small), [0, 0, 0, 0, 0]);
    },
  },

  'an empty text has no tokens': {
    async run({ learner, expect }) {
      expect.equal(await learner.tokenise('', small), []);
    },
  },

  'an empty entry is refused, and the message names its number': {
    step: 'tokens',
    async run({ learner, expect }) {
      await expect.throws(learner.tokenise('bird', ['<unk>', 'b', 'i', '', 'r']), {
        because: 'entry 3 has no characters, so nothing is gained by matching it',
        mentioning: ['3'],
      });
      await expect.throws(learner.tokenise('bird', ['', 'b', 'i', 'r', 'd']), {
        because: 'entry 0 is never matched, but it is an entry too, and it has no characters',
        mentioning: ['0'],
      });
    },
  },

  'each token becomes its row of the table': {
    step: 'look-up',
    async run({ learner, random, expect }) {
      for (const [count, entries, channels] of [
        [4, 5, 2],
        [7, 3, 4],
        [1, 6, 3],
        [3, 3, 3],
        [2, 4, 1],
      ] as const) {
        const E = random.normal([entries, channels]);
        const ids = idsOf(random, { shape: [count], entries });
        expect.close(await learner.embed(ids, E), rows(ids, E));
      }
    },
  },

  'a batch of sentences keeps its axes': {
    step: 'one-hot',
    async run({ learner, random, expect }) {
      for (const shape of [
        [2, 3],
        [1, 4],
        [2, 3, 5],
        [2, 0],
      ]) {
        const E = random.normal([6, 4]);
        const ids = idsOf(random, { shape, entries: 6 });
        expect.close(await learner.embed(ids, E), rows(ids, E));
      }
    },
  },

  'an id without a row is refused, and the message names the id and the number of rows': {
    step: 'one-hot',
    async run({ learner, random, expect }) {
      const E = random.normal([5, 2]);
      await expect.throws(learner.embed(tensor([2, 7, 1]), E), {
        because: 'the table has 5 rows, so there is no row 7',
        mentioning: ['7', '5'],
      });
      await expect.throws(learner.embed(tensor([4, -1]), E), {
        because: 'rows are counted from 0, so there is no row −1',
        mentioning: [/[-−]1/, '5'],
      });
    },
  },

  'gradients reach the rows that were read, and add up where a token occurs twice': {
    step: 'gradient',
    async run({ beside, random, expect }) {
      const E = random.normal([5, 3]);
      const ids = tensor([
        [2, 3, 2],
        [1, 2, 3],
      ]);
      const dX = random.normal([2, 3, 3]);
      const dE = zeros([5, 3]);
      ids.data.forEach((id, place) => {
        for (let a = 0; a < 3; a += 1) dE.data[id * 3 + a]! += dX.data[place * 3 + a]!;
      });
      expect.close(await beside(gradientOfTable, { ids, E, dX }), dE, { subject: 'dE' });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.tokenise('birds sang', small);
      await learner.embed(tensor([2, 0, 1]), random.normal([4, 3]));
      expect.inputsUnchanged();
    },
  },
});
