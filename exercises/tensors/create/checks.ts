import { defineChecks } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Shape } from 'tensor';
import type { Nested } from './stub';

const empty = (shape: Shape) => fromData(new Float32Array(0), shape);

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'full puts one value in every place': {
    step: 'shape',
    async run({ learner, random, expect }) {
      expect.equal(
        await learner.full([2, 3], 7),
        tensor([
          [7, 7, 7],
          [7, 7, 7],
        ]),
      );
      for (const [shape, size] of [
        [[4], 4],
        [[3, 1], 3],
        [[2, 3, 4], 24],
        [[1, 2, 1, 5], 10],
      ] as const) {
        // Quarters are exact in float32.
        const value = random.integer(-40, 40) / 4;
        expect.equal(
          await learner.full(shape, value),
          fromData(
            Array.from({ length: size }, () => value),
            shape,
          ),
        );
      }
    },
  },

  'without an axis there is one number, with an axis of size 0 there is none': {
    step: 'shape',
    async run({ learner, expect }) {
      expect.equal(await learner.full([], -1.5), tensor(-1.5));
      expect.equal(await learner.full([0], 1), empty([0]));
      expect.equal(await learner.full([2, 0, 3], 1), empty([2, 0, 3]));
    },
  },

  'arange counts in equal steps and leaves the end out': {
    step: 'arange',
    async run({ learner, random, expect }) {
      expect.equal(await learner.arange(2, 11, 3), tensor([2, 5, 8]));
      expect.equal(await learner.arange(2, 12, 3), tensor([2, 5, 8, 11]));
      expect.equal(await learner.arange(5, 6, 1), tensor([5]));
      for (let round = 0; round < 4; round += 1) {
        const start = random.integer(-9, 10);
        const step = random.integer(1, 12) / 4;
        const count = random.integer(2, 12);
        const values = Array.from({ length: count }, (_, i) => start + i * step);
        expect.equal(await learner.arange(start, start + count * step, step), tensor(values));
        // The last step need not be finished.
        expect.equal(await learner.arange(start, start + (count - 0.5) * step, step), tensor(values));
      }
    },
  },

  'arange steps by 1 unless told otherwise': {
    step: 'arange',
    async run({ learner, expect }) {
      expect.equal(await learner.arange(0, 4), tensor([0, 1, 2, 3]));
      expect.equal(await learner.arange(-2, 1.5), tensor([-2, -1, 0, 1]));
    },
  },

  'arange counts down with a negative step': {
    step: 'arange',
    async run({ learner, expect }) {
      expect.equal(await learner.arange(5, 0, -2), tensor([5, 3, 1]));
      expect.equal(await learner.arange(1, -1, -0.5), tensor([1, 0.5, 0, -0.5]));
    },
  },

  'there is nothing where the step leads away from the end': {
    step: 'arange',
    async run({ learner, expect }) {
      expect.equal(await learner.arange(3, 3, 1), empty([0]));
      expect.equal(await learner.arange(3, 1, 1), empty([0]));
      expect.equal(await learner.arange(-4, 2, -1), empty([0]));
    },
  },

  'from 0 to 1 there are ten steps of 0.1': {
    step: 'arange',
    async run({ learner, expect }) {
      const tenths = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
      expect.close(await learner.arange(0, 1, 0.1), tensor(tenths));
      const many = Array.from({ length: 1000 }, (_, i) => i / 10);
      expect.close(await learner.arange(0, 100, 0.1), tensor(many));
    },
  },

  'a step of 0 is refused, and the message says so': {
    step: 'arange',
    async run({ learner, expect }) {
      await expect.throws(learner.arange(0, 5, 0), {
        because: 'in steps of 0 the end is never reached',
        mentioning: ['step'],
      });
    },
  },

  'linspace shares out the distance, both ends included': {
    step: 'linspace',
    async run({ learner, random, expect }) {
      expect.close(await learner.linspace(0, 2, 5), tensor([0, 0.5, 1, 1.5, 2]));
      expect.close(await learner.linspace(1, -1, 3), tensor([1, 0, -1]));
      expect.close(await learner.linspace(4, 4, 2), tensor([4, 4]));
      expect.close(await learner.linspace(-1, 2, 2), tensor([-1, 2]));
      for (const count of [2, 3, 7, 30]) {
        const start = random.integer(-9, 10);
        const gap = random.integer(-12, 13) / 8;
        const values = Array.from({ length: count }, (_, i) => start + i * gap);
        expect.close(await learner.linspace(start, start + (count - 1) * gap, count), tensor(values));
      }
    },
  },

  'linspace of one number is its start, of none is empty': {
    step: 'linspace',
    async run({ learner, expect }) {
      expect.equal(await learner.linspace(3, 8, 1), tensor([3]));
      expect.equal(await learner.linspace(3, 8, 0), empty([0]));
    },
  },

  'a count that is negative or not whole is refused, and the message says so': {
    step: 'linspace',
    async run({ learner, expect }) {
      await expect.throws(learner.linspace(0, 1, 2.5), {
        because: 'there are no two and a half numbers',
        mentioning: ['count'],
      });
      await expect.throws(learner.linspace(0, 1, -3), {
        because: 'there cannot be fewer numbers than none',
        mentioning: ['count'],
      });
    },
  },

  'fromNested reads the shape off the brackets': {
    step: 'read-shape',
    async run({ learner, expect }) {
      expect.equal(
        await learner.fromNested([
          [3, 2],
          [0, 1],
        ]),
        fromData([3, 2, 0, 1], [2, 2]),
      );
      expect.equal(
        await learner.fromNested([
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ]),
        fromData([1, 2, 3, 4, 5, 6], [1, 2, 3]),
      );
      expect.equal(await learner.fromNested([[1], [2], [3], [4]]), fromData([1, 2, 3, 4], [4, 1]));
      expect.equal(await learner.fromNested([9, -8, 7]), fromData([9, -8, 7], [3]));
      expect.equal(await learner.fromNested(-0.5), fromData([-0.5], []));
    },
  },

  'an empty list is an axis of size 0': {
    step: 'read-shape',
    async run({ learner, expect }) {
      expect.equal(await learner.fromNested([]), empty([0]));
      expect.equal(await learner.fromNested([[], []]), empty([2, 0]));
      expect.equal(await learner.fromNested([[[]]]), empty([1, 1, 0]));
    },
  },

  'fromNested keeps the order of the numbers, however deep they lie': {
    step: 'in-order',
    async run({ learner, random, expect }) {
      for (const shape of [[6], [3, 4], [4, 3], [2, 3, 4], [1, 5, 1], [2, 1, 3, 2], [2, 2, 2, 2, 2]]) {
        const x = random.normal(shape);
        expect.equal(await learner.fromNested(x.toNested() as Nested), x);
      }
    },
  },

  'lists of different lengths are refused, and the message names the place and both lengths': {
    step: 'in-order',
    async run({ learner, expect }) {
      await expect.throws(
        learner.fromNested([
          [1, 2, 3],
          [4, 5],
        ]),
        {
          because: 'the list at [1] has 2 entries, and the first has 3',
          mentioning: ['[1]', '2', '3'],
        },
      );
      await expect.throws(
        learner.fromNested([
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8, 9, 10, 11],
          ],
        ]),
        { because: 'the list at [1][1] has 5 entries, and the others have 2', mentioning: ['[1][1]', '5', '2'] },
      );
      await expect.throws(learner.fromNested([[1, 2], [3, 4], []]), {
        because: 'the list at [2] has no entries, and the first has 2',
        mentioning: ['[2]', '0'],
      });
      // As many numbers as two lists of two would have.
      await expect.throws(learner.fromNested([[1, 2], [3, 4, 5], [6]]), {
        because: 'the list at [1] has 3 entries, and the first has 2',
        mentioning: ['[1]', '3', '2'],
      });
    },
  },

  "a number in a list's place, or a list in a number's, is refused": {
    step: 'in-order',
    async run({ learner, expect }) {
      await expect.throws(learner.fromNested([[1, 2], [3, 4], 5]), {
        because: 'at [2] stands a number among lists',
        mentioning: ['[2]'],
      });
      await expect.throws(
        learner.fromNested([
          [1, 2, 3],
          [4, [5], 6],
        ]),
        {
          because: 'at [1][1] stands a list among numbers',
          mentioning: ['[1][1]'],
        },
      );
    },
  },

  'does not change its input': {
    async run({ learner, expect }) {
      await learner.full([2, 3, 1], 4);
      await learner.fromNested([
        [[1], [2]],
        [[3], [4]],
      ]);
      expect.inputsUnchanged();
    },
  },
});
