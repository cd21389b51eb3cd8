import { defineChecks } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Random, Shape, Tensor } from 'tensor';

const points = [
  [7, 9, 4],
  [5, -1, 8],
  [-1, 6, 9],
  [8, 8, 2],
];

/** Zeros and ones in no order, both of them present. */
function maskOf(random: Random, shape: Shape): Tensor {
  const mask = random.integers(shape, { low: 0, high: 2 });
  if (mask.size > 1) {
    const place = random.integer(0, mask.size - 1);
    mask.data[place] = 1;
    mask.data[place + 1] = 0;
  }
  return mask;
}

/** The numbers of both, pair by pair. */
function pairsOf(x: Tensor, mask: Tensor): (readonly [value: number, chosen: boolean])[] {
  return Array.from(x.data, (value, place) => [value, mask.data[place] !== 0] as const);
}

const shapes: readonly Shape[] = [[7], [3, 4], [4, 1], [2, 3, 2], [1], []];

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'item finds the entry at an index': {
    step: 'entry',
    async run({ learner, random, expect }) {
      expect.equal(await learner.item(tensor(points), [2, 1]), 6);
      expect.equal(await learner.item(tensor(-2.5), []), -2.5);
      for (const shape of [[6], [3, 5], [5, 2], [2, 3, 4], [2, 1, 3, 2]]) {
        const x = random.normal(shape);
        for (let round = 0; round < 3; round += 1) {
          const index = shape.map((size) => random.integer(0, size));
          expect.equal(await learner.item(x, index), x.at(...index));
        }
      }
    },
  },

  'a negative number counts from the end': {
    step: 'entry',
    async run({ learner, random, expect }) {
      expect.equal(await learner.item(tensor(points), [-1, 0]), 8);
      expect.equal(await learner.item(tensor(points), [-4, -3]), 7);
      const x = random.normal([2, 3, 4]);
      expect.equal(await learner.item(x, [-1, 1, -4]), x.at(1, 1, 0));
      expect.close(await learner.row(tensor(points), -2), tensor([-1, 6, 9]));
      expect.close(await learner.column(tensor(points), -1), tensor([4, 8, 9, 2]));
    },
  },

  'a number outside its axis is refused, and the message names axis, number and size': {
    step: 'entry',
    async run({ learner, random, expect }) {
      await expect.throws(learner.item(tensor(points), [0, 3]), {
        because: 'axis 1 has size 3, so its last index is 2',
        mentioning: ['axis 1', '3'],
      });
      await expect.throws(learner.item(random.normal([2, 7, 5]), [1, -8, 2]), {
        because: '-7 is the first along axis 1, and there is nothing before it',
        mentioning: ['axis 1', '-8', '7'],
      });
      await expect.throws(learner.row(random.normal([4, 9]), 4), {
        because: 'the four rows are 0 to 3, although a row of nine has an entry 4',
        mentioning: ['axis 0', '4'],
      });
      await expect.throws(learner.row(random.normal([2, 9]), -3), {
        because: 'there are only two rows',
        mentioning: ['axis 0', '-3', '2'],
      });
      await expect.throws(learner.column(random.normal([9, 4]), 6), {
        because: 'there are only four columns, although the columns have nine entries',
        mentioning: ['axis 1', '6', '4'],
      });
    },
  },

  'an index needs one number for each axis': {
    step: 'entry',
    async run({ learner, random, expect }) {
      await expect.throws(learner.item(random.normal([3, 4]), [1]), {
        because: 'one number cannot lead into two axes',
        mentioning: ['1', '2'],
      });
      await expect.throws(learner.item(random.normal([3]), [1, 0]), {
        because: 'two numbers are one too many for one axis',
        mentioning: ['2', '1'],
      });
    },
  },

  'row reads one row': {
    step: 'row',
    async run({ learner, random, expect }) {
      expect.close(await learner.row(tensor(points), 1), tensor([5, -1, 8]));
      for (const [m, n] of [
        [3, 5],
        [5, 2],
        [1, 4],
        [4, 1],
      ] as const) {
        const x = random.normal([m, n]);
        const i = random.integer(0, m);
        const values = Array.from({ length: n }, (_, j) => x.at(i, j));
        expect.close(await learner.row(x, i), tensor(values));
      }
      expect.close(await learner.row(fromData([], [2, 0]), 1), fromData([], [0]));
    },
  },

  'column reads one column': {
    step: 'column',
    async run({ learner, random, expect }) {
      expect.close(await learner.column(tensor(points), 1), tensor([9, -1, 6, 8]));
      for (const [m, n] of [
        [3, 5],
        [5, 2],
        [1, 4],
        [4, 1],
      ] as const) {
        const x = random.normal([m, n]);
        const j = random.integer(0, n);
        const values = Array.from({ length: m }, (_, i) => x.at(i, j));
        expect.close(await learner.column(x, j), tensor(values));
      }
      expect.close(await learner.column(fromData([], [0, 2]), 1), fromData([], [0]));
    },
  },

  'rows and columns belong to matrices': {
    step: 'row',
    async run({ learner, random, expect }) {
      await expect.throws(learner.row(random.normal([3]), 0), {
        because: 'a vector has one axis and no rows',
        mentioning: [/ax[ei]s/i, '1'],
      });
      await expect.throws(learner.column(random.normal([2, 3, 4]), 0), {
        because: 'a tensor with three axes has many matrices',
        mentioning: [/ax[ei]s/i, '3'],
      });
    },
  },

  'newAxis puts a 1 into the shape and moves no number': {
    step: 'new-axis',
    async run({ learner, random, expect }) {
      for (const [shape, axis, wanted] of [
        [[4], 0, [1, 4]],
        [[4], 1, [4, 1]],
        [[2, 3], 0, [1, 2, 3]],
        [[2, 3], 1, [2, 1, 3]],
        [[2, 3], 2, [2, 3, 1]],
        [[], 0, [1]],
        [[2, 0], 1, [2, 1, 0]],
      ] as const) {
        const x = random.normal(shape);
        expect.equal(await learner.newAxis(x, axis), fromData(x.data, wanted));
      }
    },
  },

  'a negative new axis counts from the end of the result': {
    step: 'new-axis',
    async run({ learner, random, expect }) {
      for (const [shape, axis, wanted] of [
        [[4], -1, [4, 1]],
        [[2, 3], -2, [2, 1, 3]],
        [[2, 3], -3, [1, 2, 3]],
        [[], -1, [1]],
      ] as const) {
        const x = random.normal(shape);
        expect.equal(await learner.newAxis(x, axis), fromData(x.data, wanted));
      }
    },
  },

  'an axis that the result cannot have is refused': {
    step: 'new-axis',
    async run({ learner, random, expect }) {
      await expect.throws(learner.newAxis(random.normal([2, 3]), 3), {
        because: 'the result has the axes 0, 1 and 2',
        mentioning: ['3'],
      });
      await expect.throws(learner.newAxis(random.normal([2, 3]), -4), {
        because: 'counted from the end, the result has the axes -1, -2 and -3',
        mentioning: ['-4'],
      });
    },
  },

  'maskedSelect keeps the entries that the mask means, in their order': {
    step: 'select',
    async run({ learner, random, expect }) {
      const written = points.map((row) => row.map((value) => (value >= 0 ? 1 : 0)));
      expect.equal(await learner.maskedSelect(tensor(points), tensor(written)), tensor([7, 9, 4, 5, 8, 6, 9, 8, 8, 2]));
      for (const shape of shapes) {
        const x = random.normal(shape);
        const mask = maskOf(random, shape);
        const chosen = pairsOf(x, mask).flatMap(([value, isChosen]) => (isChosen ? [value] : []));
        expect.equal(await learner.maskedSelect(x, mask), fromData(chosen, [chosen.length]));
      }
    },
  },

  'a mask may mean nothing, or everything': {
    step: 'select',
    async run({ learner, random, expect }) {
      const x = random.normal([2, 3]);
      expect.equal(await learner.maskedSelect(x, fromData(new Float32Array(6), [2, 3])), fromData([], [0]));
      expect.equal(await learner.maskedSelect(x, fromData([1, 1, 1, 1, 1, 1], [2, 3])), fromData(x.data, [6]));
      const none = fromData([], [0, 3]);
      expect.equal(await learner.maskedSelect(none, none), fromData([], [0]));
    },
  },

  'whatever is not 0 counts as meant, and a chosen entry may be 0': {
    step: 'select',
    async run({ learner, expect }) {
      const mask = tensor([0, -1, 0.25, 1, 0]);
      expect.equal(await learner.maskedSelect(tensor([1, 2, 0, -4, 5]), mask), tensor([2, 0, -4]));
      expect.equal(await learner.maskedFill(tensor([1, 2, 0, -4, 5]), mask, 9), tensor([1, 9, 9, 9, 5]));
    },
  },

  'maskedFill writes over what the mask means, and nothing else': {
    step: 'fill',
    async run({ learner, random, expect }) {
      const missed = points.map((row) => row.map((value) => (value < 0 ? 1 : 0)));
      expect.equal(
        await learner.maskedFill(tensor(points), tensor(missed), 0),
        tensor(points.map((row) => row.map((value) => Math.max(0, value)))),
      );
      for (const shape of shapes) {
        const x = random.normal(shape);
        const mask = maskOf(random, shape);
        const value = random.integer(-9, 10);
        const values = pairsOf(x, mask).map(([old, isChosen]) => (isChosen ? value : old));
        expect.equal(await learner.maskedFill(x, mask, value), fromData(values, shape));
      }
    },
  },

  'the value may be minus infinity, and what it replaces may be NaN': {
    step: 'fill',
    async run({ learner, expect }) {
      expect.equal(
        await learner.maskedFill(tensor([1, 2, 3]), tensor([0, 1, 0]), -Infinity),
        tensor([1, -Infinity, 3]),
      );
      expect.equal(await learner.maskedFill(tensor([1, NaN, 3]), tensor([0, 1, 0]), 0), tensor([1, 0, 3]));
    },
  },

  'a mask of another shape is refused, and the message gives both': {
    step: 'select',
    async run({ learner, random, expect }) {
      await expect.throws(learner.maskedSelect(random.normal([2, 3]), random.normal([3, 2])), {
        because: 'a (3, 2) mask has as many entries as a (2, 3) tensor, but they stand elsewhere',
        mentioning: ['(2, 3)', '(3, 2)'],
      });
      await expect.throws(learner.maskedFill(random.normal([4, 5]), random.normal([4, 6]), 0), {
        because: 'the mask is (4, 6) and the tensor (4, 5)',
        mentioning: ['(4, 5)', '(4, 6)'],
      });
      await expect.throws(learner.maskedSelect(random.normal([1]), random.normal([])), {
        because: 'the mask is a single number, of shape (), and the tensor a vector with one entry',
        mentioning: ['()', '1'],
      });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const x = random.normal([3, 4]);
      await learner.item(x, [-1, -2]);
      await learner.row(x, 1);
      await learner.column(x, -1);
      await learner.newAxis(x, 1);
      await learner.maskedSelect(x, maskOf(random, [3, 4]));
      await learner.maskedFill(x, maskOf(random, [3, 4]), 100);
      expect.inputsUnchanged();
    },
  },
});
