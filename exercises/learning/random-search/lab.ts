/** Guessing beside descending: the best loss so far against tries, on the same small problem, with the same count of looks. */
import { defineRun } from 'authoring';
import { randomSearch } from 'learning/random-search';
import { fromData, random, tensor } from 'tensor';

/** How far a set of parameters is from the one that nobody knows: the mean of the squared errors. */
function lossFrom(target: Float64Array): (candidate: Float64Array) => number {
  return (candidate) => candidate.reduce((sum, value, n) => sum + (value - target[n]!) ** 2, 0) / target.length;
}

export default defineRun({
  title: 'Guess, or go downhill',
  settings: {
    parameters: { kind: 'integer', label: 'Parameters', value: 10, minimum: 1, maximum: 1000 },
    tries: { kind: 'integer', label: 'Tries', value: 5000, minimum: 20, maximum: 1_000_000 },
    rate: { kind: 'number', label: 'Learning rate of the descent', value: 0.02, minimum: 0, maximum: 10 },
  },
  curves: {
    guessed: { label: 'Best guess so far', scale: 'logarithmic', chart: 'Loss' },
    descended: { label: 'Gradient descent', scale: 'logarithmic', chart: 'Loss' },
  },
  *start({ settings, seed }) {
    const { parameters, tries, rate } = settings;
    const stream = random(seed);
    const normal = (): Float64Array => Float64Array.from(stream.normal([parameters], { dtype: 'float64' }).data);
    const target = normal();
    const lossOf = lossFrom(target);
    const descending = normal();
    let best = Infinity;
    let found = normal();
    // Twenty tries are one step to look at; one step of descent is one look at the loss, as a try is.
    const each = 20;
    const of = Math.ceil(tries / each);
    for (let step = 1; step <= of; step += 1) {
      const searched = randomSearch(lossOf, each, normal);
      if (searched.loss < best) {
        best = searched.loss;
        found = searched.best;
      }
      for (let look = 0; look < each; look += 1) {
        // The gradient of the mean of squares, times the count, so that the rate means the same for any count.
        target.forEach((goal, n) => (descending[n]! -= rate * 2 * (descending[n]! - goal)));
      }
      const [guessed, place] = [found, descending.slice()];
      const shown = Math.min(parameters, 12);
      yield {
        step,
        of,
        curves: { guessed: best, descended: Math.max(lossOf(descending), 1e-30) },
        tensors: { descended: fromData(place, [parameters]) },
        views: () => [
          {
            kind: 'plot',
            title: 'How far off each parameter is',
            xLabel: 'parameter',
            yLabel: 'error',
            series: [
              {
                name: 'best guess',
                points: tensor(Array.from({ length: shown }, (_, n) => [n, guessed[n]! - target[n]!])),
              },
              { name: 'descent', points: tensor(Array.from({ length: shown }, (_, n) => [n, place[n]! - target[n]!])) },
            ],
          },
          {
            kind: 'text',
            title: 'So far',
            text: `After ${step * each} tries the best guess has a loss of ${best.toPrecision(3)}; after as many steps, descent has ${lossOf(place).toPrecision(3)}.`,
          },
        ],
      };
    }
  },
});
