/** The two-layer network, backwards. */
import type { Tensor } from 'tensor';
import { affineBackward } from 'learning/affine-backward';
import { reluBackward, sigmoidBackward } from 'learning/nonlinearities-backward';
import type { ForwardCache, NetworkParameters } from 'learning/two-layer-forward';

/**
 * The gradient of the loss with respect to every parameter of the network, under the parameter's own name.
 *
 * dy `(N, out)`, the upstream gradient ∂L/∂y; the cache that `forward` returned; the parameters that it was given
 * → `{ W1, b1, W2, b2 }`, each gradient of the shape of its parameter
 */
export function backward(dy: Tensor, { x, z, h, y }: ForwardCache, { W1, W2 }: NetworkParameters): NetworkParameters {
  // The stages of `forward` in reverse: each takes what the one behind it hands down, and what it saw itself.
  const output = sigmoidBackward(dy, { y });
  const second = affineBackward(output.dx, { x: h, W: W2 });
  const hidden = reluBackward(second.dx, { x: z });
  const first = affineBackward(hidden.dx, { x, W: W1 });
  // What first.dx holds, how the pictures would have to change, nobody asked for: pictures are not learned.
  return { W1: first.dW, b1: first.db, W2: second.dW, b2: second.db };
}
