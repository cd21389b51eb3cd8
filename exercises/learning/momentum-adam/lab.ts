/** Three optimisers race down one long, narrow valley from the same place: the plain step, momentum and Adam. */
import { defineRun } from 'authoring';
import { adamStep, momentumStep } from 'learning/momentum-adam';
import type { AdamState, Tensors } from 'learning/momentum-adam';
import { sgdStep } from 'learning/sgd';
import { tensor } from 'tensor';

type Place = readonly [x: number, y: number];

function pointOf(parameters: Tensors): Place {
  const { data } = parameters['p']!;
  return [data[0]!, data[1]!];
}

export default defineRun({
  title: 'Three ways down a valley',
  settings: {
    narrowness: {
      kind: 'number',
      label: 'How much steeper the walls are than the floor',
      value: 400,
      minimum: 1,
      maximum: 10_000,
    },
    rate: { kind: 'number', label: 'Rate of the plain step', value: 0.0045, minimum: 0, maximum: 1 },
    momentumRate: { kind: 'number', label: 'Rate of momentum', value: 0.0045, minimum: 0, maximum: 1 },
    momentum: { kind: 'number', label: 'Momentum', value: 0.9, minimum: 0, maximum: 1 },
    adamRate: { kind: 'number', label: 'Rate of Adam', value: 0.3, minimum: 0, maximum: 10 },
    steps: { kind: 'integer', label: 'Steps', value: 400, minimum: 1, maximum: 10_000 },
  },
  curves: {
    sgd: { label: 'Plain step', scale: 'logarithmic', chart: 'Height' },
    momentum: { label: 'Momentum', scale: 'logarithmic', chart: 'Height' },
    adam: { label: 'Adam', scale: 'logarithmic', chart: 'Height' },
  },
  *start({ settings }) {
    const { narrowness, rate, momentumRate, momentum, adamRate, steps } = settings;
    // L(x, y) = ½ (x² + k y²); zero has no place on a logarithmic axis.
    const height = ([x, y]: Place): number => Math.max(0.5 * (x * x + narrowness * y * y), 1e-30);
    const gradientAt = ([x, y]: Place): Tensors => ({ p: tensor([x, narrowness * y], { dtype: 'float64' }) });
    const start: Tensors = { p: tensor([-9, 0.5], { dtype: 'float64' }) };
    let [plain, heavy, adaptive] = [start, start, start];
    let velocities: Tensors | undefined;
    let state: AdamState | undefined;
    const paths = [plain, heavy, adaptive].map((place) => [pointOf(place)]);
    for (let step = 1; step <= steps; step += 1) {
      plain = sgdStep(plain, gradientAt(pointOf(plain)), rate);
      const rolled = momentumStep(heavy, gradientAt(pointOf(heavy)), { rate: momentumRate, momentum, velocities });
      [heavy, velocities] = [rolled.parameters, rolled.velocities];
      const options = { rate: adamRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, state };
      const adapted = adamStep(adaptive, gradientAt(pointOf(adaptive)), options);
      [adaptive, state] = [adapted.parameters, adapted.state];
      const places = [plain, heavy, adaptive].map(pointOf);
      places.forEach((place, n) => paths[n]!.push(place));
      yield {
        step,
        of: steps,
        curves: { sgd: height(places[0]!), momentum: height(places[1]!), adam: height(places[2]!) },
        tensors: { plain: plain['p']!, momentum: heavy['p']!, adam: adaptive['p']! },
        views: () => [
          {
            kind: 'plot',
            title: 'Their paths, seen from above',
            xLabel: 'along the valley',
            yLabel: 'across it',
            series: ['plain step', 'momentum', 'Adam'].map((name, n) => ({
              name,
              points: tensor(paths[n]!.slice(-2_000).map(([x, y]) => [x, y])),
            })),
          },
        ],
      };
    }
  },
});
