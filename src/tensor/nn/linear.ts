/** The affine layer. */
import { zeros } from '../create';
import { linear } from '../linear';
import type { Random } from '../random';
import { parameter } from '../tape';
import type { DType, Tensor } from '../tensor';

/** What every layer takes that starts with random parameters. */
export interface LayerOptions {
  readonly random: Random;
  readonly dtype?: DType | undefined;
}

/** `y = x Wᵀ + b`: `x` `(…, inputs)`, `weight` `(outputs, inputs)`, `bias` `(outputs,)`, `y` `(…, outputs)`. */
export class Linear {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;

  /**
   * Weights uniform in `±√(3/inputs)`, of variance `1/inputs`, so that outputs spread as inputs do (LeCun et al.,
   * "Efficient BackProp", 1998); the bias starts at 0, and `bias: false` leaves it out.
   */
  constructor(inputs: number, outputs: number, options: LayerOptions & { readonly bias?: boolean }) {
    const { random, dtype = 'float32', bias = true } = options;
    const reach = Math.sqrt(3 / inputs);
    this.weight = parameter(random.uniform([outputs, inputs], { low: -reach, high: reach, dtype }));
    this.bias = bias ? parameter(zeros([outputs], { dtype })) : undefined;
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }
}
