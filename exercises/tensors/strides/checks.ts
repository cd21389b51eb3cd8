import { defineChecks } from 'authoring';
import type { Shape } from 'tensor';

/** The specification: all indices of a shape, written down in the order in which the entries are read. */
function indicesOf(shape: Shape): number[][] {
  const [length, ...rest] = shape;
  if (length === undefined) return [[]];
  const inner = indicesOf(rest);
  return Array.from({ length }, (_, i) => inner.map((index) => [i, ...index])).flat();
}

const shapes: readonly Shape[] = [[5], [2, 3], [4, 2], [2, 3, 4], [3, 1, 2], [1, 6], [2, 2, 3, 2]];

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'one step along an axis skips all that lies behind it': {
    step: 'strides',
    async run({ learner, random, expect }) {
      expect.equal(await learner.flatIndex([1, 0, 0], [2, 3, 4]), 12);
      expect.equal(await learner.flatIndex([0, 1, 0], [2, 3, 4]), 4);
      expect.equal(await learner.flatIndex([0, 0, 1], [2, 3, 4]), 1);
      const shape = Array.from({ length: 4 }, () => random.integer(2, 9));
      for (let axis = 0; axis < shape.length; axis += 1) {
        const step = shape.map((_, other) => (other === axis ? 1 : 0));
        let behind = 1;
        for (const size of shape.slice(axis + 1)) behind *= size;
        expect.equal(await learner.flatIndex(step, shape), behind);
      }
    },
  },

  'the steps add up to the place of the entry': {
    step: 'place',
    async run({ learner, random, expect }) {
      expect.equal(await learner.flatIndex([1, 2], [2, 3]), 5);
      expect.equal(await learner.flatIndex([1, 1, 3], [2, 3, 4]), 19);
      for (const shape of shapes) {
        const indices = indicesOf(shape);
        for (const place of [0, indices.length - 1, random.integer(0, indices.length)]) {
          expect.equal(await learner.flatIndex(indices[place] ?? [], shape), place);
        }
      }
    },
  },

  'a single number lies at place 0, and its index is empty': {
    step: 'place',
    async run({ learner, expect }) {
      expect.equal(await learner.flatIndex([], []), 0);
      expect.equal(await learner.multiIndex(0, []), []);
    },
  },

  'an index outside its axis is refused, although its place may exist': {
    step: 'place',
    async run({ learner, expect }) {
      await expect.throws(learner.flatIndex([0, 4], [2, 3]), {
        because: 'axis 1 has size 3, so 4 lies outside, although place 4 exists',
        mentioning: ['axis 1', '4', '3'],
      });
      await expect.throws(learner.flatIndex([1, 0, 5], [4, 7, 5]), {
        because: 'axis 2 has size 5, so its last index is 4',
        mentioning: ['axis 2', '5'],
      });
      await expect.throws(learner.flatIndex([2, -1], [4, 7]), {
        because: 'an index counts from 0, so -1 lies outside axis 1',
        mentioning: ['axis 1', '-1', '7'],
      });
      await expect.throws(learner.flatIndex([0, 0], [2, 0]), {
        because: 'axis 1 has size 0, so nothing lies on it',
        mentioning: ['axis 1', '0'],
      });
    },
  },

  'an index needs one number for each axis': {
    step: 'place',
    async run({ learner, expect }) {
      await expect.throws(learner.flatIndex([1], [2, 3]), {
        because: 'one number cannot lead into two axes',
        mentioning: ['1', '2'],
      });
      await expect.throws(learner.flatIndex([1, 2, 0], [2, 3]), {
        because: 'three numbers are one too many for two axes',
        mentioning: ['3', '2'],
      });
    },
  },

  'every place leads back to its index': {
    step: 'back',
    async run({ learner, random, expect }) {
      expect.equal(await learner.multiIndex(5, [2, 3]), [1, 2]);
      expect.equal(await learner.multiIndex(19, [2, 3, 4]), [1, 1, 3]);
      expect.equal(await learner.multiIndex(200, [24, 60]), [3, 20]);
      for (const shape of shapes) {
        const indices = indicesOf(shape);
        for (const place of [0, indices.length - 1, random.integer(0, indices.length)]) {
          expect.equal(await learner.multiIndex(place, shape), indices[place]);
        }
      }
    },
  },

  'a place outside the ribbon is refused, and the message gives it and the size': {
    step: 'back',
    async run({ learner, expect }) {
      await expect.throws(learner.multiIndex(6, [2, 3]), {
        because: 'six numbers lie at the places 0 to 5',
        mentioning: ['6'],
      });
      await expect.throws(learner.multiIndex(71, [2, 3, 4]), {
        because: 'there are only 24 places',
        mentioning: ['71', '24'],
      });
      await expect.throws(learner.multiIndex(-1, [2, 3]), {
        because: 'the ribbon begins at place 0',
        mentioning: ['-1', '6'],
      });
      await expect.throws(learner.multiIndex(0, [2, 0]), {
        because: 'a tensor with an axis of size 0 has no places at all',
        mentioning: ['0'],
      });
    },
  },

  'a transpose exchanges the strides of the last two axes': {
    step: 'transpose',
    async run({ learner, expect }) {
      expect.equal(await learner.transposeStrides([2, 3]), [1, 3]);
      expect.equal(await learner.transposeStrides([5, 1]), [1, 1]);
      expect.equal(await learner.transposeStrides([1, 5]), [1, 5]);
      expect.equal(await learner.transposeStrides([2, 3, 4]), [12, 1, 4]);
      expect.equal(await learner.transposeStrides([3, 2, 5, 4]), [40, 20, 1, 4]);
    },
  },

  "the same memory, read with the transpose's strides, has rows and columns exchanged": {
    step: 'transpose',
    async run({ learner, random, expect }) {
      for (const shape of [
        [2, 3],
        [4, 2],
        [2, 3, 4],
        [1, 4, 2],
      ]) {
        const x = random.normal(shape);
        const answer: unknown = await learner.transposeStrides(shape);
        const strides = (Array.isArray(answer) ? answer : []) as readonly number[];
        for (const index of indicesOf(shape)) {
          const exchanged = [...index.slice(0, -2), ...index.slice(-2).reverse()];
          let place = 0;
          exchanged.forEach((i, axis) => (place += i * (strides[axis] ?? NaN)));
          const wanted = x.at(...index);
          const sentence = `With the strides that \`transposeStrides\` returned for (${shape.join(', ')}), entry (${exchanged.join(', ')}) of the transpose is read from place ${place}, but entry (${index.join(', ')}) lies elsewhere.`;
          expect.that(x.data[place] === wanted, sentence, answer);
        }
      }
    },
  },

  'fewer than two axes have no transpose, and the message says how many there are': {
    step: 'transpose',
    async run({ learner, expect }) {
      await expect.throws(learner.transposeStrides([4]), {
        because: 'one axis cannot change places with another',
        mentioning: [/ax[ei]s/i, '1'],
      });
      await expect.throws(learner.transposeStrides([]), {
        because: 'a single number has no axes at all',
        mentioning: [/ax[ei]s/i, '0'],
      });
    },
  },

  'does not change its input': {
    async run({ learner, expect }) {
      await learner.flatIndex([1, 2, 3], [2, 3, 4]);
      await learner.multiIndex(17, [2, 3, 4]);
      await learner.transposeStrides([2, 3, 4]);
      expect.inputsUnchanged();
    },
  },
});
