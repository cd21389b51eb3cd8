/**
 * The files of an exercise that is only just begun. They hold together (the stub fails at its TODO, the solution passes,
 * each mutant fails where it says, the lesson renders), so that all the author check has to say of them is what is still
 * to be written; and from there on, what the author breaks.
 */
import type { ExerciseId } from '../course/course';
import type { exerciseFileNames } from './exerciseFiles';

export type ExerciseTexts = Readonly<Record<(typeof exerciseFileNames)[number], string>>;

export function newExercise(id: ExerciseId, title: string): ExerciseTexts {
  const name = functionName(id);
  const doc = (todo: string): string => `/**
 * ${todo}Twice every number of \`x\`.
 *
 * @param x (n,)
 * @returns (n,)
 */`;
  return {
    'lesson.md': `---
title: ${JSON.stringify(title)}
minutes: 20
offers: [Tensor, fromData, tensor, zeros]
---

TODO(author): begin with a number or a picture, before any symbol. Twice 3 is 6.

:::step sum A sum with itself
$$y_i = x_i + x_i$$

shapes: x (n,) → y (n,)

TODO(author): the reason for this step, in a sentence or two; then the next step.
:::

## Your task

TODO(author): what to write, in the order in which it is best written.
`,
    'hints.md': `## A nudge

TODO(author): where to look, without saying what is there.

## The idea

TODO(author): the one idea that one needs.

## Nearly there

TODO(author): all but the code.
`,
    'stub.ts': `import type { Tensor } from 'tensor';

${doc('TODO(author): say what it gives. ')}
export function ${name}(x: Tensor): Tensor {
  // TODO
  throw new Error('TODO: write ${name}');
}
`,
    'solution.ts': `import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

${doc('')}
export function ${name}(x: Tensor): Tensor {
  // TODO(author): the reference that you want learners to arrive at, commented with the why.
  const doubled = x.data.map((value) => value + value);
  return fromData(doubled, x.shape);
}
`,
    'checks.ts': `import { defineChecks } from 'authoring';
import { tensor } from 'tensor';

// TODO(author): sentences of your own, each with irregular inputs of several shapes, edge cases included.
export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'agrees with numbers worked out by hand': {
    step: 'sum',
    async run({ learner, expect }) {
      expect.close(await learner.${name}(tensor([1, -2, 0.5])), tensor([2, -4, 1]));
    },
  },
  'agrees with the reference on many lengths': {
    step: 'sum',
    async run({ learner, reference, random, expect }) {
      for (const length of [1, 2, 7]) {
        const x = random.normal([length]);
        expect.close(await learner.${name}(x), reference.${name}(x));
      }
    },
  },
});
`,
    'mutants.ts': `import { defineMutants } from 'authoring';

// TODO(author): the mistakes that people really make, each with the check that must catch it.
export default defineMutants([
  {
    name: 'squares instead of doubling',
    caughtBy: 'agrees with numbers worked out by hand',
    edits: [{ find: 'value + value', replace: 'value * value' }],
  },
  {
    name: 'leaves the first number as it is',
    caughtBy: 'agrees with the reference on many lengths',
    edits: [{ find: '(value) => value + value', replace: '(value, i) => (i === 0 ? value : value + value)' }],
  },
]);
`,
  };
}

/** `affine-forward` → `affineForward`; a name that JavaScript keeps for itself, or that begins with a digit, is led in. */
function functionName(id: ExerciseId): string {
  const words = (id.split('/')[1] ?? '').split('-');
  const name = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return /^\d/.test(name) || reserved.has(name) ? `compute${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
}

const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function ' +
    'if implements import in instanceof interface let new null package private protected public return static super ' +
    'switch this throw true try typeof var void while with yield await arguments eval async undefined x tensor'
  ).split(' '),
);
