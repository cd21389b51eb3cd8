import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'does not turn the weights for dV',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [{ find: 'matmul(transpose(w), dO)', replace: 'matmul(w, dO)' }],
  },
  {
    name: 'does not turn the values for dw',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [{ find: 'matmul(dO, transpose(V))', replace: 'matmul(dO, V)' }],
  },
  {
    name: 'returns dV without the weights of attention',
    caughtBy: 'the values receive as much as the answers sent',
    edits: [
      { find: 'import { divide, matmul,', replace: 'import { add, divide, matmul, multiply,' },
      { find: 'matmul(transpose(w), dO)', replace: 'matmul(transpose(add(multiply(w, 0), 1)), dO)' },
    ],
  },
  {
    name: 'averages dV over the keys',
    caughtBy: 'dV agrees with central differences',
    edits: [{ find: 'matmul(transpose(w), dO)', replace: 'divide(matmul(transpose(w), dO), K.shape.at(-2)!)' }],
  },
  {
    name: 'forgets the softmax on the way back',
    caughtBy: 'if all keys tell the same, no score is worth moving',
    edits: [
      {
        find: 'const { dx: dS } = softmaxBackward(dw, { s: w });',
        replace: 'const { dx: dS } = { dx: dw, use: softmaxBackward };',
      },
    ],
  },
  {
    name: 'takes the softmax for an entry-by-entry function',
    caughtBy: "finds the lesson's gradients",
    edits: [
      { find: 'import { divide, matmul,', replace: 'import { divide, matmul, multiply, subtract,' },
      {
        find: 'const { dx: dS } = softmaxBackward(dw, { s: w });',
        replace: 'const { dx: dS } = { dx: multiply(dw, multiply(w, subtract(1, w))), use: softmaxBackward };',
      },
    ],
  },
  {
    name: 'forgets the root on the way back',
    caughtBy: 'dQ agrees with central differences',
    edits: [{ find: 'divide(dS, root)', replace: 'divide(dS, 1)' }],
  },
  {
    name: 'divides the queries by the root and forgets the keys',
    caughtBy: 'dK agrees with central differences',
    edits: [{ find: 'matmul(transpose(dProducts), Q)', replace: 'matmul(transpose(dS), Q)' }],
  },
  {
    name: 'computes the weights again without the root',
    caughtBy: 'dQ agrees with central differences',
    edits: [
      { find: 'softmax(divide(matmul(Q, transpose(K)), root), -1)', replace: 'softmax(matmul(Q, transpose(K)), -1)' },
    ],
  },
  {
    name: 'does not turn dS for the keys',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [{ find: 'matmul(transpose(dProducts), Q)', replace: 'matmul(dProducts, Q)' }],
  },
  {
    name: 'gives every query the sum of all their gradients',
    caughtBy: 'a query moves its own answer only',
    edits: [
      { find: 'import { divide, matmul,', replace: 'import { add, divide, matmul, multiply, sum,' },
      {
        find: 'dQ: matmul(dProducts, K)',
        replace: 'dQ: add(multiply(Q, 0), sum(matmul(dProducts, K), { axis: -2, keepdim: true }))',
      },
    ],
  },
  {
    name: 'turns all axes, the batch included',
    caughtBy: 'leading axes are carried along',
    edits: [
      { find: 'import { divide, matmul,', replace: 'import { divide, matmul, permute,' },
      {
        find: 'matmul(transpose(w), dO)',
        replace: 'matmul(permute(w, w.shape.map((_, axis) => w.rank - 1 - axis)), dO)',
      },
    ],
  },
  {
    name: 'divides the gradients of the values by the root too',
    caughtBy: 'in self-attention, a token receives a gradient for each of its roles',
    edits: [{ find: 'dV };', replace: 'dV: divide(dV, root) };' }],
  },
  {
    name: 'divides by the number of queries',
    caughtBy: 'no queries, nothing to learn',
    edits: [{ find: 'dV };', replace: 'dV: divide(dV, Q.shape.at(-2)!) };' }],
  },
  {
    name: 'scales the keys in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  // Computed once more',
        replace: '  K.data.forEach((value, place) => (K.data[place] = value / root));\n  // Computed once more',
      },
      { find: 'divide(matmul(Q, transpose(K)), root)', replace: 'matmul(Q, transpose(K))' },
      { find: 'divide(dS, root)', replace: 'divide(dS, 1)' },
    ],
  },
]);
