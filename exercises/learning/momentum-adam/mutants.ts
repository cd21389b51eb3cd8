import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'forgets the velocity of the step before',
    caughtBy: 'the velocity is the sum of all gradients, the older the less',
    edits: [{ find: 'velocities?.[name] ?? zerosLike(parameter)', replace: 'zerosLike(parameter)' }],
  },
  {
    name: 'takes a mean of the gradients for the velocity',
    caughtBy: 'the first step of momentum is the plain one',
    edits: [
      {
        find: 'add(multiply(velocity, momentum), gradientOf(name, parameter, gradients))',
        replace: 'add(multiply(velocity, momentum), multiply(gradientOf(name, parameter, gradients), 1 - momentum))',
      },
    ],
  },
  {
    name: 'steps along the gradient, and only remembers the velocity',
    caughtBy: "finds the lesson's three steps of momentum",
    edits: [{ find: 'sgdStep(parameters, next, rate)', replace: 'sgdStep(parameters, gradients, rate)' }],
  },
  {
    name: 'brings down the velocity instead of the parameters',
    caughtBy: 'where there is no slope nothing moves',
    edits: [{ find: 'parameters: sgdStep(parameters, next, rate)', replace: 'parameters: sgdStep(next, next, rate)' }],
  },
  {
    name: 'lets the velocity contain the rate, and multiplies by it again',
    caughtBy: 'the velocity is the sum of all gradients, the older the less',
    edits: [
      {
        find: 'add(multiply(velocity, momentum), gradientOf(name, parameter, gradients))',
        replace: 'add(multiply(velocity, momentum), multiply(gradientOf(name, parameter, gradients), rate))',
      },
    ],
  },
  {
    name: 'does not correct the start',
    caughtBy: 'the first step of Adam has the length of the rate, however steep it is',
    edits: [
      { find: 'divide(m, 1 - beta1 ** time)', replace: 'multiply(m, 1)' },
      { find: 'divide(s, 1 - beta2 ** time)', replace: 'multiply(s, 1)' },
    ],
  },
  {
    name: 'corrects every step as if it were the first',
    caughtBy: 'many steps of Adam agree with means taken from scratch',
    edits: [
      { find: '1 - beta1 ** time', replace: '1 - beta1' },
      { find: '1 - beta2 ** time', replace: '1 - beta2' },
    ],
  },
  {
    name: 'counts the steps from 0',
    caughtBy: 'the running means of Adam are those of the lesson',
    edits: [{ find: '(state?.time ?? 0) + 1', replace: 'state?.time ?? 0' }],
  },
  {
    name: 'keeps the corrected means, and corrects them again',
    caughtBy: 'many steps of Adam agree with means taken from scratch',
    edits: [
      { find: 'first[name] = m;', replace: 'first[name] = mean;' },
      { find: 'second[name] = s;', replace: 'second[name] = meanSquare;' },
    ],
  },
  {
    name: 'exchanges the two βs',
    caughtBy: 'the running means of Adam are those of the lesson',
    edits: [{ find: 'const { rate, beta1, beta2,', replace: 'const { rate, beta1: beta2, beta2: beta1,' }],
  },
  {
    name: 'forgets the root',
    caughtBy: 'the first step of Adam has the length of the rate, however steep it is',
    edits: [{ find: 'add(sqrt(meanSquare), epsilon)', replace: 'add(meanSquare, epsilon)' }],
  },
  {
    name: 'puts the small number under the root',
    caughtBy: 'the small number is added to the root, not under it',
    edits: [{ find: 'add(sqrt(meanSquare), epsilon)', replace: 'sqrt(add(meanSquare, epsilon))' }],
  },
  {
    name: 'leaves the small number out',
    caughtBy: 'where there is no slope nothing moves',
    edits: [{ find: 'add(sqrt(meanSquare), epsilon)', replace: 'sqrt(meanSquare)' }],
  },
  {
    name: 'starts from float32 zeros, and rounds everything to them',
    caughtBy: 'float64 stays float64, and no parameters are no trouble',
    edits: [
      { find: 'import { add,', replace: 'import { astype, add,' },
      {
        find: 'const velocity = velocities?.[name] ?? zerosLike(parameter);',
        replace:
          "const velocity = velocities?.[name] ?? zeros(parameter.shape);\n    parameters = { ...parameters, [name]: astype(parameter, 'float32') };\n    gradients = { ...gradients, [name]: astype(gradientOf(name, parameter, gradients), 'float32') };",
      },
    ],
  },
  {
    name: 'lets a gradient of another shape broadcast',
    caughtBy: 'a gradient that is missing, or of another shape, is an error that names the parameter',
    edits: [{ find: 'gradient.shape.join() !== parameter.shape.join()', replace: 'gradient.size > parameter.size' }],
  },
  {
    name: 'changes the running means where they lie',
    caughtBy: 'does not change its input',
    edits: [{ find: 'first[name] = m;', replace: 'state?.first[name]?.data.set(m.data);\n    first[name] = m;' }],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'const velocity = velocities?.[name] ?? zerosLike(parameter);',
    from: 'velocities?.[name] ?? zerosLike(parameter)',
    to: 'velocities?.[name] || zerosLike(parameter)',
    because: 'A tensor is an object, so || chooses as ?? does.',
  },
  {
    at: 'const time = (state?.time ?? 0) + 1;',
    from: 'state?.time ?? 0',
    to: 'state?.time || 0',
    because: 'A time of 0 is 0 either way.',
  },
  {
    at: 'const m = add(multiply(state?.first[name] ?? zerosLike(parameter), beta1), multiply(gradient, 1 - beta1));',
    from: 'state?.first[name] ?? zerosLike(parameter)',
    to: 'state?.first[name] || zerosLike(parameter)',
    because: 'A tensor is an object, so || chooses as ?? does.',
  },
  {
    at: 'const s = add(multiply(state?.second[name] ?? zerosLike(parameter), beta2), multiply(square(gradient), 1 - beta2));',
    from: 'state?.second[name] ?? zerosLike(parameter)',
    to: 'state?.second[name] || zerosLike(parameter)',
    because: 'A tensor is an object, so || chooses as ?? does.',
  },
]);
