import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { Shape, Tensor } from 'tensor';

type Stub = typeof import('./stub');

/** The specification: key by key, channel by channel. */
function agreement(q: Tensor, K: Tensor): Tensor {
  const channels = q.size;
  const count = K.size / channels;
  const keys = K.data;
  const s = Float32Array.from({ length: count }, (_, j) => {
    let sum = 0;
    for (let a = 0; a < channels; a += 1) sum += q.at(a) * keys[j * channels + a]!;
    return sum / Math.sqrt(channels);
  });
  return fromData(s, K.shape.slice(0, -1));
}

interface Question {
  readonly q: Tensor;
  readonly K: Tensor;
  readonly ds: Tensor;
}

const gradients = ({ scores, tensor: { backward, grad, parameter } }: Beside<Stub>, { q, K, ds }: Question) => {
  const [query, keys] = [parameter(q), parameter(K)];
  backward(scores(query, keys), ds);
  return { dq: grad(query), dK: grad(keys) };
};

export default defineChecks<Stub, typeof import('./solution')>({
  "finds the lesson's scores": {
    step: 'agree',
    async run({ learner, expect }) {
      const K = tensor([
        [0, 0, 0, 2],
        [3, 0, 0, 0],
        [0, 2, 1, 0],
        [4, 0, 0, 0],
        [0, 2, 1, 0],
      ]);
      expect.close(await learner.scores(tensor([2, -1, 0, 0]), K), tensor([0, 3, -1, 4, -1]));
    },
  },

  'every token is asked, whatever the number of tokens and channels': {
    step: 'all',
    async run({ learner, random, expect }) {
      for (const [tokens, channels] of [
        [5, 4],
        [3, 7],
        [1, 3],
        [6, 1],
        [4, 4],
        [17, 31],
      ] as const) {
        const q = random.normal([channels]);
        const K = random.normal([tokens, channels]);
        expect.close(await learner.scores(q, K), agreement(q, K));
      }
    },
  },

  'leading axes are carried along': {
    step: 'all',
    async run({ learner, random, expect }) {
      const shapes: readonly Shape[] = [
        [3, 5, 4],
        [2, 3, 5, 4],
        [1, 2, 4],
        [4, 4, 4],
      ];
      for (const shape of shapes) {
        const q = random.normal([4]);
        const K = random.normal(shape);
        expect.close(await learner.scores(q, K), agreement(q, K));
      }
    },
  },

  'with a thousand channels, scores still spread by about one': {
    step: 'spread',
    async run({ learner, random, expect }) {
      const answer = await learner.scores(random.normal([1024]), random.normal([500, 1024]));
      // Of 500 scores with a query of its own, the variance is 1 give or take 0.08, so this leaves six times as much.
      const variance = Array.from((answer as Tensor | undefined)?.data ?? []).reduce(
        (sum, s) => sum + (s * s) / 500,
        0,
      );
      expect.that(
        Math.abs(variance - 1) < 0.5,
        `The variance of 500 scores should be about 1; it is ${variance.toPrecision(3)}.`,
        answer,
      );
    },
  },

  'scores are divided by the root of the channels': {
    step: 'scale',
    async run({ learner, random, expect }) {
      const q = random.normal([64]);
      const K = random.normal([3, 64]);
      expect.close(await learner.scores(q, K), agreement(q, K));
    },
  },

  'gradients reach the query and the keys': {
    step: 'scale',
    async run({ beside, random, expect }) {
      const question = { q: random.normal([3]), K: random.normal([2, 4, 3]), ds: random.normal([2, 4]) };
      const dq = zeros([3]);
      const dK = zeros([2, 4, 3]);
      question.ds.data.forEach((ds, j) => {
        for (let a = 0; a < 3; a += 1) {
          dq.data[a]! += (ds * question.K.data[j * 3 + a]!) / Math.sqrt(3);
          dK.data[j * 3 + a] = (ds * question.q.at(a)) / Math.sqrt(3);
        }
      });
      const answer = await beside(gradients, question);
      expect.close(answer?.dq, dq, { subject: 'the gradient of q' });
      expect.close(answer?.dK, dK, { subject: 'the gradient of K' });
    },
  },

  'a query with other channels than the keys is refused, and the message names both numbers': {
    step: 'agree',
    async run({ learner, random, expect }) {
      await expect.throws(learner.scores(random.normal([3]), random.normal([5, 4])), {
        because: 'a query of 3 channels cannot be compared with keys of 4',
        mentioning: ['3', '4'],
      });
      await expect.throws(learner.scores(random.normal([1]), random.normal([5, 4])), {
        because: 'a query of 1 channel cannot be compared with keys of 4',
        mentioning: ['1', '4'],
      });
    },
  },

  'no tokens, no scores': {
    async run({ learner, random, expect }) {
      expect.close(await learner.scores(random.normal([3]), zeros([0, 3])), zeros([0]));
      expect.close(await learner.scores(random.normal([3]), zeros([2, 0, 3])), zeros([2, 0]));
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.scores(random.normal([4]), random.normal([2, 3, 4]));
      expect.inputsUnchanged();
    },
  },
});
