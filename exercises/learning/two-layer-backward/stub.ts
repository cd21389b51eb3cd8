/**
 * The two-layer network, backwards.
 *
 * The stages are yours already: `import { affineBackward } from 'learning/affine-backward'` and
 * `import { reluBackward, sigmoidBackward } from 'learning/nonlinearities-backward'`.
 */
import type { Tensor } from 'tensor';
import type { ForwardCache, NetworkParameters } from 'learning/two-layer-forward';

/**
 * The gradient of the loss with respect to every parameter of the network, under the parameter's own name.
 *
 * dy `(N, out)`, the upstream gradient ∂L/∂y; the cache that `forward` returned; the parameters that it was given
 * → `{ W1, b1, W2, b2 }`, each gradient of the shape of its parameter
 */
export function backward(dy: Tensor, { x, z, h, y }: ForwardCache, { W1, W2 }: NetworkParameters): NetworkParameters {
  // TODO: the four stages of `forward` in reverse order.
  throw new Error('TODO: write backward');
}
