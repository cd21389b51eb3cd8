import { defineChecks } from 'authoring';
import { fromData, slice, tensor, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';

interface Sizes {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly classes: number;
}

const sizes: readonly Sizes[] = [
  { count: 7, height: 2, width: 3, classes: 3 },
  { count: 12, height: 4, width: 2, classes: 5 },
  { count: 5, height: 3, width: 1, classes: 2 },
  { count: 9, height: 1, width: 4, classes: 4 },
];

/** Images, and labels among which every class occurs, in an order that follows none. */
function labelled({ count, height, width, classes }: Sizes, random: Random): { images: Tensor; labels: Tensor } {
  const labels = random.permutation(count).map((place) => place % classes);
  return { images: random.normal([count, height, width]), labels: tensor(labels) };
}

/** The specifications, in loops over indices. */
function meansOf(images: Tensor, labels: Tensor, classes: number): Tensor {
  const [count = 0, height = 0, width = 0] = images.shape;
  const values: number[] = [];
  for (let c = 0; c < classes; c += 1) {
    const own = Array.from({ length: count }, (_, n) => n).filter((n) => labels.at(n) === c);
    for (let h = 0; h < height; h += 1) {
      for (let w = 0; w < width; w += 1) {
        const sum = own.reduce((total, n) => total + images.at(n, h, w), 0);
        values.push(own.length === 0 ? 0 : sum / own.length);
      }
    }
  }
  return fromData(Float32Array.from(values), [classes, height, width]);
}

function ofLengthOne(templates: Tensor): Tensor {
  const [classes = 0, height = 0, width = 0] = templates.shape;
  const values: number[] = [];
  for (let c = 0; c < classes; c += 1) {
    let squares = 0;
    for (let h = 0; h < height; h += 1) for (let w = 0; w < width; w += 1) squares += templates.at(c, h, w) ** 2;
    for (let h = 0; h < height; h += 1) {
      for (let w = 0; w < width; w += 1) values.push(squares === 0 ? 0 : templates.at(c, h, w) / Math.sqrt(squares));
    }
  }
  return fromData(Float32Array.from(values), templates.shape);
}

function agreements(images: Tensor, templates: Tensor): number[][] {
  const [count = 0, height = 0, width = 0] = images.shape;
  return Array.from({ length: count }, (_, n) =>
    Array.from({ length: templates.shape[0] ?? 0 }, (_none, c) => {
      let sum = 0;
      for (let h = 0; h < height; h += 1) {
        for (let w = 0; w < width; w += 1) sum += images.at(n, h, w) * templates.at(c, h, w);
      }
      return sum;
    }),
  );
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'a template is the mean of the images of its class': {
    step: 'mean',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const { images, labels } = labelled(size, random);
        expect.close(await learner.meanImages(images, labels, size.classes), meansOf(images, labels, size.classes));
      }
    },
  },

  'a class of one image is that image, and one without images is zeros': {
    step: 'mean',
    async run({ learner, random, expect }) {
      const images = random.normal([4, 2, 3]);
      const labels = tensor([1, 4, 1, 3]);
      expect.close(await learner.meanImages(images, labels, 6), meansOf(images, labels, 6));
    },
  },

  'as many labels as images are asked for, and the message names both': {
    step: 'mean',
    async run({ learner, random, expect }) {
      await expect.throws(learner.meanImages(random.normal([5, 2, 2]), tensor([0, 1, 0]), 2), {
        because: 'there are 3 labels for 5 images',
        mentioning: ['3', '5'],
      });
    },
  },

  'agreement sums the products of all pixels': {
    step: 'agreement',
    async run({ learner, random, expect }) {
      for (const { count, height, width, classes } of sizes) {
        const images = random.normal([count, height, width]);
        const templates = random.normal([classes, height, width]);
        expect.close(await learner.agreement(images, templates), tensor(agreements(images, templates)));
      }
    },
  },

  'the template that agrees most is the answer, of equals the first': {
    step: 'argmax',
    async run({ learner, random, expect }) {
      for (const { count, height, width, classes } of sizes) {
        const images = random.normal([count, height, width]);
        const templates = random.normal([classes, height, width]);
        const expected = agreements(images, templates).map((row) => row.indexOf(Math.max(...row)));
        expect.equal(await learner.classify(images, templates), tensor(expected));
      }
      // One pixel, so agreements are easily read: all of them negative, and two alike.
      const images = tensor([[[-1]], [[2]], [[1]]]);
      const templates = tensor([[[3]], [[1]], [[1]], [[4]]]);
      expect.equal(await learner.classify(images, templates), tensor([1, 3, 3]));
    },
  },

  'accuracy is the share of right predictions': {
    step: 'accuracy',
    async run({ learner, random, expect }) {
      const labels = tensor([3, 1, 4, 1, 5, 9, 2]);
      expect.close(await learner.accuracy(labels, labels), 1);
      expect.close(await learner.accuracy(tensor([3, 1, 4, 2, 6, 5, 3]), labels), 3 / 7);
      expect.close(await learner.accuracy(tensor([0, 0]), tensor([1, 2])), 0);
      const [a, b] = [0, 1].map(() => random.integers([40], { low: 0, high: 3 }));
      if (a === undefined || b === undefined) return;
      const right = Array.from({ length: 40 }, (_, n) => n).filter((n) => a.at(n) === b.at(n));
      expect.close(await learner.accuracy(a, b), right.length / 40);
    },
  },

  'as many labels as predictions are asked for, and the message names both': {
    step: 'accuracy',
    async run({ learner, expect }) {
      for (const [predicted, labels] of [
        [3, 5],
        [1, 4],
      ] as const) {
        await expect.throws(learner.accuracy(zeros([predicted]), zeros([labels])), {
          because: `there are ${predicted} predictions for ${labels} labels`,
          mentioning: [String(predicted), String(labels)],
        });
      }
    },
  },

  'every template gets the length 1 and keeps its direction': {
    step: 'norm',
    async run({ learner, random, expect }) {
      for (const { height, width, classes } of sizes) {
        const templates = random.normal([classes, height, width], { mean: 0.5, std: 2 });
        expect.close(await learner.normalise(templates), ofLengthOne(templates));
      }
    },
  },

  'a template of zeros stays as it is': {
    step: 'norm',
    async run({ learner, expect }) {
      const templates = tensor([[[3, 0, 0, 4]], [[0, 0, 0, 0]], [[0.002, 0, 0, 0]]]);
      expect.close(await learner.normalise(templates), tensor([[[0.6, 0, 0, 0.8]], [[0, 0, 0, 0]], [[1, 0, 0, 0]]]));
    },
  },

  'a brighter template does not win by its brightness': {
    step: 'brightness',
    async run({ learner, random, expect }) {
      // Each image is one of the templates, but one template has ten times the ink.
      const templates = random.uniform([4, 3, 5]);
      const inked = fromData(
        Float32Array.from(templates.data, (value, place) => (place < 15 ? 10 * value : value)),
        [4, 3, 5],
      );
      const equals = await learner.normalise(inked);
      expect.equal(await learner.classify(templates, equals), tensor([0, 1, 2, 3]));
    },
  },

  'four of five held-back digits are recognised': {
    step: 'norm',
    limits: { callSeconds: 10, seconds: 30 },
    async run({ learner, reference, data, expect }) {
      const { train, test } = await data('digits');
      // Half of them: the means hardly change with more, and a check should not keep anyone waiting.
      const images = slice(train.images, [[0, 4_000]]);
      const labels = slice(train.labels, [[0, 4_000]]);
      const means = await learner.meanImages(images, labels, 10);
      expect.close(means, reference.meanImages(images, labels, 10));
      const predicted = await learner.classify(test.images, await learner.normalise(means));
      const share = await learner.accuracy(predicted, test.labels);
      expect.that(
        share > 0.75,
        `Of ${test.labels.size} held-back digits three quarters and more should be recognised.`,
        share,
      );
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { images, labels } = labelled({ count: 6, height: 2, width: 3, classes: 2 }, random);
      const templates = random.normal([2, 2, 3]);
      await learner.meanImages(images, labels, 2);
      await learner.normalise(templates);
      await learner.agreement(images, templates);
      await learner.classify(images, templates);
      await learner.accuracy(labels, slice(labels, [[0, 6]]));
      expect.inputsUnchanged();
    },
  },
});
