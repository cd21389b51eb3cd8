/** Layer normalisation with its scale and shift. */
import { ones, zeros } from '../create';
import { layerNorm } from '../normalise';
import { parameter } from '../tape';
import type { DType, Tensor } from '../tensor';

/** `y = γ ⊙ (x − μ)/√(σ² + ε) + β` along the last axis of `x` `(…, channels)`; γ starts at 1, β at 0, ε is 1e-5. */
export class LayerNorm {
  readonly gamma: Tensor;
  readonly beta: Tensor;
  readonly epsilon: number;

  constructor(channels: number, options: { readonly epsilon?: number; readonly dtype?: DType | undefined } = {}) {
    const { epsilon = 1e-5, dtype = 'float32' } = options;
    this.gamma = parameter(ones([channels], { dtype }));
    this.beta = parameter(zeros([channels], { dtype }));
    this.epsilon = epsilon;
  }

  forward(x: Tensor): Tensor {
    return layerNorm(x, { gamma: this.gamma, beta: this.beta, epsilon: this.epsilon });
  }
}
