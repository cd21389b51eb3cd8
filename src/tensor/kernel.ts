/** What a GPU.js kernel sees as its `this`. A kernel is a plain function that computes one cell of the result. */

/**
 * `this` inside a kernel. Each thread computes one cell: `x` is its column, `y` its row, `z` its layer; axes that the
 * output does not have are 0 in `thread` and 1 in `output`.
 *
 * ```ts
 * function double(this: KernelContext, A: number[][]): number {
 *   return 2 * A[this.thread.y]![this.thread.x]!;
 * }
 * ```
 */
export interface KernelContext {
  /** Which cell this thread computes. */
  readonly thread: { readonly x: number; readonly y: number; readonly z: number };
  /** How many threads there are along each axis. */
  readonly output: { readonly x: number; readonly y: number; readonly z: number };
  readonly constants: Readonly<Record<string, number>>;
}
