/**
 * Steps against the gradient. An optimiser changes its parameters in place; what it remembers of them it keeps for
 * itself.
 */
import { backendFor } from './backends/use';
import { keep } from './memory';
import { arrivedGradient, isParameter, zeroGrad } from './tape';
import { emptyValues, ofValues, type Tensor } from './tensor';

/** What a training loop needs of an optimiser: `zeroGrad`, then forward and `backward`, then `step`. */
export interface Optimiser {
  /** Changes every parameter to which a gradient has arrived. */
  step(): void;
  /** Forgets the gradients, which otherwise add up. */
  zeroGrad(): void;
}

/**
 * Gradient descent, `p ← p − rate · g`; with momentum `v ← momentum · v + g`, `p ← p − rate · v`. (Polyak 1964; the
 * form of Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013, as PyTorch has
 * it.)
 */
export class SGD implements Optimiser {
  /** The learning rate; may be changed between steps. */
  learningRate: number;
  readonly momentum: number;
  readonly #parameters: readonly Tensor[];
  readonly #velocities = new Map<Tensor, Tensor>();

  constructor(parameters: Iterable<Tensor>, options: { readonly learningRate: number; readonly momentum?: number }) {
    const { learningRate, momentum = 0 } = options;
    this.#parameters = checkedParameters('SGD', parameters);
    this.learningRate = learningRate;
    this.momentum = momentum;
  }

  step(): void {
    for (const [parameter, gradient] of arrived(this.#parameters)) {
      const step = { parameter, gradient, rate: this.learningRate };
      if (this.momentum === 0) {
        backendFor('sgdStep', parameter, gradient).sgdStep(step);
      } else {
        const velocity = stateOf(this.#velocities, parameter);
        const { momentum } = this;
        backendFor('momentumStep', parameter, gradient, velocity).momentumStep({ ...step, velocity, momentum });
      }
    }
  }

  zeroGrad(): void {
    zeroGrad(this.#parameters);
  }
}

/**
 * Adam: a running mean of the gradient over the root of a running mean of its square, both corrected for starting at 0.
 * (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1.)
 */
export class Adam implements Optimiser {
  /** The learning rate; may be changed between steps. */
  learningRate: number;
  readonly #parameters: readonly Tensor[];
  readonly #betas: readonly [number, number];
  readonly #epsilon: number;
  readonly #first = new Map<Tensor, Tensor>();
  readonly #second = new Map<Tensor, Tensor>();
  readonly #times = new Map<Tensor, number>();

  constructor(
    parameters: Iterable<Tensor>,
    options: {
      readonly learningRate?: number;
      readonly betas?: readonly [number, number];
      readonly epsilon?: number;
    } = {},
  ) {
    const { learningRate = 1e-3, betas = [0.9, 0.999], epsilon = 1e-8 } = options;
    this.#parameters = checkedParameters('Adam', parameters);
    this.learningRate = learningRate;
    this.#betas = betas;
    this.#epsilon = epsilon;
  }

  step(): void {
    const [beta1, beta2] = this.#betas;
    for (const [parameter, gradient] of arrived(this.#parameters)) {
      const first = stateOf(this.#first, parameter);
      const second = stateOf(this.#second, parameter);
      const time = (this.#times.get(parameter) ?? 0) + 1;
      this.#times.set(parameter, time);
      const step = { parameter, gradient, rate: this.learningRate, epsilon: this.#epsilon };
      const backend = backendFor('adamStep', parameter, gradient, first, second);
      backend.adamStep({ ...step, first, second, beta1, beta2, time });
    }
  }

  zeroGrad(): void {
    zeroGrad(this.#parameters);
  }
}

function checkedParameters(name: string, parameters: Iterable<Tensor>): Tensor[] {
  const all = [...parameters];
  const stranger = all.findIndex((x) => !isParameter(x));
  if (stranger >= 0)
    throw new TypeError(`${name}: number ${stranger} of its parameters is none; make it with parameter(…)`);
  if (all.length === 0) throw new TypeError(`${name}: there are no parameters; are they in fields of the model?`);
  return all;
}

function* arrived(parameters: readonly Tensor[]): Generator<[Tensor, Tensor]> {
  for (const parameter of parameters) {
    const gradient = arrivedGradient(parameter);
    if (gradient) yield [parameter, gradient];
  }
}

/** What an optimiser remembers of a parameter: zeros of its shape at first. */
function stateOf(states: Map<Tensor, Tensor>, parameter: Tensor): Tensor {
  const known = states.get(parameter);
  if (known) return known;
  const fresh = keep(ofValues(emptyValues(parameter.dtype, parameter.size), parameter.shape));
  states.set(parameter, fresh);
  return fresh;
}
