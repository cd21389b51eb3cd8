import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'climbs instead of descending',
    caughtBy: 'a small step makes the loss smaller',
    edits: [
      { find: "import { multiply, subtract } from 'tensor'", replace: "import { add, multiply } from 'tensor'" },
      { find: 'subtract(parameter', replace: 'add(parameter' },
    ],
  },
  {
    name: 'forgets the learning rate',
    caughtBy: "finds the lesson's step",
    edits: [{ find: 'multiply(gradient, rate)', replace: 'multiply(gradient, 1)' }],
  },
  {
    name: 'steps by the sign of the gradient',
    caughtBy: "a step on a batch is the mean of its images' steps",
    edits: [
      {
        find: "import { multiply, subtract } from 'tensor'",
        replace: "import { multiply, sign, subtract } from 'tensor'",
      },
      { find: 'multiply(gradient, rate)', replace: 'multiply(sign(gradient), rate)' },
    ],
  },
  {
    name: 'moves the weights and leaves the biases',
    caughtBy: 'every parameter moves against its own gradient',
    edits: [
      {
        find: 'return [name, subtract',
        replace: 'if (parameter.rank < 2) return [name, parameter];\n    return [name, subtract',
      },
    ],
  },
  {
    name: 'pairs parameters and gradients by place, and the gradients are sorted',
    caughtBy: 'every parameter moves against its own gradient',
    source: `
import { multiply, subtract } from 'tensor';
import type { Random, Tensor } from 'tensor';

export function sgdStep(parameters: Record<string, Tensor>, gradients: Record<string, Tensor>, rate: number) {
  const sorted = Object.keys(gradients).sort();
  const stepped = Object.keys(parameters).map((name, i) => [
    name,
    subtract(parameters[name]!, multiply(gradients[sorted[i]!]!, rate)),
  ]);
  return Object.fromEntries(stepped);
}

export function minibatches(count: number, size: number, random: Random): number[][] {
  const order = random.permutation(count);
  const batches: number[][] = [];
  for (let start = 0; start < count; start += size) batches.push(order.slice(start, start + size));
  return batches;
}
`,
  },
  {
    name: 'passes over a parameter without a gradient',
    caughtBy: 'a gradient that is missing, or of another shape, is an error that names the parameter',
    edits: [
      {
        find: 'if (gradient === undefined) throw new Error(`sgdStep: there is no gradient for ${name}`);',
        replace: 'if (gradient === undefined) return [name, parameter];',
      },
    ],
  },
  {
    name: 'lets a gradient of another shape broadcast',
    caughtBy: 'a gradient that is missing, or of another shape, is an error that names the parameter',
    edits: [{ find: 'gradient.shape.join() !== parameter.shape.join()', replace: 'gradient.size > parameter.size' }],
  },
  {
    name: 'computes in float32 arrays',
    caughtBy: 'float64 stays float64',
    edits: [
      {
        find: "import { multiply, subtract } from 'tensor'",
        replace: "import { astype, multiply, subtract } from 'tensor'",
      },
      {
        find: 'subtract(parameter, multiply(gradient, rate))',
        replace: "astype(subtract(parameter, multiply(gradient, rate)), 'float32')",
      },
    ],
  },
  {
    name: 'asks whether anything moved, by the first entry of the first gradient',
    caughtBy: 'no parameters, and a parameter without entries, are no trouble',
    edits: [
      {
        find: '  const stepped',
        replace: '  if (Object.values<Tensor>(gradients)[0]!.data[0] === 0) return parameters;\n  const stepped',
      },
    ],
  },
  {
    name: 'nudges the parameters where they lie',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'return [name, subtract(parameter, multiply(gradient, rate))];',
        replace:
          'parameter.data.set(subtract(parameter, multiply(gradient, rate)).data);\n    return [name, parameter];',
      },
    ],
  },
  {
    name: 'drops the last batch where it is short',
    caughtBy: 'every image once, in batches of the size asked for',
    edits: [{ find: 'start < count;', replace: 'start + size <= count;' }],
  },
  {
    name: 'draws each batch on its own, so that some images come twice',
    caughtBy: 'every image once, in batches of the size asked for',
    edits: [
      {
        find: 'batches.push(order.slice(start, start + size))',
        replace: 'batches.push(random.permutation(count).slice(0, order.slice(start, start + size).length))',
      },
    ],
  },
  {
    name: 'keeps the images in order',
    caughtBy: 'each epoch mixes the images anew, and the seed decides how',
    edits: [{ find: 'random.permutation(count)', replace: 'Array.from({ length: count }, (_, image) => image)' }],
  },
  {
    name: 'cuts first and mixes the batches only',
    caughtBy: 'images that are neighbours are parted',
    edits: [
      { find: 'random.permutation(count)', replace: 'Array.from({ length: count }, (_, image) => image)' },
      { find: 'return batches', replace: 'return random.permutation(batches.length).map((i) => batches[i]!)' },
    ],
  },
  {
    name: 'sorts by a coin',
    caughtBy: 'each order is as likely as any other',
    edits: [
      {
        find: 'random.permutation(count)',
        replace: 'Array.from({ length: count }, (_, image) => image).sort(() => random.number() - 0.5)',
      },
    ],
  },
  {
    name: 'takes any size',
    caughtBy: 'a batch of no images is an error that mentions the size',
    edits: [
      { find: '!Number.isInteger(size) || size < 1', replace: 'Number.isNaN(size)' },
      { find: 'start += size', replace: 'start += Math.max(1, Math.ceil(size))' },
    ],
  },
]);
