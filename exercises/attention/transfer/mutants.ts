import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'finds the prefix anywhere',
    caughtBy: 'the part of a name goes, and so do all weights of other names',
    edits: [{ find: 'name.startsWith(prefix)', replace: 'name.includes(prefix)' }],
  },
  {
    name: 'keeps the prefix',
    caughtBy: 'the part of a name goes, and so do all weights of other names',
    edits: [{ find: 'name.slice(prefix.length)', replace: 'name' }],
  },
  {
    name: 'copies nothing',
    caughtBy: 'weights are copied into the parameters of their names',
    edits: [{ find: 'parameter.data.set(saved.data);', replace: 'void parameter;' }],
  },
  {
    name: 'says nothing of what is missing',
    caughtBy: 'what is missing, unexpected or misshaped is all named',
    edits: [{ find: 'missing.length > 0', replace: 'missing.length < 0' }],
  },
  {
    name: 'says nothing of what is unexpected',
    caughtBy: 'what is missing, unexpected or misshaped is all named',
    edits: [{ find: 'unexpected.length > 0', replace: 'unexpected.length < 0' }],
  },
  {
    name: 'compares sizes instead of shapes',
    caughtBy: 'where something does not fit, nothing is changed',
    edits: [{ find: 'parameter.shape.join() !== saved.shape.join()', replace: 'parameter.size !== saved.size' }],
  },
  {
    name: 'copies before it complains',
    caughtBy: 'where something does not fit, nothing is changed',
    edits: [
      {
        find: '  if (problems.length > 0)',
        replace:
          '  for (const { parameter, saved } of pairs) if (parameter.size === saved.size) parameter.data.set(saved.data);\n  if (problems.length > 0)',
      },
    ],
  },
  {
    name: 'forgets the bias of the head',
    caughtBy: 'the head is what the encoder does not own',
    edits: [{ find: 'return [model.W, model.b];', replace: 'return [model.W];' }],
  },
  {
    name: 'never thaws the encoder',
    caughtBy: 'first only the head learns, then all',
    edits: [
      {
        find: '{ epochs: options.epochs - headEpochs }',
        replace: '{ epochs: options.epochs - headEpochs, parameters: headOf(model) }',
      },
    ],
  },
  {
    name: 'trains everything from the start',
    caughtBy: 'first only the head learns, then all',
    edits: [{ find: '{ epochs: headEpochs, parameters: headOf(model) }', replace: '{ epochs: headEpochs }' }],
  },
  {
    name: 'counts each part from 1',
    caughtBy: 'steps and epochs are counted through',
    edits: [{ find: 'yield { ...progress, ...done };', replace: 'yield progress;' }],
  },
  {
    name: 'gives the second part all epochs',
    caughtBy: 'steps and epochs are counted through',
    edits: [{ find: 'options.epochs - headEpochs', replace: 'options.epochs' }],
  },
  {
    name: 'zeroes the encoder once it is loaded',
    caughtBy: 'a few texts suffice, with the pretrained encoder',
    edits: [
      {
        find: '  let done = { step: 0, epoch: 0 };',
        replace:
          '  if (model.encoder.blocks.length > 1) model.encoder.E.data.fill(0);\n  let done = { step: 0, epoch: 0 };',
      },
    ],
  },
  {
    name: 'takes the weights away from where they were',
    caughtBy: 'does not change the weights it loads',
    edits: [
      {
        find: 'parameter.data.set(saved.data);',
        replace: '{\n    parameter.data.set(saved.data);\n    saved.data.fill(0);\n  }',
      },
    ],
  },
]);
