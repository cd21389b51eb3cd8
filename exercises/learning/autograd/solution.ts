/** A tape of one's own: values that remember how they were made, and a walk back along them that finds every gradient. */
import {
  add,
  broadcastTo,
  divide,
  exp,
  expandDims,
  greater,
  log,
  matmul,
  multiply,
  negative,
  ones,
  relu,
  sigmoid,
  subtract,
  sum,
  transpose,
  zeros,
} from 'tensor';
import type { Shape, Tensor } from 'tensor';

/** From the upstream gradient of a result to the gradient of each of its inputs, in their order. */
export type Rule = (dy: Tensor) => readonly Tensor[];

/** How a variable came about. */
export interface Made {
  /** The name of the operation, as its method is called: `'matmul'`. */
  readonly op: string;
  readonly inputs: readonly Variable[];
  readonly rule: Rule;
}

/** A tensor that remembers how it was made. */
export class Variable {
  readonly value: Tensor;
  /** The operation it came from; `'leaf'` for one that was not computed. */
  readonly op: string;
  readonly inputs: readonly Variable[];
  readonly rule: Rule;
  /** ∂loss/∂value, of the shape of `value`: zeros until the `backward` of a loss that depends on it. */
  gradient: Tensor;

  constructor(value: Tensor, made: Made = { op: 'leaf', inputs: [], rule: () => [] }) {
    this.value = value;
    this.op = made.op;
    this.inputs = made.inputs;
    this.rule = made.rule;
    this.gradient = zeros(value.shape, { dtype: value.dtype });
  }

  /** `a − b`, broadcasting. */
  subtract(b: Variable): Variable {
    const { shape } = this.value;
    return new Variable(subtract(this.value, b.value), {
      op: 'subtract',
      inputs: [this, b],
      // Raising a raises the result as much, raising b lowers it; what was broadcast is summed back.
      rule: (dy) => [sumTo(dy, shape), sumTo(negative(dy), b.value.shape)],
    });
  }

  /** `a + b`, broadcasting. */
  add(b: Variable): Variable {
    const { shape } = this.value;
    return new Variable(add(this.value, b.value), {
      op: 'add',
      inputs: [this, b],
      rule: (dy) => [sumTo(dy, shape), sumTo(dy, b.value.shape)],
    });
  }

  /** `a · b`, entry by entry, broadcasting. */
  multiply(b: Variable): Variable {
    const a = this.value;
    return new Variable(multiply(a, b.value), {
      op: 'multiply',
      inputs: [this, b],
      // Each factor is the slope of the other.
      rule: (dy) => [sumTo(multiply(dy, b.value), a.shape), sumTo(multiply(dy, a), b.value.shape)],
    });
  }

  /** `A B`: `(n, k)` and `(k, m)` to `(n, m)`. */
  matmul(b: Variable): Variable {
    const a = this.value;
    return new Variable(matmul(a, b.value), {
      op: 'matmul',
      inputs: [this, b],
      // dA[n, k] = Σₘ dC[n, m] B[k, m] and dB[k, m] = Σₙ A[n, k] dC[n, m].
      rule: (dy) => [matmul(dy, transpose(b.value)), matmul(transpose(a), dy)],
    });
  }

  /** `(n, m)` to `(m, n)`. */
  transpose(): Variable {
    return new Variable(transpose(this.value), {
      op: 'transpose',
      inputs: [this],
      rule: (dy) => [transpose(dy)],
    });
  }

  /** `max(x, 0)`; the slope at 0 itself is 0. */
  relu(): Variable {
    const x = this.value;
    return new Variable(relu(x), { op: 'relu', inputs: [this], rule: (dy) => [multiply(dy, greater(x, 0))] });
  }

  /** `1 / (1 + e⁻ˣ)`. */
  sigmoid(): Variable {
    const y = sigmoid(this.value);
    return new Variable(y, {
      op: 'sigmoid',
      inputs: [this],
      rule: (dy) => [multiply(dy, multiply(y, subtract(1, y)))],
    });
  }

  /** `eˣ`, which is its own slope. */
  exp(): Variable {
    const y = exp(this.value);
    return new Variable(y, { op: 'exp', inputs: [this], rule: (dy) => [multiply(dy, y)] });
  }

  /** `ln x`. */
  log(): Variable {
    const x = this.value;
    return new Variable(log(x), { op: 'log', inputs: [this], rule: (dy) => [divide(dy, x)] });
  }

  /** The sum along `axis`, which goes; without an axis the sum of everything, a single number of rank 0. */
  sum(axis?: number): Variable {
    const x = this.value;
    return new Variable(axis === undefined ? sum(x) : sum(x, { axis }), {
      op: 'sum',
      inputs: [this],
      // Every entry went into its sum with the weight 1, so each gets that sum's gradient.
      rule: (dy) => [broadcastTo(axis === undefined ? dy : expandDims(dy, axis), x.shape)],
    });
  }

  /**
   * Computes ∂this/∂v into `v.gradient` for every variable v that this one depends on, itself included. Whatever was in
   * those gradients before is forgotten. `this` must be a single number.
   */
  backward(): void {
    const { shape, size, dtype } = this.value;
    if (size !== 1)
      throw new Error(`backward: a loss is a single number, but this has the shape (${shape.join(', ')})`);
    const order = inOrder(this);
    for (const variable of order) variable.gradient = zeros(variable.value.shape, { dtype: variable.value.dtype });
    this.gradient = ones(shape, { dtype });
    // From the end: when a variable's turn comes, everything that depends on it has had its own, so its gradient is
    // complete before it is passed on.
    for (const variable of order.reverse()) {
      variable.rule(variable.gradient).forEach((share, i) => {
        const input = variable.inputs[i];
        // Added, not assigned: this may be one of several paths on which `input` reaches the loss.
        if (input !== undefined) input.gradient = add(input.gradient, share);
      });
    }
  }
}

/**
 * Sums the gradient of something that was broadcast back to the shape it had before.
 *
 * gradient: of a shape that `shape` broadcasts to → of the shape `shape`
 */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  let summed = gradient;
  // Axes that broadcasting put in front.
  while (summed.rank > shape.length) summed = sum(summed, { axis: 0 });
  // Axes of length 1 that it stretched.
  shape.forEach((length, axis) => {
    if (length === 1 && summed.shape[axis] !== 1) summed = sum(summed, { axis, keepdim: true });
  });
  return summed;
}

/** All that `last` depends on, each once and after its own inputs; `last` comes last. */
function inOrder(last: Variable): Variable[] {
  const seen = new Set<Variable>();
  const order: Variable[] = [];
  const visit = (variable: Variable): void => {
    if (seen.has(variable)) return;
    seen.add(variable);
    for (const input of variable.inputs) visit(input);
    order.push(variable);
  };
  visit(last);
  return order;
}
