import { defineChecks } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Shape, Tensor } from 'tensor';

/** All indices of a shape, in the order in which its entries are read. */
function indicesOf(shape: Shape): number[][] {
  const [length, ...rest] = shape;
  if (length === undefined) return [[]];
  const inner = indicesOf(rest);
  return Array.from({ length }, (_, i) => inner.map((index) => [i, ...index])).flat();
}

/** The specification: each entry of the result from the entries that have its index. */
function entryByEntry(shape: Shape, entryAt: (...index: readonly number[]) => number): Tensor {
  return fromData(
    indicesOf(shape).map((index) => entryAt(...index)),
    shape,
  );
}

const image = tensor([
  [0, 2, 8],
  [1, 7, 4],
]);
const negative = tensor([
  [8, 6, 0],
  [7, 1, 4],
]);
const shapes: readonly Shape[] = [[7], [3, 5], [5, 2], [2, 3, 4], [1, 6], [1], [2, 1, 3, 2]];

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'map asks the function of every entry': {
    step: 'map',
    async run({ beside, random, expect }) {
      expect.close(await beside(({ map }, x: Tensor) => map((v) => 8 - v, x), image), negative);
      for (const size of [1, 2, 9]) {
        const x = random.normal([size]);
        const squares = await beside(({ map }, t: Tensor) => map((v) => v * v, t), x);
        expect.close(
          squares,
          entryByEntry([size], (i) => x.at(i) ** 2),
        );
      }
    },
  },

  'the shape stays, whatever the rank': {
    step: 'order',
    async run({ beside, random, expect }) {
      for (const shape of shapes) {
        const x = random.normal(shape);
        const by = random.integer(2, 9);
        const answer = await beside(({ map }, t: Tensor, factor: number) => map((v) => factor * v + 1, t), x, by);
        expect.close(
          answer,
          entryByEntry(shape, (...index) => by * x.at(...index) + 1),
        );
        const positive = await beside(({ map }, t: Tensor) => map((v) => (v > 0 ? 1 : 0), t), x);
        expect.equal(
          positive,
          entryByEntry(shape, (...index) => (x.at(...index) > 0 ? 1 : 0)),
        );
      }
    },
  },

  'the function is asked once for each entry, in row-major order': {
    step: 'order',
    async run({ beside, random, expect }) {
      const x = random.normal([2, 3]);
      const asked = await beside(({ map }, t: Tensor) => {
        const seen: number[] = [];
        map((v) => {
          seen.push(v);
          return 0;
        }, t);
        return seen;
      }, x);
      expect.equal(asked, Array.from(x.data), { subject: 'what the function was asked' });
      const pairs = await beside(
        ({ zip }, a: Tensor, b: Tensor) => {
          const seen: number[][] = [];
          zip(
            (u, v) => {
              seen.push([u, v]);
              return 0;
            },
            a,
            b,
          );
          return seen;
        },
        image,
        negative,
      );
      const joined = Array.from(image.data, (value, place) => [value, negative.data[place]]);
      expect.equal(pairs, joined, { subject: 'what the function was asked' });
    },
  },

  'the function is given the entry, and nothing else': {
    step: 'map',
    async run({ beside, random, expect }) {
      const counting = await beside(
        ({ map }, t: Tensor) => map((...given: readonly number[]) => given.length, t),
        random.normal([2, 2]),
      );
      expect.equal(
        counting,
        entryByEntry([2, 2], () => 1),
        { subject: 'how many things the function was given' },
      );
      const pairs = await beside(
        ({ zip }, a: Tensor, b: Tensor) => zip((...given: readonly number[]) => given.length, a, b),
        random.normal([3]),
        random.normal([3]),
      );
      expect.equal(pairs, tensor([2, 2, 2]), { subject: 'how many things the function was given' });
    },
  },

  'a single number is an entry, and an empty tensor has none': {
    step: 'order',
    async run({ beside, expect }) {
      expect.close(await beside(({ map }, x: Tensor) => map((v) => v / 4, x), tensor(-3)), tensor(-0.75));
      const plus = ({ zip }: { readonly zip: typeof import('./stub').zip }, a: Tensor, b: Tensor) =>
        zip((u, v) => u + v, a, b);
      expect.close(await beside(plus, tensor(2), tensor(5)), tensor(7));
      const none = fromData([], [2, 0]);
      const asked = await beside(({ map }, x: Tensor) => {
        let times = 0;
        const y = map(() => (times += 1), x);
        return { y, times };
      }, none);
      expect.equal(asked, { y: none, times: 0 }, { subject: 'the answer' });
      expect.equal(await beside(plus, none, none), none);
    },
  },

  'zip joins the entries that have the same index': {
    step: 'zip',
    async run({ beside, random, expect }) {
      const products = [
        [0, 12, 0],
        [7, 7, 16],
      ];
      const times = await beside(({ zip }, a: Tensor, b: Tensor) => zip((u, v) => u * v, a, b), image, negative);
      expect.close(times, tensor(products));
      for (const shape of shapes) {
        const a = random.normal(shape);
        const b = random.normal(shape);
        const larger = await beside(({ zip }, x: Tensor, y: Tensor) => zip((u, v) => Math.max(u, v), x, y), a, b);
        expect.equal(
          larger,
          entryByEntry(shape, (...index) => Math.max(a.at(...index), b.at(...index))),
        );
      }
    },
  },

  'zip gives the entry of the first tensor first': {
    step: 'zip',
    async run({ beside, random, expect }) {
      const a = random.normal([4, 3]);
      const b = random.normal([4, 3]);
      const difference = await beside(({ zip }, x: Tensor, y: Tensor) => zip((u, v) => u - 2 * v, x, y), a, b);
      expect.close(
        difference,
        entryByEntry([4, 3], (i, j) => a.at(i, j) - 2 * b.at(i, j)),
      );
    },
  },

  'shapes that differ are refused, and the message gives both': {
    step: 'zip',
    async run({ beside, random, expect }) {
      const plus = ({ zip }: { readonly zip: typeof import('./stub').zip }, a: Tensor, b: Tensor) =>
        zip((u, v) => u + v, a, b);
      await expect.throws(beside(plus, random.normal([2, 3]), random.normal([3, 2])), {
        because: 'six places each, but in different rows and columns',
        mentioning: ['(2, 3)', '(3, 2)'],
      });
      await expect.throws(beside(plus, random.normal([4, 5]), random.normal([4, 7])), {
        because: 'rows of five cannot be joined with rows of seven',
        mentioning: ['(4, 5)', '(4, 7)'],
      });
      await expect.throws(beside(plus, random.normal([3, 2]), random.normal([1, 3, 2])), {
        because: 'one of the tensors has an axis more',
        mentioning: ['(3, 2)', '(1, 3, 2)'],
      });
      await expect.throws(beside(plus, random.normal([1]), random.normal([])), {
        because: 'a single number, of shape (), is no vector with one entry',
        mentioning: ['()', '1'],
      });
    },
  },

  'the result has numbers of its own': {
    step: 'map',
    async run({ beside, random, expect }) {
      const x = random.normal([2, 3]);
      const after = await beside(({ map, zip }, t: Tensor) => {
        map((v) => v, t).data.fill(99);
        zip((u) => u, t, t).data.fill(99);
        return t;
      }, x);
      expect.equal(after, x, { subject: 'x, after the results were overwritten' });
    },
  },

  'does not change its input': {
    async run({ beside, random, expect }) {
      await beside(({ map }, x: Tensor) => map((v) => v + 1, x), random.normal([3, 4]));
      const pair = [random.normal([2, 3]), random.normal([2, 3])] as const;
      await beside(({ zip }, a: Tensor, b: Tensor) => zip((u, v) => u * v, a, b), ...pair);
      expect.inputsUnchanged();
    },
  },
});
