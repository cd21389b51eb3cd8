/**
 * The numbers of the lesson on residual connections, from its reference solution: how long a gradient still is behind many
 * layers, plain and residual, with two activations and two branch scales, and what thirty layers learn with and without
 * shortcuts. Gains are rows of their logarithm, since they go down to 1e-97; the points of the lesson's plots are printed as
 * they stand there.
 */
import {
  Adam,
  add,
  backward,
  linear,
  mean,
  multiply,
  parameter,
  random,
  relu,
  scope,
  sigmoid,
  square,
  subtract,
  tanh,
  zeros,
} from 'tensor';
import type { Tensor } from 'tensor';
import { gradientGain, stack } from 'attention/residual';
import type { Layer } from 'attention/residual';
import { showRows } from './rows';
import type { Row } from './rows';

const width = 16;
const depths = [5, 10, 20, 30, 60, 100, 152] as const;
const gainSeeds = [1, 2, 3, 4, 5] as const;
const examples = { gain: 4, training: 64 } as const;
const trainedDepth = 30;
const shownSteps = [0, 20, 50, 100, 200, 300] as const;

/** An activation, and the variance of the weights in front of it that keeps its signal's size. */
interface Activation {
  readonly name: string;
  readonly apply: Layer;
  readonly variance: number;
}

const sigmoids: Activation = { name: 'sigmoid', apply: sigmoid, variance: 1 / width };
const relus: Activation = { name: 'ReLU', apply: relu, variance: 2 / width };

interface Arm {
  readonly activation: Activation;
  readonly skip: boolean;
  /** The branch scale, for a number of layers. */
  readonly scale: (layers: number) => number;
  readonly name: string;
}

const whole = (): number => 1;
const shared = (layers: number): number => 1 / layers;

const arms: readonly Arm[] = [
  { name: 'sigmoid, plain', activation: sigmoids, skip: false, scale: whole },
  { name: 'sigmoid, residual, s = 1', activation: sigmoids, skip: true, scale: whole },
  { name: 'ReLU, plain', activation: relus, skip: false, scale: whole },
  { name: 'ReLU, residual, s = 1', activation: relus, skip: true, scale: whole },
  { name: 'ReLU, residual, s = 1/L', activation: relus, skip: true, scale: shared },
];

const trainings = [
  { name: 'sigmoid, plain', activation: sigmoids, skip: false, scale: whole, rate: 0.003, seeds: [1, 2, 3] },
  {
    name: 'sigmoid, residual, s = 1/L',
    activation: sigmoids,
    skip: true,
    scale: shared,
    rate: 0.003,
    seeds: [1, 2, 3],
  },
  { name: 'ReLU, plain', activation: relus, skip: false, scale: whole, rate: 0.001, seeds: [1, 2, 3] },
  { name: 'ReLU, residual, s = 1/L', activation: relus, skip: true, scale: shared, rate: 0.001, seeds: [1, 2, 3] },
] as const;

export function main(args: readonly string[]): void {
  const rows: Row[] = [];
  for (const arm of arms) {
    const gains = depths.map((layers) => [
      layers,
      geometricMean(gainSeeds.map((seed) => gainOf(arm, { layers, seed }))),
    ]);
    console.log(
      `${arm.name}: ${JSON.stringify(gains.map(([layers, gain]) => [layers, Number(gain!.toPrecision(3))]))}`,
    );
    rows.push(
      ...gains.map(([layers, gain]) => ({
        name: `${arm.name}, ${String(layers)} layers: log10 of the gain`,
        value: Math.log10(gain!),
        unit: '',
      })),
    );
  }
  for (const training of trainings) {
    const losses = training.seeds.map((seed) => lossesOf(training, seed));
    const means = shownSteps.map((_, index) => losses.reduce((sum, one) => sum + one[index]!, 0) / losses.length);
    console.log(
      `${training.name}: ${JSON.stringify(shownSteps.map((step, i) => [step, Number(means[i]!.toFixed(4))]))}`,
    );
    rows.push({
      name: `${training.name}, ${String(trainedDepth)} layers: mean squared error after ${String(shownSteps.at(-1))} steps`,
      value: means.at(-1) ?? NaN,
      unit: '',
    });
  }
  showRows(rows, args);
}

function layersOf(weights: readonly Tensor[], { activation, scale }: Arm): Layer[] {
  const s = scale(weights.length);
  return weights.map((W) => (x) => multiply(activation.apply(linear(x, W)), s));
}

function gainOf(arm: Arm, { layers, seed }: { readonly layers: number; readonly seed: number }): number {
  const rng = random(seed);
  const std = Math.sqrt(arm.activation.variance);
  const weights = Array.from({ length: layers }, () => rng.normal([width, width], { std, dtype: 'float64' }));
  const [x, dy] = [0, 1].map(() => rng.normal([examples.gain, width], { dtype: 'float64' }));
  return gradientGain(stack(layersOf(weights, arm), { skip: arm.skip }), x!, dy!);
}

/**
 * The loss at each of the steps that are shown. The targets are a smooth random function of the inputs that no linear map
 * comes near, and the readout begins at zero, so that all begin with the same loss and none is helped by its shortcut alone.
 */
function lossesOf(arm: Arm & { readonly rate: number }, seed: number): number[] {
  const rng = random(seed);
  const normal = (std: number): Tensor => rng.normal([width, width], { std, dtype: 'float64' });
  const x = rng.normal([examples.training, width], { dtype: 'float64' });
  const [left, right] = [normal(1 / Math.sqrt(width)), normal(1 / Math.sqrt(width))];
  const targets = multiply(tanh(linear(x, left)), tanh(linear(x, right)));
  const std = Math.sqrt(arm.activation.variance);
  const weights = Array.from({ length: trainedDepth }, () => parameter(normal(std)));
  const [W, b] = [[width, width], [width]].map((shape) => parameter(zeros(shape, { dtype: 'float64' })));
  const layers = stack(layersOf(weights, arm), { skip: arm.skip });
  const optimiser = new Adam([...weights, W!, b!], { learningRate: arm.rate });
  const shown: number[] = [];
  for (let step = 0; step <= shownSteps.at(-1)!; step += 1) {
    const loss = scope(() => {
      optimiser.zeroGrad();
      const loss = mean(square(subtract(add(linear(layers(x), W!), b!), targets)));
      backward(loss);
      optimiser.step();
      return loss.at();
    });
    if (shownSteps.some((one) => one === step)) shown.push(loss);
  }
  return shown;
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
