import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'steps to the right only',
    caughtBy: 'for a parabola both sides cancel, however large the step',
    edits: [
      {
        find: '(valueAt(place, h) - valueAt(place, -h)) / (2 * h)',
        replace: '(valueAt(place, h) - valueAt(place, 0)) / h',
      },
    ],
  },
  {
    name: 'divides by h, although the points are 2h apart',
    caughtBy: 'the slope of a straight line is found with any step',
    edits: [{ find: '/ (2 * h)', replace: '/ h' }],
  },
  {
    name: 'writes / 2 * h without brackets',
    caughtBy: "finds the lesson's slopes",
    edits: [{ find: '/ (2 * h)', replace: '/ 2 * h' }],
  },
  {
    name: 'subtracts the right from the left',
    caughtBy: 'the slope of a straight line is found with any step',
    edits: [{ find: '(valueAt(place, h) - valueAt(place, -h))', replace: '(valueAt(place, -h) - valueAt(place, h))' }],
  },
  {
    name: 'never puts an entry back',
    caughtBy: 'one entry moves at a time, once up and once down',
    edits: [{ find: 'const moved = centre.slice();', replace: 'const moved = centre;' }],
  },
  {
    name: 'moves all entries at once',
    caughtBy: 'every entry has its own slope, in tensors of every shape',
    edits: [
      {
        find: 'const moved = centre.slice();\n    moved[place]! += step;',
        replace: 'const moved = centre.map((value) => value + step);\n    void place;',
      },
    ],
  },
  {
    name: 'makes the step a share of the entry',
    caughtBy: 'for a cube the error is h², to the last digit',
    edits: [
      { find: 'moved[place]! += step;', replace: 'moved[place]! += step * Math.abs(moved[place]!);' },
      { find: '/ (2 * h)', replace: '/ (2 * h * Math.abs(centre[place]!))' },
    ],
  },
  {
    name: 'hands out float32 points',
    caughtBy: 'works in float64, whatever x is',
    edits: [{ find: 'f(fromData(moved, x.shape))', replace: 'f(fromData(Float32Array.from(moved), x.shape))' }],
  },
  {
    name: 'returns a float32 gradient',
    caughtBy: 'works in float64, whatever x is',
    edits: [{ find: 'fromData(gradient, x.shape)', replace: 'fromData(Float32Array.from(gradient), x.shape)' }],
  },
  {
    name: 'returns a flat list of slopes',
    caughtBy: 'finds the gradient of your own loss',
    edits: [{ find: 'fromData(gradient, x.shape)', replace: 'fromData(gradient, [x.size])' }],
  },
  {
    name: 'steps back by subtracting, which loses the last digit',
    caughtBy: 'does not change its input',
    source: `
import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

export function numericGradient(f: (x: Tensor) => number, x: Tensor, h: number): Tensor {
  if (!(h > 0)) throw new RangeError('h must be above 0');
  const gradient = new Float64Array(x.size);
  for (let i = 0; i < x.size; i += 1) {
    x.data[i]! += h;
    const above = f(fromData(Float64Array.from(x.data), x.shape));
    x.data[i]! -= 2 * h;
    const below = f(fromData(Float64Array.from(x.data), x.shape));
    x.data[i]! += h;
    gradient[i] = (above - below) / (2 * h);
  }
  return fromData(gradient, x.shape);
}
`,
  },
  {
    name: 'takes any step',
    caughtBy: 'a step that is not above zero is refused, and the message names h',
    edits: [{ find: 'if (!(h > 0)) throw', replace: 'if (Number.isNaN(h)) throw' }],
  },
]);
