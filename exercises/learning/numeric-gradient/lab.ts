/** The error of the numeric gradient against the step h: the side of a V that mathematics makes, and the one that rounding makes. */
import { defineRun } from 'authoring';
import { numericGradient } from 'learning/numeric-gradient';
import { tensor } from 'tensor';
import type { Tensor } from 'tensor';

const functions = {
  'sin x': { of: Math.sin, slope: Math.cos },
  'e to the x': { of: Math.exp, slope: Math.exp },
  'x cubed': { of: (x: number) => x ** 3, slope: (x: number) => 3 * x * x },
} as const;

export default defineRun({
  title: 'The error against h',
  settings: {
    function: { kind: 'choice', label: 'Function', value: 'sin x', choices: Object.keys(functions) },
    at: { kind: 'number', label: 'At x', value: 1, minimum: -5, maximum: 5 },
    perDecade: { kind: 'integer', label: 'Steps for each power of ten', value: 12, minimum: 1, maximum: 200 },
  },
  curves: { error: { label: 'Relative error', scale: 'logarithmic' } },
  *start({ settings }) {
    const { at, perDecade } = settings;
    const { of: f, slope } = functions[settings.function as keyof typeof functions];
    const exact = slope(at);
    const central: [number, number][] = [];
    const forward: [number, number][] = [];
    const of = 13 * perDecade;
    for (let step = 1; step <= of; step += 1) {
      const h = 10 ** (-step / perDecade);
      const answered: Tensor = numericGradient((x) => f(x.at(0)), tensor([at], { dtype: 'float64' }), h);
      // An error of nothing has no logarithm; the smallest that float64 can tell stands for it.
      const relative = (value: number): number => Math.max(Math.abs(value - exact) / Math.abs(exact || 1), 1e-17);
      const error = relative(answered.at(0));
      central.push([h, error]);
      forward.push([h, relative((f(at + h) - f(at)) / h)]);
      yield {
        step,
        of,
        curves: { error },
        views: () => [
          {
            kind: 'plot',
            title: 'Relative error against h',
            xLabel: 'h',
            yLabel: 'relative error',
            logX: true,
            logY: true,
            series: [
              { name: 'central: yours', points: tensor(central) },
              { name: 'forward, for comparison', points: tensor(forward) },
            ],
          },
        ],
      };
    }
  },
});
