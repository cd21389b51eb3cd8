import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'starts every step from the untrained network',
    caughtBy: 'each step goes on from the one before',
    edits: [{ find: '      model = told.model;\n', replace: '' }],
  },
  {
    name: 'forgets half of the network',
    caughtBy: 'one step equals the step by hand',
    edits: [
      {
        find: 'model: sgdStep(model, gradients, rate)',
        replace:
          'model: { ...model, ...sgdStep({ W2: model.W2, b2: model.b2 }, { W2: gradients.W2, b2: gradients.b2 }, rate) }',
      },
    ],
  },
  {
    name: 'climbs',
    caughtBy: 'it learns to tell three groups apart',
    edits: [{ find: 'sgdStep(model, gradients, rate)', replace: 'sgdStep(model, gradients, -rate)' }],
  },
  {
    name: 'shuffles the images and leaves the labels',
    caughtBy: 'one step equals the step by hand',
    edits: [{ find: 'take(labels, batch)', replace: 'take(labels, [...batch.keys()])' }],
  },
  {
    name: 'divides by the size of the batch once more',
    caughtBy: 'one step equals the step by hand',
    edits: [{ find: 'sgdStep(model, gradients, rate)', replace: 'sgdStep(model, gradients, rate / images.shape[0]!)' }],
  },
  {
    name: 'tells the loss of the network after the step',
    caughtBy: 'one step equals the step by hand',
    edits: [
      {
        find: 'loss: l2Loss(output, targets)',
        replace: 'loss: l2Loss(forward(images, sgdStep(model, gradients, rate)).output, targets)',
      },
    ],
  },
  {
    name: 'counts the steps of each epoch anew',
    caughtBy: 'steps and epochs are counted from 1, on through all epochs',
    edits: [{ find: 'epoch += 1) {', replace: 'epoch += 1) {\n    step = 0;' }],
  },
  {
    name: 'tells once for each epoch',
    caughtBy: 'steps and epochs are counted from 1, on through all epochs',
    edits: [
      {
        find: 'yield { step, epoch, ...told };',
        replace: 'if (step % Math.ceil(count / batchSize) === 0) yield { step, epoch, ...told };',
      },
    ],
  },
  {
    name: 'has one order for all epochs',
    caughtBy: 'every image is seen once in each epoch, in an order of its own',
    edits: [{ find: 'minibatches(count, batchSize, stream)', replace: 'minibatches(count, batchSize, random(seed))' }],
  },
  {
    name: 'draws each batch anew',
    caughtBy: 'every image is seen once in each epoch, in an order of its own',
    edits: [
      {
        find: 'batchOf(data, batch)',
        replace: 'batchOf(data, batch.map(() => stream.integer(0, count)))',
      },
    ],
  },
  {
    name: 'takes another order each time it is run',
    caughtBy: 'the same seed gives the same training',
    edits: [
      {
        find: '  const stream = random(seed);\n  const [count',
        replace: '  const stream = random(seed + Math.floor(Math.random() * 1e9));\n  const [count',
      },
    ],
  },
  {
    name: 'trains to the end and then tells',
    caughtBy: 'it can be watched, and left, at any step',
    edits: [
      { find: '  let step = 0;', replace: '  let step = 0;\n  const all: Progress[] = [];' },
      { find: 'yield { step, epoch, ...told };', replace: 'all.push({ step, epoch, ...told });' },
      { find: '  return model;\n}', replace: '  yield* all;\n  return model;\n}' },
    ],
  },
  {
    name: 'returns nothing',
    caughtBy: 'what it returns is the network after the last step',
    edits: [{ find: '  return model;\n}', replace: '  return undefined as unknown as NetworkParameters;\n}' }],
  },
  {
    name: 'nudges the network that it was given',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '    model: sgdStep(model, gradients, rate),',
        replace:
          '    model: Object.assign(model, Object.fromEntries(Object.entries(sgdStep(model, gradients, rate)).map(([name, p]: [string, Tensor]) => {\n      const own = model[name as keyof NetworkParameters];\n      own.data.set(p.data);\n      return [name, own];\n    }))),',
      },
    ],
  },
  {
    name: 'begins with large output weights',
    caughtBy: 'its weights are spread as the lesson says, and the seed decides them',
    edits: [
      {
        find: 'multiply(xavierNormal([outputs, hidden], stream), 0.1)',
        replace: 'multiply(xavierNormal([outputs, hidden], stream), 1)',
      },
    ],
  },
  {
    name: 'begins with the same network whatever the seed',
    caughtBy: 'its weights are spread as the lesson says, and the seed decides them',
    edits: [{ find: '  const stream = random(seed);\n  return {', replace: '  const stream = random(1);\n  return {' }],
  },
  {
    name: 'begins with weights of zero',
    caughtBy: 'it begins to read real digits',
    edits: [
      { find: 'heNormal([hidden, inputs], stream)', replace: 'multiply(heNormal([hidden, inputs], stream), 0)' },
      {
        find: 'multiply(xavierNormal([outputs, hidden], stream), 0.1)',
        replace: 'multiply(xavierNormal([outputs, hidden], stream), 0)',
      },
    ],
  },
  {
    name: 'gives the biases weights too',
    caughtBy: 'a new network has the shapes asked for, and biases of zero',
    edits: [{ find: 'b1: zeros([hidden])', replace: 'b1: stream.normal([hidden], { std: 0.1 })' }],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'loss: l2Loss(output, targets),',
    from: 'l2Loss(output, targets)',
    to: 'l2Loss(targets, output)',
    because: 'It squares the difference: (a − b)² = (b − a)².',
  },
]);
