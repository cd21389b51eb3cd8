import { defineChecks } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Random, Tensor } from 'tensor';

/** The specification: in each row, walk along and remember where the largest output so far was. */
function shareOfRight(outputs: Tensor, labels: readonly number[]): number {
  const [count = 0, classes = 0] = outputs.shape;
  let right = 0;
  for (let n = 0; n < count; n += 1) {
    let answer = 0;
    for (let k = 1; k < classes; k += 1) if (outputs.at(n, k) > outputs.at(n, answer)) answer = k;
    if (answer === labels[n]) right += 1;
  }
  return right / count;
}

function labelsFrom(random: Random, count: number, classes: number): number[] {
  return Array.from({ length: count }, () => random.integer(0, classes));
}

/** Outputs that are right in about two thirds of their rows, so that neither all nor none is the answer. */
function outputsFor(random: Random, labels: readonly number[], classes: number): Tensor {
  const outputs = random.uniform([labels.length, classes]);
  labels.forEach((label, n) => {
    if (n % 3 !== 0) outputs.data[n * classes + label] = 1.5;
  });
  return outputs;
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's accuracy": {
    step: 'share',
    async run({ learner, expect }) {
      const outputs = tensor([
        [0.7, 0.2, 0.1],
        [0.1, 0.6, 0.4],
        [0.3, 0.3, 0.2],
        [0.05, 0.9, 0.3],
        [0.2, 0.1, 0.15],
      ]);
      expect.close(await learner.accuracy(outputs, tensor([0, 2, 0, 1, 2])), 0.6);
    },
  },

  'agrees with counting, for many shapes': {
    step: 'compare',
    async run({ learner, random, expect }) {
      for (const [count, classes] of [
        [7, 3],
        [2, 5],
        [5, 2],
        [4, 4],
        [83, 10],
      ] as const) {
        const labels = labelsFrom(random, count, classes);
        const outputs = outputsFor(random, labels, classes);
        expect.close(await learner.accuracy(outputs, tensor(labels)), shareOfRight(outputs, labels));
      }
    },
  },

  'all right is 1, all wrong is 0': {
    step: 'share',
    async run({ learner, expect }) {
      const outputs = tensor([
        [0.1, 0.8, 0.3],
        [0.9, 0.2, 0.7],
      ]);
      expect.close(await learner.accuracy(outputs, tensor([1, 0])), 1);
      expect.close(await learner.accuracy(outputs, tensor([2, 1])), 0);
      expect.close(await learner.accuracy(tensor([[0.2]]), tensor([0])), 1);
    },
  },

  'the largest output answers, however small or negative it is': {
    step: 'answer',
    async run({ learner, expect }) {
      const outputs = tensor([
        [-3, -1, -2],
        [0.01, 0.002, 0.03],
        [-7, -9, -8],
      ]);
      expect.close(await learner.accuracy(outputs, tensor([1, 2, 0])), 1);
    },
  },

  'of several largest outputs the first one counts': {
    step: 'answer',
    async run({ learner, expect }) {
      const outputs = tensor([
        [0.5, 0.5, 0.5],
        [0.1, 0.6, 0.6],
      ]);
      expect.close(await learner.accuracy(outputs, tensor([0, 1])), 1);
    },
  },

  'a nudge changes nothing, until one output overtakes another': {
    step: 'flat',
    async run({ learner, expect }) {
      const at = (second: number) =>
        tensor([
          [0.5, second],
          [0.2, 0.9],
          [0.8, 0.4],
          [0.6, 0.1],
        ]);
      // Three are right for certain; the first row is, too, as long as its second output stays below 0.5.
      const labels = tensor([0, 1, 0, 0]);
      expect.close(await learner.accuracy(at(0.3), labels), 1);
      expect.close(await learner.accuracy(at(0.49), labels), 1);
      expect.close(await learner.accuracy(at(0.51), labels), 0.75);
      expect.close(await learner.accuracy(at(0.9), labels), 0.75);
    },
  },

  'labels that are not one for each example are refused': {
    step: 'compare',
    async run({ learner, random, expect }) {
      const outputs = random.uniform([3, 3]);
      await expect.throws(learner.accuracy(outputs, tensor([1])), {
        because: 'there are three examples and one label',
        mentioning: ['label'],
      });
      const targets = tensor([
        [1, 0, 0],
        [0, 0, 1],
        [0, 1, 0],
      ]);
      await expect.throws(learner.accuracy(outputs, targets), {
        because: 'these are one-hot targets, of shape (3, 3), and not labels',
        mentioning: ['label'],
      });
    },
  },

  'the accuracy of nobody is not a number': {
    async run({ learner, expect }) {
      const [none, labels] = [fromData(new Float32Array(0), [0, 3]), fromData(new Float32Array(0), [0])];
      expect.close(await learner.accuracy(none, labels), NaN);
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.accuracy(random.uniform([4, 3]), tensor([0, 2, 1, 1]));
      expect.inputsUnchanged();
    },
  },
});
