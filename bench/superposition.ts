/**
 * What the lesson on superposition shows. The toy of Elhage et al. (2022), five features in two neurons, is trained for
 * several densities (how often a feature is there): how many features it keeps. Then the sparse autoencoder of the
 * reference solution takes the neurons of the sparsest toys apart: how well the true directions are found again, how many
 * features a neuron and a latent answer to, and for several prices of activity. All of it seeded. What the lesson draws is
 * printed as it stands there.
 */
import {
  Adam,
  backward,
  detach,
  fromData,
  mean,
  parameter,
  random,
  scope,
  square,
  subtract,
  transpose,
  zeros,
} from 'tensor';
import type { Random, Tensor } from 'tensor';
import { SparseAutoencoder, bestMatches, toyForward, toyHidden, train, unitRows } from 'attention/superposition';
import type { Toy } from 'attention/superposition';
import { median } from './median';
import { showRows } from './rows';
import type { Row } from './rows';

const toySize = { features: 5, neurons: 2 } as const;
const toyTraining = { steps: 2500, batchSize: 256, rate: 0.01 } as const;
const latents = 8;
const untangling = { epochs: 100, batchSize: 256, rate: 0.03, sparsity: 0.5 } as const;
const activations = 2048;
const densities = [1, 0.5, 0.3, 0.1, 0.05] as const;
const sparse = 0.05;
const prices = [0.01, 0.05, 0.2, 0.5] as const;
const seeds = [1, 2, 3, 4, 5] as const;

export function main(args: readonly string[]): void {
  const rows: Row[] = [];
  const sparseToys = new Map<number, Toy>();
  for (const density of densities) {
    const toys = seeds.map((seed) => trainToy(density, seed));
    if (density === sparse) seeds.forEach((seed, index) => sparseToys.set(seed, toys[index]!));
    const kept = toys.map((toy) => lengthsOf(toy).filter((length) => length > 0.5).length);
    rows.push({
      name: `density ${String(density)}: features kept, of 5, median of 5 seeds`,
      value: median(kept),
      unit: '',
    });
    if (density !== 1)
      print(`directions at density ${String(density)}, seed 1 (rows: features)`, directionsOf(toys[0]!));
  }
  for (const sparsity of prices) rows.push(...untangle(sparseToys, sparsity));
  showRows(rows, args);
}

/** F numbers for each example: 0, or, with the probability `density`, evenly from 0 to 1. */
function someFeatures(rng: Random, { count, density }: { readonly count: number; readonly density: number }): Tensor {
  const numbers = Array.from({ length: count * toySize.features }, () => (rng.number() < density ? rng.number() : 0));
  return fromData(Float32Array.from(numbers), [count, toySize.features]);
}

function trainToy(density: number, seed: number): Toy {
  const rng = random(seed);
  const { steps, batchSize, rate } = toyTraining;
  const W = parameter(rng.normal([toySize.neurons, toySize.features], { std: 0.5 }));
  const b = parameter(zeros([toySize.features]));
  const optimiser = new Adam([W, b], { learningRate: rate });
  for (let step = 0; step < steps; step += 1) {
    // A rate that falls to nearly nothing, so that what is drawn is where it was going.
    optimiser.learningRate = rate * (1 - (0.95 * step) / steps);
    scope(() => {
      optimiser.zeroGrad();
      const x = someFeatures(rng, { count: batchSize, density });
      backward(mean(square(subtract(toyForward(x, { W, b }), x))));
      optimiser.step();
    });
  }
  return { W: detach(W), b: detach(b) };
}

/** One autoencoder for each toy, at one price of activity. */
function untangle(toys: ReadonlyMap<number, Toy>, sparsity: number): Row[] {
  const [worst, best, active, errors, perNeuron, perLatent]: number[][] = [[], [], [], [], [], []];
  for (const [seed, toy] of toys) {
    const rng = random(100 + seed);
    const h = toyHidden(someFeatures(rng, { count: activations, density: sparse }), toy);
    const D = unitRows(rng.normal([latents, toySize.neurons]));
    const autoencoder = new SparseAutoencoder({ We: D, be: zeros([latents]), D, bd: zeros([toySize.neurons]) });
    const before = Math.min(...bestMatches(transpose(toy.W), D).data);
    for (const progress of train(autoencoder, h, { ...untangling, sparsity, seed })) void progress;
    const { latents: found, reconstruction } = autoencoder.forward(h);
    const matches = [...bestMatches(transpose(toy.W), autoencoder.D).data];
    worst!.push(Math.min(...matches));
    best!.push(...matches);
    const anything = rowsOf(h).filter((row) => row.some((value) => value !== 0)).length;
    active!.push([...found.data].filter((value) => value > 1e-3).length / anything);
    errors!.push(mean(square(subtract(reconstruction, h))).at() / mean(square(h)).at());
    const alone = toyHidden(oneEach(), toy);
    perNeuron!.push(...answeredBy(alone));
    const latentsAlone = autoencoder.forward(alone).latents;
    perLatent!.push(...answeredBy(latentsAlone).filter((count) => count > 0));
    if (seed !== 1 || sparsity !== untangling.sparsity) continue;
    print('bias of the toy, seed 1', [[...toy.b.data]]);
    print('neurons for each feature alone, seed 1 (rows: features)', rowsOf(alone));
    print('latents for each feature alone, seed 1 (rows: features)', rowsOf(latentsAlone));
    print('dictionary before training, seed 1', rowsOf(D));
    print('dictionary after training, seed 1', rowsOf(unitRows(autoencoder.D)));
    print('worst match before training, seed 1', [[before]]);
  }
  const named = (name: string, value: number, unit = ''): Row => ({
    name: `λ = ${String(sparsity)}: ${name}`,
    value,
    unit,
  });
  return [
    named('worst cosine of a feature and its best direction, 5 seeds', Math.min(...worst!)),
    named('mean cosine of a feature and its best direction', meanOf(best!)),
    named('latents active where anything is, mean', meanOf(active!)),
    named('squared error of the reconstruction, of that of zeros', 100 * meanOf(errors!), '%'),
    named('features that a neuron answers to, mean', meanOf(perNeuron!)),
    named('features that a latent answers to, mean', meanOf(perLatent!)),
  ];
}

/** Each feature alone, at 1. */
function oneEach(): Tensor {
  const { features } = toySize;
  const identity = Array.from({ length: features * features }, (_, place) => (place % (features + 1) === 0 ? 1 : 0));
  return fromData(Float32Array.from(identity), [features, features]);
}

/** To how many features each column answers with more than a fifth of its strongest answer. */
function answeredBy(alone: Tensor): number[] {
  const answers = rowsOf(alone);
  return answers[0]!.map((_, column) => {
    const sizes = answers.map((row) => Math.abs(row[column]!));
    const strongest = Math.max(...sizes);
    return strongest < 1e-3 ? 0 : sizes.filter((size) => size > strongest / 5).length;
  });
}

const directionsOf = ({ W }: Toy): number[][] => rowsOf(transpose(W));
const lengthsOf = (toy: Toy): number[] => directionsOf(toy).map((direction) => Math.hypot(...direction));
const rowsOf = (x: Tensor): number[][] => x.toNested() as number[][];
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function print(title: string, table: readonly (readonly number[])[]): void {
  const rounded = table.map((row) => row.map((value) => Math.round(value * 1000) / 1000 + 0));
  console.log(`${title}\n${JSON.stringify(rounded)}`);
}
