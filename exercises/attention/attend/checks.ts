import { defineChecks } from 'authoring';
import { concat, fromData, multiply, ones, reshape, slice, tensor, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';

/** The specification in plain loops: one query after the other looks at every key. */
function attention(Q: Tensor, K: Tensor, V: Tensor): Tensor {
  const [queries, keys] = [Q.shape.at(-2) ?? 0, K.shape.at(-2) ?? 0];
  const [channels, valueChannels] = [Q.shape.at(-1) ?? 0, V.shape.at(-1) ?? 0];
  const leading = Q.shape.slice(0, -2);
  const count = leading.reduce((product, size) => product * size, 1);
  const [q3, k3] = [reshape(Q, [count, queries, channels]), reshape(K, [count, keys, channels])];
  const v3 = reshape(V, [count, keys, valueChannels]);
  const out = zeros([...leading, queries, valueChannels], { dtype: Q.dtype });
  for (let n = 0; n < count; n += 1) {
    for (let i = 0; i < queries; i += 1) {
      const scores = Array.from({ length: keys }, (_, j) => {
        let sum = 0;
        for (let a = 0; a < channels; a += 1) sum += q3.at(n, i, a) * k3.at(n, j, a);
        return sum / Math.sqrt(channels);
      });
      const largest = Math.max(...scores);
      const exponentials = scores.map((score) => Math.exp(score - largest));
      const total = exponentials.reduce((sum, value) => sum + value, 0);
      for (let d = 0; d < valueChannels; d += 1) {
        let mean = 0;
        for (let j = 0; j < keys; j += 1) mean += ((exponentials[j] ?? NaN) / total) * v3.at(n, j, d);
        out.data[(n * queries + i) * valueChannels + d] = mean;
      }
    }
  }
  return out;
}

interface Sizes {
  readonly leading?: readonly number[];
  readonly queries: number;
  readonly keys: number;
  readonly channels: number;
  readonly valueChannels: number;
}

function inputs(random: Random, { leading = [], queries, keys, channels, valueChannels }: Sizes) {
  return {
    Q: random.normal([...leading, queries, channels]),
    K: random.normal([...leading, keys, channels]),
    V: random.normal([...leading, keys, valueChannels]),
  };
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's answers": {
    step: 'mean',
    async run({ learner, expect }) {
      const Q = tensor([
        [0, 2, 0, 0],
        [0, 1, 2, 0],
      ]);
      const K = tensor([
        [2, 0, 0, 0],
        [0, 2, 0, 0],
        [0, 0, 2, 0],
      ]);
      const V = tensor([
        [0, 0],
        [10, 0],
        [0, 10],
      ]);
      const answers = tensor([
        [7.87, 1.065],
        [2.447, 6.652],
      ]);
      // The lesson gives three decimals.
      expect.close(await learner.attend(Q, K, V), answers, { tolerance: { absolute: 6e-4, relative: 0 } });
    },
  },

  'queries, keys and channels may all differ in number': {
    step: 'scores',
    async run({ learner, random, expect }) {
      for (const [queries, keys, channels, valueChannels] of [
        [2, 3, 4, 5],
        [5, 2, 3, 1],
        [1, 6, 2, 3],
        [3, 4, 1, 2],
        [4, 4, 4, 4],
        [13, 29, 16, 7],
      ] as const) {
        const { Q, K, V } = inputs(random, { queries, keys, channels, valueChannels });
        expect.close(await learner.attend(Q, K, V), attention(Q, K, V));
      }
    },
  },

  'scores are divided by the root of the channels of queries and keys': {
    step: 'scale',
    async run({ learner, random, expect }) {
      // Many channels in the keys, few in the values, and another number of tokens: only √64 gives the right spread.
      const { Q, K, V } = inputs(random, { queries: 3, keys: 5, channels: 64, valueChannels: 2 });
      expect.close(await learner.attend(Q, K, V), attention(Q, K, V));
    },
  },

  "each query's weights sum to one": {
    step: 'softmax',
    async run({ learner, random, expect }) {
      const { Q, K } = inputs(random, { queries: 4, keys: 6, channels: 3, valueChannels: 2 });
      // A mean of values that are all 1 is 1, whatever the weights are.
      expect.close(await learner.attend(Q, K, ones([6, 2])), ones([4, 2]));
    },
  },

  'a single key is attended to fully': {
    step: 'softmax',
    async run({ learner, random, expect }) {
      const { Q, K, V } = inputs(random, { queries: 5, keys: 1, channels: 3, valueChannels: 4 });
      expect.close(await learner.attend(Q, K, V), concat([V, V, V, V, V], 0));
    },
  },

  'the order of the tokens does not matter': {
    step: 'mean',
    async run({ learner, random, expect }) {
      const { Q, K, V } = inputs(random, { queries: 2, keys: 5, channels: 3, valueChannels: 4 });
      // The first two tokens move to the end, with their values.
      const turned = (x: Tensor): Tensor => concat([slice(x, [[2, 5]]), slice(x, [[0, 2]])], 0);
      expect.close(await learner.attend(Q, turned(K), turned(V)), attention(Q, K, V));
    },
  },

  'large scores overflow nothing': {
    step: 'softmax',
    async run({ learner, random, expect }) {
      const { Q, K, V } = inputs(random, { queries: 3, keys: 4, channels: 5, valueChannels: 2 });
      const loud = multiply(Q, 1000);
      // Rounding scores of a thousand to float32 moves them by about 1e-4, and the weights with them.
      expect.close(await learner.attend(loud, K, V), attention(loud, K, V), {
        tolerance: { absolute: 2e-3, relative: 2e-3 },
      });
    },
  },

  'leading axes are carried along': {
    step: 'scores',
    async run({ learner, random, expect }) {
      for (const leading of [[3], [2, 3], [1, 2]]) {
        const sizes = { leading, queries: 4, keys: 5, channels: 2, valueChannels: 3 };
        const { Q, K, V } = inputs(random, sizes);
        expect.close(await learner.attend(Q, K, V), attention(Q, K, V));
      }
    },
  },

  'no queries, no answers': {
    async run({ learner, random, expect }) {
      const nobody = fromData(new Float32Array(0), [0, 3]);
      const { K, V } = inputs(random, { queries: 1, keys: 4, channels: 3, valueChannels: 2 });
      expect.close(await learner.attend(nobody, K, V), zeros([0, 2]));
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { Q, K, V } = inputs(random, { queries: 2, keys: 3, channels: 4, valueChannels: 5 });
      await learner.attend(Q, K, V);
      expect.inputsUnchanged();
    },
  },
});
