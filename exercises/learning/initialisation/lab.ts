/** How large the numbers are at each depth of a deep network, for one way of drawing its weights or another. */
import { defineRun } from 'authoring';
import { affineForward } from 'learning/affine-forward';
import { heNormal, xavierNormal } from 'learning/initialisation';
import { relu } from 'learning/nonlinearities';
import { random, std, tensor, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';

const ways: Readonly<Record<string, (shape: readonly [number, number], stream: Random, spread: number) => Tensor>> = {
  'He: yours': (shape, stream) => heNormal(shape, stream),
  'Xavier: yours': (shape, stream) => xavierNormal(shape, stream),
  'a fixed spread': (shape, stream, spread) => stream.normal(shape, { std: spread }),
};

/** How much of all numbers falls into each of 21 bins between −4 and 4 spreads. */
function histogram(x: Tensor, spread: number): [number, number][] {
  const bins = new Array<number>(21).fill(0);
  for (const value of x.data) {
    const bin = Math.floor(((value / (spread || 1) + 4) / 8) * 21);
    bins[Math.min(20, Math.max(0, bin))]! += 1 / x.size;
  }
  return bins.map((share, bin) => [((bin + 0.5) / 21) * 8 - 4, share]);
}

export default defineRun({
  title: 'Activations by depth',
  settings: {
    way: { kind: 'choice', label: 'Weights', value: 'He: yours', choices: Object.keys(ways) },
    spread: { kind: 'number', label: 'Fixed spread', value: 0.1, minimum: 0, maximum: 2 },
    depth: { kind: 'integer', label: 'Layers', value: 30, minimum: 1, maximum: 200 },
    width: { kind: 'integer', label: 'Units in each', value: 128, minimum: 2, maximum: 512 },
  },
  curves: {
    spread: { label: 'Spread of the activations', scale: 'logarithmic' },
    dead: { label: 'Share of activations at zero', scale: 'share' },
  },
  *start({ settings, seed }) {
    const { depth, width, spread } = settings;
    const stream = random(seed);
    let x = stream.normal([64, width]);
    const spreads: [number, number][] = [[0, std(x).at()]];
    for (let step = 1; step <= depth; step += 1) {
      const W = ways[settings.way]!([width, width], stream, spread);
      x = relu(affineForward(x, W, zeros([width])));
      const present = x;
      const size = std(present).at();
      spreads.push([step, Math.max(size, 1e-38)]);
      yield {
        step,
        of: depth,
        // Zero has no place on a logarithmic axis.
        curves: {
          spread: Math.max(size, 1e-38),
          dead: present.data.filter((value) => value === 0).length / present.size,
        },
        tensors: { activations: present },
        views: () => [
          {
            kind: 'plot',
            title: 'Spread by depth',
            xLabel: 'layer',
            yLabel: 'spread',
            logY: true,
            series: [{ name: settings.way, points: tensor(spreads) }],
          },
          {
            kind: 'plot',
            title: `How the activations of layer ${step} are spread`,
            xLabel: 'activation, in spreads',
            yLabel: 'share',
            series: [{ name: `layer ${step}`, points: tensor(histogram(present, size)) }],
          },
        ],
      };
    }
  },
});
