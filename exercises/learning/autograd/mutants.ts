import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'assigns gradients instead of adding them',
    caughtBy: "finds the lesson's gradients",
    edits: [{ find: 'input.gradient = add(input.gradient, share)', replace: 'input.gradient = share' }],
  },
  {
    name: 'walks every path on its own',
    caughtBy: 'forty doublings have a million million paths, and take no time',
    edits: [
      {
        find: '    for (const variable of order.reverse()) {\n      variable.rule(variable.gradient).forEach((share, i) => {\n        const input = variable.inputs[i];\n        // Added, not assigned: this may be one of several paths on which `input` reaches the loss.\n        if (input !== undefined) input.gradient = add(input.gradient, share);\n      });\n    }',
        replace:
          '    const walk = (variable: Variable, gradient: Tensor): void =>\n      variable.rule(gradient).forEach((share, i) => {\n        const input = variable.inputs[i]!;\n        input.gradient = add(input.gradient, share);\n        walk(input, share);\n      });\n    walk(this, this.gradient);',
      },
    ],
  },
  {
    name: 'goes back breadth first',
    caughtBy: 'a gradient is complete before it is passed on',
    edits: [
      {
        find: 'order.reverse()',
        replace:
          '(() => { const queue: Variable[] = [this]; for (const v of queue) for (const i of v.inputs) if (!queue.includes(i)) queue.push(i); return queue; })()',
      },
    ],
  },
  {
    name: 'goes from the beginning to the end',
    caughtBy: "finds the lesson's gradients",
    edits: [{ find: 'order.reverse()', replace: 'order' }],
  },
  {
    name: 'lets gradients of earlier runs pile up',
    caughtBy: 'a second backward starts afresh',
    edits: [
      {
        find: 'for (const variable of order) variable.gradient = zeros(variable.value.shape, { dtype: variable.value.dtype });',
        replace: '',
      },
    ],
  },
  {
    name: 'has no gradient where none arrived',
    caughtBy: 'what the loss does not depend on keeps a gradient of zeros',
    edits: [
      {
        find: '    this.gradient = zeros(value.shape, { dtype: value.dtype });',
        replace: '    this.gradient = undefined as unknown as Tensor;',
      },
    ],
  },
  {
    name: 'starts from any tensor',
    caughtBy: 'only a single number can be a loss',
    edits: [{ find: 'if (size !== 1)', replace: 'if (size < 0)' }],
  },
  {
    name: 'multiplies each gradient by its own factor',
    caughtBy: 'add and multiply agree with central differences',
    edits: [
      {
        find: '[sumTo(multiply(dy, b.value), a.shape), sumTo(multiply(dy, a), b.value.shape)]',
        replace: '[sumTo(multiply(dy, a), a.shape), sumTo(multiply(dy, b.value), b.value.shape)]',
      },
    ],
  },
  {
    name: 'passes the sigmoid’s gradient on as if it were x',
    caughtBy: 'relu, sigmoid, exp and log agree with central differences',
    edits: [{ find: 'multiply(y, subtract(1, y))', replace: 'multiply(this.value, subtract(1, this.value))' }],
  },
  {
    name: 'lets only positive gradients through a ReLU',
    caughtBy: 'relu, sigmoid, exp and log agree with central differences',
    edits: [{ find: 'greater(x, 0)', replace: 'greater(dy, 0)' }],
  },
  {
    name: 'puts the factors of a product the wrong way round',
    caughtBy: 'matmul and transpose agree with central differences',
    edits: [{ find: 'matmul(transpose(a), dy)', replace: 'transpose(matmul(transpose(a), dy))' }],
  },
  {
    name: 'forgets to turn the gradient of a transpose back',
    caughtBy: 'finds the gradients of the affine layer that you derived by hand',
    edits: [{ find: 'rule: (dy) => [transpose(dy)]', replace: 'rule: (dy) => [dy]' }],
  },
  {
    name: 'divides the gradient of a sum by the number of entries',
    caughtBy: 'sums agree with central differences, along each axis and over all',
    edits: [
      {
        find: '[broadcastTo(axis === undefined ? dy : expandDims(dy, axis), x.shape)]',
        replace: '[divide(broadcastTo(axis === undefined ? dy : expandDims(dy, axis), x.shape), x.size)]',
      },
    ],
  },
  {
    name: 'stretches the gradient of a sum without its axis',
    caughtBy: 'sums agree with central differences, along each axis and over all',
    edits: [{ find: 'axis === undefined ? dy : expandDims(dy, axis)', replace: 'dy' }],
  },
  {
    name: 'takes the logarithm of a sum of exponentials for a sum',
    caughtBy: 'finds shares less truth on its own',
    edits: [{ find: 'rule: (dy) => [divide(dy, x)]', replace: 'rule: (dy) => [dy]' }],
  },
  {
    name: 'leaves the gradient of a bias as large as the batch',
    caughtBy: 'what was broadcast gets a gradient of its own shape',
    edits: [{ find: 'rule: (dy) => [sumTo(dy, shape), sumTo(dy, b.value.shape)]', replace: 'rule: (dy) => [dy, dy]' }],
  },
  {
    name: 'sums away leading axes only',
    caughtBy: 'sumTo adds up what was repeated',
    edits: [{ find: 'if (length === 1 && summed.shape[axis] !== 1)', replace: 'if (length === 0)' }],
  },
  {
    name: 'does not keep an axis of length 1',
    caughtBy: 'sumTo adds up what was repeated',
    edits: [{ find: 'sum(summed, { axis, keepdim: true })', replace: 'sum(summed, { axis })' }],
  },
  {
    name: 'forgets what a product was made of',
    caughtBy: 'every variable knows how it was made',
    edits: [{ find: "op: 'multiply',", replace: "op: 'add'," }],
  },
  {
    name: 'collects gradients in float32',
    caughtBy: 'float64 stays float64',
    edits: [
      { find: '  expandDims,\n', replace: '  expandDims,\n  fromData,\n' },
      {
        find: 'add(input.gradient, share)',
        replace: 'fromData(Float32Array.from(add(input.gradient, share).data), share.shape)',
      },
    ],
  },
  {
    name: 'clips the value that it was given',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '    return new Variable(relu(x), {',
        replace: '    x.data.set(relu(x).data);\n    return new Variable(relu(x), {',
      },
    ],
  },
]);
