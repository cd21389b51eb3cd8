/**
 * A tape of one's own: values that remember how they were made, and a walk back along them that finds every gradient.
 *
 * Each method computes a value with the operation of `'tensor'` that has its name, and gives the rule for the way back.
 * `subtract` is done, as an example. Inside a method, `subtract(…)` is the imported function and `this.subtract(…)` the
 * method.
 */
import { negative, subtract, zeros } from 'tensor';
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
    // TODO: as in subtract, with one sign changed.
    throw new Error('TODO: write add');
  }

  /** `a · b`, entry by entry, broadcasting. */
  multiply(b: Variable): Variable {
    // TODO: what is the slope of a · b with respect to a?
    throw new Error('TODO: write multiply');
  }

  /** `A B`: `(n, k)` and `(k, m)` to `(n, m)`. */
  matmul(b: Variable): Variable {
    // TODO: two matrix products; which of the factors is turned in which?
    throw new Error('TODO: write matmul');
  }

  /** `(n, m)` to `(m, n)`. */
  transpose(): Variable {
    // TODO: the way back of a swap.
    throw new Error('TODO: write transpose');
  }

  /** `max(x, 0)`; the slope at 0 itself is 0. */
  relu(): Variable {
    // TODO: where does the upstream gradient get through?
    throw new Error('TODO: write relu');
  }

  /** `1 / (1 + e⁻ˣ)`. */
  sigmoid(): Variable {
    // TODO: σ′ = σ (1 − σ).
    throw new Error('TODO: write sigmoid');
  }

  /** `eˣ`, which is its own slope. */
  exp(): Variable {
    // TODO: the function that is its own slope.
    throw new Error('TODO: write exp');
  }

  /** `ln x`. */
  log(): Variable {
    // TODO: one over x.
    throw new Error('TODO: write log');
  }

  /** The sum along `axis`, which goes; without an axis the sum of everything, a single number of rank 0. */
  sum(axis?: number): Variable {
    // TODO: every entry went into its sum once.
    throw new Error('TODO: write sum');
  }

  /**
   * Computes ∂this/∂v into `v.gradient` for every variable v that this one depends on, itself included. Whatever was in
   * those gradients before is forgotten. `this` must be a single number.
   */
  backward(): void {
    // TODO: put what this depends on in order, start with 1, and pass on from the end.
    throw new Error('TODO: write backward');
  }
}

/**
 * Sums the gradient of something that was broadcast back to the shape it had before.
 *
 * gradient: of a shape that `shape` broadcasts to → of the shape `shape`
 */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  // TODO: first the axes that were put in front, then those of length 1 that were stretched.
  throw new Error('TODO: write sumTo');
}
