/**
 * When memory is given back. Tensors outside any scope are left to the collector; inside `scope` they live in
 * WebAssembly memory, which is free again the moment the scope ends, so that ten thousand steps take no more memory
 * than one.
 */
import { dispose as disposeOf, keep as keepOf, scope as scopeOf } from './backends/wasm/engine';
import type { Tensor } from './tensor';

/**
 * Runs `body` and frees what it made, except the tensors in what it returns (also inside arrays and objects), which go
 * to the scope around it. Any other tensor of the scope throws a `FreedError` when it is used afterwards.
 *
 * ```ts
 * const loss = scope(() => {
 *   optimiser.zeroGrad();
 *   const loss = lossOf(model.forward(x), y);
 *   backward(loss);
 *   optimiser.step();
 *   return loss.at();
 * });
 * ```
 */
export function scope<Result>(body: () => Result): Result {
  return scopeOf(body);
}

/**
 * Takes `x` out of all scopes: it lives until `dispose`, or until nothing refers to it. Parameters are kept already.
 * Returns `x`.
 */
export function keep(x: Tensor): Tensor {
  return keepOf(x);
}

/** Frees the memory of `x` now. It and its views must not be used again, and throw a `FreedError` where they are. */
export function dispose(x: Tensor): void {
  disposeOf(x);
}
