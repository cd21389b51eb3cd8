/** The nudge on a surface that can be seen: one line through noisy points, its two parameters, and the path they take. */
import { defineRun } from 'authoring';
import { minibatches, sgdStep } from 'learning/sgd';
import { random, tensor } from 'tensor';
import type { Tensor } from 'tensor';

/** Points about the line `y = 1.5 x − 0.5`; x lies on one side, so that slope and offset pull at each other. */
function pointsOf(seed: number, count: number): { readonly x: number; readonly y: number }[] {
  const stream = random(seed);
  return Array.from({ length: count }, () => {
    const x = 2 * stream.number();
    return { x, y: 1.5 * x - 0.5 + 0.6 * (stream.number() - 0.5) };
  });
}

type Points = ReturnType<typeof pointsOf>;

interface Line {
  readonly slope: Tensor;
  readonly offset: Tensor;
}

/** The mean squared error of the line, and its gradient. */
function lossOf(points: Points, { slope, offset }: Line): { loss: number; gradient: Line } {
  let [loss, dSlope, dOffset] = [0, 0, 0];
  for (const { x, y } of points) {
    const error = slope.at() * x + offset.at() - y;
    loss += error ** 2 / points.length;
    dSlope += (2 * error * x) / points.length;
    dOffset += (2 * error) / points.length;
  }
  return { loss, gradient: { slope: tensor(dSlope), offset: tensor(dOffset) } };
}

/** The pairs at which the loss of all points has one height: an ellipse about the best pair. */
function contour(points: Points, height: number): [number, number][] {
  const n = points.length;
  const sum = (term: (point: Points[number]) => number): number =>
    points.reduce((total, point) => total + term(point), 0);
  const [xx, x, xy, y] = [
    sum((p) => p.x * p.x) / n,
    sum((p) => p.x) / n,
    sum((p) => p.x * p.y) / n,
    sum((p) => p.y) / n,
  ];
  const determinant = xx - x * x;
  const [slope, offset] = [(xy - x * y) / determinant, (xx * y - x * xy) / determinant];
  return Array.from({ length: 49 }, (_, step) => {
    const angle = (2 * Math.PI * step) / 48;
    const [ds, dt] = [Math.cos(angle), Math.sin(angle)];
    // The loss grows from its least value by a quadratic form; along each direction it reaches the height once.
    const length = Math.sqrt(height / (xx * ds * ds + 2 * x * ds * dt + dt * dt));
    return [slope + length * ds, offset + length * dt];
  });
}

export default defineRun({
  title: 'A line finds its points',
  settings: {
    rate: { kind: 'number', label: 'Learning rate', value: 0.05, minimum: 0, maximum: 10 },
    batchSize: { kind: 'integer', label: 'Points in a batch', value: 4, minimum: 1, maximum: 64 },
    epochs: { kind: 'integer', label: 'Epochs', value: 25, minimum: 1, maximum: 1000 },
  },
  curves: {
    batch: { label: 'Loss of the batch', scale: 'logarithmic', chart: 'Loss' },
    all: { label: 'Loss of all points', scale: 'logarithmic', chart: 'Loss' },
  },
  *start({ settings, seed }) {
    const { rate, batchSize, epochs } = settings;
    const points = pointsOf(seed, 64);
    const order = random(seed + 1);
    let line: Line = { slope: tensor(-1.5), offset: tensor(2.5) };
    const path: [number, number][] = [[line.slope.at(), line.offset.at()]];
    let step = 0;
    const of = Math.ceil(points.length / batchSize) * epochs;
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      for (const batch of minibatches(points.length, batchSize, order)) {
        const { loss, gradient } = lossOf(
          batch.map((n) => points[n]!),
          line,
        );
        line = sgdStep({ ...line }, { ...gradient }, rate);
        path.push([line.slope.at(), line.offset.at()]);
        step += 1;
        yield {
          step,
          of,
          curves: { batch: loss, all: lossOf(points, line).loss },
          tensors: { slope: line.slope, offset: line.offset },
          views: () => [
            {
              kind: 'plot',
              title: 'The path on the loss surface',
              xLabel: 'slope',
              yLabel: 'offset',
              series: [
                { name: 'path', points: tensor(path.slice(-2_000)) },
                ...[0.05, 0.5, 2].map((height) => ({
                  name: `${height} above the least loss`,
                  points: tensor(contour(points, height)),
                })),
              ],
            },
            {
              kind: 'plot',
              title: 'The line now',
              xLabel: 'x',
              yLabel: 'y',
              series: [
                { name: 'line', points: tensor([0, 2].map((x) => [x, line.slope.at() * x + line.offset.at()])) },
                { name: 'points', points: tensor(points.map(({ x, y }) => [x, y])) },
              ],
            },
          ],
        };
      }
    }
  },
});
