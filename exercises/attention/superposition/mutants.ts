import { defineEquivalent, defineMutants } from 'authoring';

const encoded = 'relu(linear(subtract(h, this.bd), this.We, this.be))';
const unit = 'divide(D, sqrt(sum(square(D), { axis: -1, keepdim: true })))';
const priced = 'mean(add(error, multiply(activity, sparsity)))';

export default defineMutants([
  {
    name: 'gives every feature the direction of another',
    caughtBy: 'each feature adds its direction to the neurons',
    edits: [{ find: 'return linear(features, W);', replace: 'return linear(features, multiply(W, -1));' }],
  },
  {
    name: 'forgets the bias of the toy',
    caughtBy: 'a feature comes back with what its neighbours add',
    edits: [
      {
        find: 'relu(add(matmul(toyHidden(features, toy), toy.W), toy.b))',
        replace: 'relu(matmul(toyHidden(features, toy), toy.W))',
      },
    ],
  },
  {
    name: 'forgets the ReLU of the toy',
    caughtBy: "in the lesson's pentagon a feature alone comes back alone",
    edits: [{ find: 'return relu(add(matmul(', replace: 'return (add(matmul(' }],
  },
  {
    name: 'divides by the squared length',
    caughtBy: 'the rows of a dictionary are made 1 long',
    edits: [
      { find: unit, replace: 'divide(D, sum(square(D), { axis: -1, keepdim: true }))' },
      { find: '  sqrt,\n', replace: '' },
    ],
  },
  {
    name: 'makes columns 1 long',
    caughtBy: 'the rows of a dictionary are made 1 long',
    edits: [{ find: unit, replace: 'divide(D, sqrt(sum(square(D), { axis: 0, keepdim: true })))' }],
  },
  {
    name: 'forgets the ReLU of the latents',
    caughtBy: 'latents answer to what differs from the bias, and are never below zero',
    edits: [{ find: encoded, replace: 'linear(subtract(h, this.bd), this.We, this.be)' }],
  },
  {
    name: 'encodes without subtracting the bias of the neurons',
    caughtBy: 'latents answer to what differs from the bias, and are never below zero',
    edits: [
      { find: encoded, replace: 'relu(linear(h, this.We, this.be))' },
      { find: '  subtract,\n', replace: '' },
      { find: 'square(subtract(h, reconstruction))', replace: 'square(add(h, multiply(reconstruction, -1)))' },
    ],
  },
  {
    name: 'forgets the bias of the latents',
    caughtBy: 'latents answer to what differs from the bias, and are never below zero',
    edits: [{ find: encoded, replace: 'relu(linear(subtract(h, this.bd), this.We))' }],
  },
  {
    name: 'does not give the bias back',
    caughtBy: 'directions times latents put the activations together again',
    edits: [{ find: 'add(matmul(latents, unitRows(this.D)), this.bd)', replace: 'matmul(latents, unitRows(this.D))' }],
  },
  {
    name: 'decodes with the encoder',
    caughtBy: 'directions times latents put the activations together again',
    edits: [{ find: 'unitRows(this.D)', replace: 'unitRows(this.We)' }],
  },
  {
    name: 'leaves the directions as long as they are',
    caughtBy: 'the length of a direction makes no difference',
    edits: [{ find: 'matmul(latents, unitRows(this.D))', replace: 'matmul(latents, this.D)' }],
  },
  {
    name: 'keeps the dictionary as a plain tensor',
    caughtBy: 'its parameters are found by their names',
    edits: [{ find: 'this.D = parameter(parameters.D)', replace: 'this.D = parameters.D' }],
  },
  {
    name: 'takes the mean over the neurons too',
    caughtBy: 'the loss is the squared error and the price of what is active, on average over the examples',
    edits: [{ find: 'const error = sum(', replace: 'const error = mean(' }],
  },
  {
    name: 'adds the examples up',
    caughtBy: 'the loss is the squared error and the price of what is active, on average over the examples',
    edits: [
      { find: priced, replace: 'sum(add(error, multiply(activity, sparsity)))' },
      { find: '  mean,\n', replace: '' },
    ],
  },
  {
    name: 'forgets the price of activity',
    caughtBy: 'the loss is the squared error and the price of what is active, on average over the examples',
    edits: [{ find: priced, replace: 'mean(add(error, multiply(activity, sparsity * 0)))' }],
  },
  {
    name: 'prices the squares of the latents',
    caughtBy: 'the loss is the squared error and the price of what is active, on average over the examples',
    edits: [
      { find: 'sum(abs(latents), { axis: -1 })', replace: 'sum(square(latents), { axis: -1 })' },
      { find: '  abs,\n', replace: '' },
    ],
  },
  {
    name: 'takes the latents off the tape',
    caughtBy: 'gradients reach all four parameters',
    edits: [
      { find: '  divide,\n', replace: '  detach,\n  divide,\n' },
      { find: 'const activity = sum(abs(latents)', replace: 'const activity = sum(abs(detach(latents))' },
    ],
  },
  {
    name: 'begins to count anew in each epoch',
    caughtBy: 'each batch of each epoch is one step, told when it is done',
    edits: [
      { find: '  let step = 0;\n', replace: '' },
      { find: 'epoch += 1) {\n', replace: 'epoch += 1) {\n    let step = 0;\n' },
    ],
  },
  {
    name: 'tells once for each epoch',
    caughtBy: 'each batch of each epoch is one step, told when it is done',
    edits: [
      { find: '  let step = 0;\n', replace: '  let step = 0;\n  let last = 0;\n' },
      {
        find: '      step += 1;\n      yield { step, loss };\n    }',
        replace: '      last = loss;\n    }\n    step += 1;\n    yield { step, loss: last };',
      },
    ],
  },
  {
    name: 'tells the loss after the step',
    caughtBy: 'the first step tells the loss before it, and begins at once',
    edits: [
      {
        find: '        return loss.at();',
        replace: '        return sparseLoss(autoencoder, take(h, batch), { sparsity }).at();',
      },
    ],
  },
  {
    name: 'computes everything first and tells it afterwards',
    caughtBy: 'the first step tells the loss before it, and begins at once',
    edits: [
      { find: '  let step = 0;\n', replace: '  let step = 0;\n  const told: Progress[] = [];\n' },
      {
        find: '      yield { step, loss };\n    }\n  }',
        replace: '      told.push({ step, loss });\n    }\n  }\n  yield* told;',
      },
    ],
  },
  {
    name: 'lets the gradients of earlier steps add up',
    caughtBy: 'the steps are those of one Adam on the batches that the seed draws',
    edits: [
      {
        find: '      const loss = scope(() => {\n        optimiser.zeroGrad();\n',
        replace: '      const loss = [0].map(() => {\n',
      },
      { find: '        return loss.at();\n      });', replace: '        return loss.at();\n      })[0]!;' },
      { find: '  scope,\n', replace: '' },
    ],
  },
  {
    name: 'begins each epoch with a new Adam',
    caughtBy: 'the steps are those of one Adam on the batches that the seed draws',
    edits: [
      { find: '  const optimiser = new Adam(parametersOf(autoencoder), { learningRate: rate });\n', replace: '' },
      {
        find: 'epoch += 1) {\n',
        replace: 'epoch += 1) {\n    const optimiser = new Adam(parametersOf(autoencoder), { learningRate: rate });\n',
      },
    ],
  },
  {
    name: 'draws the same order in every epoch',
    caughtBy: 'the steps are those of one Adam on the batches that the seed draws',
    edits: [
      { find: '  const stream = random(seed);\n', replace: '' },
      { find: 'batchSize, stream)', replace: 'batchSize, random(seed))' },
    ],
  },
  {
    name: 'never steps',
    caughtBy: 'activations of one direction at a time are learned',
    edits: [{ find: '        optimiser.step();\n', replace: '' }],
  },
  {
    name: 'takes the dot product for the cosine',
    caughtBy: 'a direction matches the row that agrees best, whatever their lengths',
    edits: [{ find: 'matmul(unitRows(truth), transpose(unitRows(D)))', replace: 'matmul(truth, transpose(D))' }],
  },
  {
    name: 'finds the best direction for each row instead',
    caughtBy: 'a direction matches the row that agrees best, whatever their lengths',
    edits: [{ find: 'transpose(unitRows(D))), { axis: -1 })', replace: 'transpose(unitRows(D))), { axis: 0 })' }],
  },
  {
    name: 'takes opposite directions for a match',
    caughtBy: 'a direction matches the row that agrees best, whatever their lengths',
    edits: [
      {
        find: 'max(matmul(unitRows(truth), transpose(unitRows(D))), {',
        replace: 'max(abs(matmul(unitRows(truth), transpose(unitRows(D)))), {',
      },
    ],
  },
  {
    name: 'makes the rows of the truth 1 long in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  return max(matmul(',
        replace: '  truth.data.set(unitRows(truth).data);\n  return max(matmul(',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'const error = sum(square(subtract(h, reconstruction)), { axis: -1 });',
    from: 'subtract(h, reconstruction)',
    to: 'subtract(reconstruction, h)',
    because: 'It is squared: (a − b)² = (b − a)².',
  },
]);
