import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'scales all units by the largest weight of all',
    caughtBy: 'each hidden unit becomes a picture of its own scale',
    edits: [{ find: 'max(abs(W1), { axis: 1, keepdim: true })', replace: 'max(abs(W1))' }],
  },
  {
    name: 'divides by the largest weight instead of the largest magnitude',
    caughtBy: 'a unit without weights stays dark',
    edits: [{ find: 'max(abs(W1), {', replace: 'max(W1, {' }],
  },
  {
    name: 'looks down the columns',
    caughtBy: 'each hidden unit becomes a picture of its own scale',
    edits: [{ find: '{ axis: 1, keepdim: true }', replace: '{ axis: 0, keepdim: true }' }],
  },
  {
    name: 'divides a dark unit by zero',
    caughtBy: 'a unit without weights stays dark',
    edits: [{ find: 'where(equal(largest, 0), 1, largest)', replace: 'largest' }],
  },
  {
    name: 'cuts off what does not fit into a square',
    caughtBy: 'pixels that make no square are an error that mentions them',
    edits: [
      {
        find: 'const side = Math.sqrt(pixels);',
        replace:
          'const side = Math.floor(Math.sqrt(pixels));\n  W1 = reshape(fromData(W1.data.slice(0, units * side * side), [units * side * side]), [units, side * side]);',
      },
      { find: 'import { abs,', replace: 'import { fromData, abs,' },
    ],
  },
  {
    name: 'explains with the numbers before the ReLU',
    caughtBy: "finds the lesson's votes and evidence",
    edits: [{ find: 'reshape(cache.h, [model.b1.size])', replace: 'reshape(cache.z, [model.b1.size])' }],
  },
  {
    name: 'lets silent units take part in the evidence',
    caughtBy: 'a silent unit passes on nothing',
    edits: [{ find: 'multiply(model.W2, open)', replace: 'multiply(model.W2, 1)' }],
  },
  {
    name: 'weighs each unit by how strongly it fired',
    caughtBy: 'the evidence of a pixel is its ink times the slope of your network',
    edits: [{ find: 'multiply(model.W2, open)', replace: 'multiply(model.W2, hidden)' }],
  },
  {
    name: 'shows the template instead of the evidence',
    caughtBy: 'where there is no ink there is no evidence',
    edits: [{ find: 'multiply(matmul(through, model.W1), x)', replace: 'matmul(through, model.W1)' }],
  },
  {
    name: 'forgets the bias of the first layer',
    caughtBy: 'evidence and bias add up to what the sigmoid gets',
    edits: [
      {
        find: 'add(reshape(matmul(through, expandDims(model.b1, 1)), [model.b2.size]), model.b2)',
        replace: 'multiply(model.b2, 1)',
      },
    ],
  },
  {
    name: 'counts the last bias among the votes',
    caughtBy: 'votes and the last bias add up to what the sigmoid gets',
    edits: [
      {
        find: 'votes: multiply(model.W2, hidden)',
        replace: 'votes: add(multiply(model.W2, hidden), expandDims(model.b2, 1))',
      },
    ],
  },
  {
    name: 'answers with the unit that fired most',
    caughtBy: 'outputs and hidden units are those of your network',
    edits: [{ find: 'argmax(outputs)', replace: 'argmax(hidden)' }],
  },
  {
    name: 'leaves the batch axis on the outputs',
    caughtBy: 'outputs and hidden units are those of your network',
    edits: [{ find: 'const outputs = reshape(output, [model.b2.size]);', replace: 'const outputs = output;' }],
  },
  {
    name: 'scales the weights where they lie',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  return reshape(divide(W1,',
        replace: '  W1.data.set(divide(W1, where(equal(largest, 0), 1, largest)).data);\n  return reshape(divide(W1,',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'return reshape(divide(W1, where(equal(largest, 0), 1, largest)), [units, side, side]);',
    from: 'where(equal(largest, 0), 1, largest)',
    to: 'where(equal(largest, 0), 2, largest)',
    because: 'Where the largest weight is 0 all of them are, and 0 divided by 2 is 0 too.',
  },
]);
