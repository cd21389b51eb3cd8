import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { arange, fromData, reshape, tensor, zeros } from 'tensor';
import type { Shape, Tensor } from 'tensor';

type Stub = typeof import('./stub');

/** The specification, place by place: channel b of head a, of token i, is channel a c + b of that token. */
function split(x: Tensor, heads: number): Tensor {
  const [n = 0, channels = 0] = x.shape.slice(-2);
  const c = channels / heads;
  const z = new Float32Array(x.size);
  x.data.forEach((value, place) => {
    const channel = place % channels;
    const token = Math.floor(place / channels) % n;
    const sentence = Math.floor(place / (channels * n));
    const head = Math.floor(channel / c);
    z[((sentence * heads + head) * n + token) * c + (channel % c)] = value;
  });
  return fromData(z, [...x.shape.slice(0, -2), heads, n, c]);
}

function merged(z: Tensor): Tensor {
  const [heads = 0, n = 0, c = 0] = z.shape.slice(-3);
  const values = z.data;
  const x = new Float32Array(z.size);
  for (let place = 0; place < x.length; place += 1) {
    const channel = place % (heads * c);
    const token = Math.floor(place / (heads * c)) % n;
    const sentence = Math.floor(place / (heads * c * n));
    x[place] = values[((sentence * heads + Math.floor(channel / c)) * n + token) * c + (channel % c)]!;
  }
  return fromData(x, [...z.shape.slice(0, -3), n, heads * c]);
}

const unbatched: readonly (readonly [n: number, heads: number, c: number])[] = [
  [3, 2, 2],
  [2, 3, 4],
  [5, 4, 1],
  [1, 2, 3],
  [4, 1, 3],
  [3, 3, 3],
];

const leadingAxes: readonly Shape[] = [[4], [2, 3], [1, 2]];

interface Passing {
  readonly x: Tensor;
  readonly dz: Tensor;
  readonly dx: Tensor;
}

const gradients = ({ splitHeads, mergeHeads, tensor }: Beside<Stub>, { x, dz, dx }: Passing) => {
  const { backward, grad, parameter } = tensor;
  const [whole, parts] = [parameter(x), parameter(dz)];
  backward(splitHeads(whole, 3), dz);
  backward(mergeHeads(parts), dx);
  return { split: grad(whole), merge: grad(parts) };
};

export default defineChecks<Stub, typeof import('./solution')>({
  'each head takes its own channels of every token': {
    step: 'cut',
    async run({ learner, expect }) {
      const x = reshape(arange(12), [3, 4]);
      const heads = tensor([
        [
          [0, 1],
          [4, 5],
          [8, 9],
        ],
        [
          [2, 3],
          [6, 7],
          [10, 11],
        ],
      ]);
      expect.close(await learner.splitHeads(x, 2), heads);
    },
  },

  'tokens, heads and channels may all differ in number': {
    step: 'exchange',
    async run({ learner, random, expect }) {
      for (const [n, heads, c] of unbatched) {
        const x = random.normal([n, heads * c]);
        expect.close(await learner.splitHeads(x, heads), split(x, heads));
      }
    },
  },

  'leading axes stay where they are when heads are split': {
    step: 'exchange',
    async run({ learner, random, expect }) {
      for (const leading of leadingAxes) {
        const x = random.normal([...leading, 5, 6]);
        expect.close(await learner.splitHeads(x, 3), split(x, 3));
      }
    },
  },

  'merging puts the heads side by side, the first one first': {
    step: 'merge',
    async run({ learner, random, expect }) {
      for (const [n, heads, c] of unbatched) {
        const z = random.normal([heads, n, c]);
        expect.close(await learner.mergeHeads(z), merged(z));
      }
    },
  },

  'leading axes stay where they are when heads are merged': {
    step: 'merge',
    async run({ learner, random, expect }) {
      for (const leading of leadingAxes) {
        const z = random.normal([...leading, 3, 5, 2]);
        expect.close(await learner.mergeHeads(z), merged(z));
      }
    },
  },

  'channels that cannot be dealt out evenly are refused, and the message names both numbers': {
    step: 'cut',
    async run({ learner, random, expect }) {
      await expect.throws(learner.splitHeads(random.normal([2, 7]), 3), {
        because: '7 channels do not make 3 heads of equal size',
        mentioning: ['7', '3'],
      });
      // Here the numbers of all tokens together could be dealt out, but those of one token cannot.
      await expect.throws(learner.splitHeads(random.normal([4, 6]), 4), {
        because: '6 channels do not make 4 heads of equal size',
        mentioning: ['6', '4'],
      });
    },
  },

  'gradients travel back to where their numbers came from': {
    step: 'merge',
    async run({ beside, random, expect }) {
      const passing = { x: random.normal([2, 4, 6]), dz: random.normal([2, 3, 4, 2]), dx: random.normal([2, 4, 6]) };
      const answer = await beside(gradients, passing);
      expect.close(answer?.split, merged(passing.dz), { subject: 'the gradient of x in splitHeads' });
      expect.close(answer?.merge, split(passing.dx, 3), { subject: 'the gradient of x in mergeHeads' });
    },
  },

  'no tokens, no rows': {
    async run({ learner, expect }) {
      expect.close(await learner.splitHeads(zeros([0, 6]), 2), zeros([2, 0, 3]));
      expect.close(await learner.mergeHeads(zeros([2, 0, 3])), zeros([0, 6]));
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.splitHeads(random.normal([3, 4]), 2);
      await learner.mergeHeads(random.normal([2, 3, 4]));
      expect.inputsUnchanged();
    },
  },
});
