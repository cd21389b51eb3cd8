import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'does not leave the spaces out',
    caughtBy: 'parse takes a specification apart',
    edits: [{ find: "spec.replaceAll(' ', '').split('->')", replace: "spec.trim().split('->')" }],
  },
  {
    name: 'knows small letters only',
    caughtBy: 'einsum reads spaces and capital letters, and refuses what parse and plan refuse',
    edits: [{ find: '/[a-z]/i.test(letter)', replace: '/[a-z]/.test(letter)' }],
  },
  {
    name: 'drops inputs without letters',
    caughtBy: 'parse takes a specification apart',
    edits: [{ find: "left.split(',')", replace: "left.split(',').filter((letters) => letters !== '')" }],
  },
  {
    name: 'takes a missing arrow for an empty result',
    caughtBy: 'parse refuses what cannot be read, and says what is wrong',
    edits: [
      { find: "const [left = '', output, more]", replace: "const [left = '', output = '', more]" },
      { find: 'output === undefined || more', replace: 'more' },
    ],
  },
  {
    name: 'believes every letter of the result',
    caughtBy: 'parse refuses what cannot be read, and says what is wrong',
    edits: [{ find: 'if (!letters.includes(letter))', replace: "if (letter === '')" }],
  },
  {
    name: 'lists the summed letters in alphabetical order',
    caughtBy: 'plan gives every letter its size and says which are summed',
    edits: [
      { find: 'const summed = Object.keys(sizes)', replace: 'const summed = Object.keys(sizes).sort().reverse()' },
    ],
  },
  {
    name: 'counts a letter as summed if it occurs in two tensors',
    caughtBy: 'einsum with two tensors is every product there is',
    edits: [
      {
        find: '.filter((letter) => !output.includes(letter));',
        replace: ".filter((letter) => !output.includes(letter) && inputs.join('').split(letter).length > 2);",
      },
    ],
  },
  {
    name: 'lets the last size of a letter win',
    caughtBy: 'plan refuses shapes that do not fit, and the message names what does not',
    edits: [{ find: 'sizes[letter] ??= size', replace: 'sizes[letter] = size' }],
  },
  {
    name: 'lets letters of size 1 broadcast',
    caughtBy: 'plan refuses shapes that do not fit, and the message names what does not',
    edits: [{ find: 'if (known !== size)', replace: 'if (known !== size && known !== 1 && size !== 1)' }],
  },
  {
    name: 'does not count the letters of a shape',
    caughtBy: 'plan refuses shapes that do not fit, and the message names what does not',
    edits: [{ find: 'if (letters.length !== shape.length)', replace: 'if (letters.length < 0)' }],
  },
  {
    name: 'uses strides from the left',
    caughtBy: "einsum finds the lesson's sums",
    edits: [
      {
        find: 'for (let axis = shape.length - 1; axis >= 0; axis -= 1) {\n      if',
        replace: 'for (let axis = 0; axis < shape.length; axis += 1) {\n      if',
      },
    ],
  },
  {
    name: 'keeps the last stride of a letter instead of adding',
    caughtBy: 'a letter that occurs twice in one tensor walks down its diagonal',
    edits: [{ find: 'step += stride;', replace: 'step = stride;' }],
  },
  {
    name: 'reads the axes in the order of the letters and not of the tensor',
    caughtBy: 'einsum with one tensor reorders and sums its axes',
    edits: [
      {
        find: 'stepsOf(expression.inputs[input]!, {',
        replace: "stepsOf([...expression.inputs[input]!].sort().join(''), {",
      },
    ],
  },
  {
    name: 'looks at two tensors and no more',
    caughtBy: 'any number of tensors may meet in one sum',
    edits: [{ find: 'tensors.forEach((x, input) => {', replace: 'tensors.slice(0, 2).forEach((x, input) => {' }],
  },
  {
    name: 'adds the factors',
    caughtBy: 'einsum with two tensors is every product there is',
    edits: [
      { find: 'let factor = 1;', replace: 'let factor = 0;' },
      { find: 'factor *= x.data[position]!', replace: 'factor += x.data[position]!' },
    ],
  },
  {
    name: 'expects at least one term in every sum',
    caughtBy: 'numbers have no letters, and a sum over nothing is zero',
    edits: [
      {
        find: 'const terms = product(lengths(summed));',
        replace: 'const terms = Math.max(1, product(lengths(summed)));',
      },
    ],
  },
  {
    name: 'collects the products in the first tensor',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'values[cell] = sum;',
        replace: 'values[cell] = sum;\n    if (cell < (tensors[0]?.size ?? 0)) tensors[0]!.data[cell] = sum;',
      },
    ],
  },
]);
