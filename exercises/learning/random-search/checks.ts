import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import type { Random } from 'tensor';

type Learner = Beside<typeof import('./stub')>;

/** Searches among candidates that are numbers, in the order given; the loss of each is given too. */
const among = ({ randomSearch }: Learner, losses: readonly number[]) => {
  let next = -1;
  return randomSearch(
    (candidate: number) => losses[candidate] ?? NaN,
    losses.length,
    () => (next += 1),
  );
};

/** The specification: the smallest of all that were seen up to each place. */
function soFar(losses: readonly number[]): number[] {
  return losses.map((_, last) => {
    const seen = losses.slice(0, last + 1).filter((loss) => !Number.isNaN(loss));
    return seen.length === 0 ? NaN : Math.min(...seen);
  });
}

function lossesFrom(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => Math.round(1000 * random.number()) / 100);
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's best guess": {
    step: 'keep',
    async run({ beside, expect }) {
      const guesses = ({ randomSearch }: Learner, candidates: readonly number[]) => {
        let next = -1;
        const draw = () => candidates[(next += 1)] ?? NaN;
        return randomSearch((candidate: number) => (candidate - 3) ** 2, candidates.length, draw);
      };
      expect.close(await beside(guesses, [0, 5, 2, 7, 4, 3.5]), {
        best: 3.5,
        loss: 0.25,
        history: [9, 4, 1, 1, 1, 0.25],
      });
    },
  },

  'draws as often as it may, and judges each candidate once': {
    step: 'guess',
    async run({ beside, expect }) {
      const counted = ({ randomSearch }: Learner, tries: number) => {
        const [drawn, judged]: [number[], number[]] = [[], []];
        const draw = () => drawn.push(10 * drawn.length);
        randomSearch((candidate: number) => judged.push(candidate), tries, draw);
        return { drawn: drawn.length, judged };
      };
      for (const tries of [1, 2, 7]) {
        // `push` answers with the new length, so the candidates are 1, 2, 3, …
        const judged = Array.from({ length: tries }, (_, i) => i + 1);
        expect.equal(await beside(counted, tries), { drawn: tries, judged });
      }
    },
  },

  'keeps the candidate with the lowest loss, wherever it stands': {
    step: 'keep',
    async run({ beside, random, expect }) {
      for (const count of [1, 5, 12, 40]) {
        const losses = lossesFrom(random, count);
        const answer = await beside(among, losses);
        expect.equal(answer?.loss, Math.min(...losses), { subject: 'loss' });
        expect.equal(answer?.best, losses.indexOf(Math.min(...losses)), { subject: 'best' });
      }
    },
  },

  'the history holds the lowest loss so far, after each try': {
    step: 'keep',
    async run({ beside, random, expect }) {
      for (const count of [1, 6, 25]) {
        const losses = lossesFrom(random, count);
        const answer = await beside(among, losses);
        expect.equal(answer?.history, soFar(losses), { subject: 'history' });
      }
    },
  },

  'of equally good candidates the first one stays': {
    step: 'keep',
    async run({ beside, expect }) {
      const answer = await beside(among, [4, 2, 3, 2, 2]);
      expect.equal(answer?.best, 1, { subject: 'best' });
    },
  },

  'candidates may be sets of tensors, and come back as they were drawn': {
    step: 'guess',
    async run({ beside, random, expect }) {
      const ofTensors = ({ randomSearch, tensor: { random: seeded, square, sum } }: Learner, seed: number) => {
        const rng = seeded(seed);
        return randomSearch(
          ({ W, b }) => sum(square(W)).at() + sum(square(b)).at(),
          20,
          () => ({ W: rng.normal([2, 3]), b: rng.normal([2]) }),
        );
      };
      const seed = random.integer(1, 1e6);
      expect.close(await beside(ofTensors, seed), await beside.reference(ofTensors, seed));
    },
  },

  'with every parameter more, the same number of guesses gets less far': {
    step: 'dimensions',
    async run({ beside, random, expect }) {
      const closest = ({ randomSearch, tensor: { random: seeded } }: Learner, seed: number, parameters: number) => {
        const rng = seeded(seed);
        const draw = () => Array.from({ length: parameters }, () => 2 * rng.number() - 1);
        const target = draw();
        const lossOf = (candidate: readonly number[]) =>
          candidate.reduce((sum, value, i) => sum + (value - (target[i] ?? NaN)) ** 2, 0) / parameters;
        return randomSearch(lossOf, 400, draw).loss;
      };
      const seed = random.integer(1, 1e6);
      for (const parameters of [1, 2, 10, 50]) {
        const expected = await beside.reference(closest, seed, parameters);
        expect.close(await beside(closest, seed, parameters), expected, {
          subject: `the best loss with ${parameters} parameters`,
        });
      }
    },
  },

  'a loss that is NaN never wins, not even as the first': {
    async run({ beside, expect }) {
      expect.close(await beside(among, [NaN, 3, NaN, 2, NaN]), { best: 3, loss: 2, history: [NaN, 3, 3, 2, 2] });
    },
  },

  'where every loss is NaN there is nothing to return': {
    async run({ beside, expect }) {
      await expect.throws(beside(among, [NaN, NaN, NaN]), {
        because: 'none of the three candidates had a loss that is a number',
        mentioning: ['NaN'],
      });
    },
  },

  'no tries, or half of one, are refused, and the message names tries': {
    async run({ beside, expect }) {
      const search = ({ randomSearch }: Learner, tries: number) =>
        randomSearch(
          () => 1,
          tries,
          () => 0,
        );
      for (const tries of [0, -3, 2.5, NaN]) {
        await expect.throws(beside(search, tries), {
          because: `one cannot try ${tries} times`,
          mentioning: ['tries'],
        });
      }
    },
  },
});
