import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'begins with a taste for some distances',
    caughtBy: 'a new classifier has the parts asked for, and begins without preferences',
    edits: [
      { find: 'R: zeros([sizes.heads, 2 * reach + 1])', replace: 'R: stream.normal([sizes.heads, 2 * reach + 1])' },
    ],
  },
  {
    name: 'scales by zero in the norms',
    caughtBy: 'a new classifier has the parts asked for, and begins without preferences',
    edits: [{ find: 'gamma1: ones([d])', replace: 'gamma1: zeros([d])' }],
  },
  {
    name: 'begins with small embeddings',
    caughtBy: 'its weights are spread as the lesson says, and the seed decides them',
    edits: [{ find: 'stream.normal([vocabulary, channels])', replace: 'xavierNormal([vocabulary, channels], stream)' }],
  },
  {
    name: 'begins with the same classifier whatever the seed',
    caughtBy: 'its weights are spread as the lesson says, and the seed decides them',
    edits: [
      {
        find: '  const stream = random(seed);\n  const { vocabulary',
        replace: '  const stream = random(1);\n  const { vocabulary',
      },
    ],
  },
  {
    name: 'builds the pile from one block',
    caughtBy: 'its weights are spread as the lesson says, and the seed decides them',
    edits: [{ find: '() => createBlock(sizes, stream)', replace: '() => createBlock(sizes, random(seed + 1))' }],
  },
  {
    name: 'climbs',
    caughtBy: 'each step is one of Adam on the whole batch, and tells of the model before it',
    edits: [
      { find: 'backward(loss);', replace: 'backward(loss, fromData([-1], []));' },
      { find: 'noGrad, ones', replace: 'fromData, noGrad, ones' },
    ],
  },
  {
    name: 'shuffles the texts and leaves the labels',
    caughtBy: 'every text is seen once in each epoch, in an order of its own',
    edits: [{ find: 'take(labels, numbers)', replace: 'take(labels, [...numbers.keys()])' }],
  },
  {
    name: 'tells the loss after the step',
    caughtBy: 'each step is one of Adam on the whole batch, and tells of the model before it',
    edits: [{ find: 'loss: loss.at(),', replace: 'loss: causalLanguageLoss(model.forward(batch), targets).at(),' }],
  },
  {
    name: 'makes a new optimiser for each step, which remembers nothing',
    caughtBy: 'the rate falls in a straight line',
    edits: [
      {
        find: '        optimiser.step();',
        replace: '        new Adam(parameters, { learningRate: optimiser.learningRate }).step();',
      },
    ],
  },
  {
    name: 'keeps the rate as it is',
    caughtBy: 'the rate falls in a straight line',
    edits: [{ find: 'rate * (1 - step / steps)', replace: 'rate' }],
  },
  {
    name: 'lets the rate fall within each epoch',
    caughtBy: 'the rate falls in a straight line',
    edits: [{ find: 'epochs * Math.ceil(', replace: 'Math.ceil(' }],
  },
  {
    name: 'counts the steps of each epoch anew',
    caughtBy: 'steps and epochs are counted from 1, on through all epochs',
    edits: [{ find: 'epoch += 1) {', replace: 'epoch += 1) {\n    step = 0;' }],
  },
  {
    name: 'has one order for all epochs',
    caughtBy: 'every text is seen once in each epoch, in an order of its own',
    edits: [{ find: 'batchSize, stream)', replace: 'batchSize, random(seed))' }],
  },
  {
    name: 'takes another order each time it is run',
    caughtBy: 'the same seed gives the same training',
    edits: [{ find: 'batchSize, stream)', replace: 'batchSize, random(Math.floor(Math.random() * 1e9)))' }],
  },
  {
    name: 'trains to the end and then tells',
    caughtBy: 'it can be watched, and left, at any step',
    edits: [
      { find: '  let step = 0;', replace: '  let step = 0;\n  const all: Progress[] = [];' },
      {
        find: 'yield { step, epoch, ...told };\n    }\n  }',
        replace: 'all.push({ step, epoch, ...told });\n    }\n  }\n  yield* all;',
      },
    ],
  },
  {
    name: 'changes all parameters whatever was named',
    caughtBy: 'where parameters are named, only they are changed',
    edits: [{ find: 'new Adam(parameters,', replace: 'new Adam(parametersOf(model),' }],
  },
  {
    name: 'forgets the gradients of what it does not change',
    caughtBy: 'where parameters are named, only they are changed',
    edits: [{ find: 'zeroGrad(parametersOf(model));', replace: 'zeroGrad(parameters);' }],
  },
  {
    name: 'never forgets a gradient',
    caughtBy: 'it learns an order that no count of letters shows',
    edits: [{ find: 'zeroGrad(parametersOf(model));', replace: 'if (step === 0) zeroGrad(parametersOf(model));' }],
  },
  {
    name: 'answers with the class of the smallest logit',
    caughtBy: 'the answer is the class of the largest logit',
    edits: [
      { find: 'Array.from(argmax(', replace: 'Array.from(argmin(' },
      { find: 'argmax, backward', replace: 'argmax, argmin, backward' },
    ],
  },
  {
    name: 'trains on the same batch again and again',
    caughtBy: 'it begins to tell real languages apart',
    edits: [{ find: 'minibatches(texts.length,', replace: 'minibatches(Math.min(texts.length, 12),' }],
  },
  {
    name: 'writes into the labels',
    caughtBy: 'does not change the texts and labels',
    edits: [
      {
        find: '  let step = 0;',
        replace: '  let step = 0;\n  labels.data[0] = 0.5;\n  labels.data[0] = 2;\n  labels.data[1] = 2;',
      },
    ],
  },
]);
