/**
 * Automatic differentiation in reverse. An operation on a tensor that needs a gradient leaves a record on its result:
 * its inputs' records, and for each input a function from the upstream gradient to the input's own. The records, in the
 * order of their making, are the *tape*; `backward` reads it from the end. (Wengert, "A simple automatic derivative
 * evaluation program", CACM 7(8), 1964; Linnainmaa 1970 for the reverse order.)
 *
 * Records hang on tensors and not in one list, so that the collector takes what no tensor reaches any more, and a
 * program that asks for no gradient pays for one look at a field. Every operation ends in `remember`, which also tells
 * whoever traces values (`traceNonFinite`). While gradients are computed nothing is recorded: there are no second
 * derivatives.
 */
import { backendFor } from './backends/use';
import { inWords, sameShape, ShapeError, type Shape } from './shape';
import { keep } from './memory';
import {
  attachRecord,
  checkedTensor,
  emptyValues,
  FreedError,
  layoutOf,
  ofValues,
  peekAt,
  recordOf,
  Tensor,
  type DType,
} from './tensor';

/** From the upstream gradient `dy`, of the result's shape, to the gradient of one input, of that input's shape. */
export type Gradient = (dy: Tensor) => Tensor;

/**
 * What an operation tells the tape: for each input its gradient, in the same order, or `'none'` where the result does
 * not depend on it smoothly (a mask, an index). A gradient too few does not compile.
 */
export interface Differentiated<Inputs extends readonly Tensor[]> {
  readonly inputs: Inputs;
  readonly gradients: { readonly [I in keyof Inputs]: GradientOf<Inputs[I]> };
}

type GradientOf<Input> = Input extends Tensor ? Gradient | 'none' : never;

/**
 * One rule for every operation of a family, or `'none'` where the derivative is 0. One rule too few does not compile.
 */
export type Rules<Op extends string, Rule> = Readonly<Record<Op, Rule | 'none'>>;

interface Entry {
  readonly time: number;
  readonly op: string;
  readonly shape: Shape;
  readonly dtype: DType;
  /** None for a leaf, which has no operation before it. */
  readonly inputs: readonly (Entry | undefined)[];
  readonly gradients: readonly (Gradient | 'none')[];
  /** Of a leaf, what has arrived since `zeroGrad`; of any other, only while `backward` is under way. */
  gradient: Tensor | undefined;
}

/** Sees the result of every operation while it is installed. */
export type Observer = (op: string, y: Tensor, inputs: readonly Tensor[]) => void;

let recording = true;
let observer: Observer | undefined;
/** Of which operation the gradient is being computed, for whoever observes. */
let inGradientOf: string | undefined;
let time = 0;

const entryOf = recordOf as (x: Tensor) => Entry | undefined;

/** Whether an operation on these has to be remembered. Asked first, so that nothing is prepared in vain. */
export function isFollowed(a: Tensor, b?: Tensor, c?: Tensor): boolean {
  if (observer !== undefined) return true;
  if (!recording) return false;
  return (
    recordOf(a) !== undefined ||
    (b !== undefined && recordOf(b) !== undefined) ||
    (c !== undefined && recordOf(c) !== undefined)
  );
}

/** Writes an operation on the tape where one of its inputs is on it. Returns `y`. */
export function remember<const Inputs extends readonly Tensor[]>(
  op: string,
  y: Tensor,
  { inputs, gradients }: Differentiated<Inputs>,
): Tensor {
  observer?.(inGradientOf === undefined ? op : `${op}, in the gradient of ${inGradientOf}`, y, inputs);
  if (!recording || !passesOn(inputs, gradients)) return y;
  const known = inputs.map((x, i) => (gradients[i] === 'none' ? undefined : entryOf(x)));
  attachRecord(y, { time: time++, op, shape: y.shape, dtype: y.dtype, inputs: known, gradients, gradient: undefined });
  return y;
}

function passesOn(inputs: readonly Tensor[], gradients: readonly unknown[]): boolean {
  for (let i = 0; i < inputs.length; i++) {
    const x = inputs[i];
    if (x !== undefined && recordOf(x) !== undefined && gradients[i] !== 'none') return true;
  }
  return false;
}

/** What several gradients of one operation need of `dy`, computed for the first of them and kept for the others. */
export function onceFor<Result>(compute: (dy: Tensor) => Result): (dy: Tensor) => Result {
  let last: { readonly dy: Tensor; readonly result: Result } | undefined;
  return (dy) => {
    if (last?.dy !== dy) last = { dy, result: compute(dy) };
    return last.result;
  };
}

/**
 * A copy of `x` whose gradient is asked for: what `backward` computes for it, `grad` returns. Optimisers change it in
 * place; whoever else does must not do so between the forward pass and `backward`, which reads it again. It outlives
 * every scope.
 */
export function parameter(x: Tensor): Tensor {
  checkedTensor('parameter', x);
  const copy = keep(ofValues(peekAt(x).slice(), x.shape));
  attachRecord(copy, leaf(copy));
  return copy;
}

function leaf({ shape, dtype }: Tensor): Entry {
  return { time: time++, op: 'parameter', shape, dtype, inputs: [], gradients: [], gradient: undefined };
}

/** Whether `x` is a parameter or was computed from one, so that `backward` passes through it. */
export function requiresGrad(x: Tensor): boolean {
  return recordOf(checkedTensor('requiresGrad', x)) !== undefined;
}

/** Whether `x` is a parameter itself. */
export function isParameter(x: unknown): x is Tensor {
  return x instanceof Tensor && entryOf(x)?.inputs.length === 0;
}

/** The same entries without their past: no gradient passes through the result to `x`. */
export function detach(x: Tensor): Tensor {
  return new Tensor(checkedTensor('detach', x).shape, layoutOf(x));
}

/** Runs `body` without recording, for evaluation; what it returns is returned. */
export function noGrad<Result>(body: () => Result): Result {
  const before = recording;
  recording = false;
  try {
    return body();
  } finally {
    recording = before;
  }
}

/**
 * Computes `∂loss/∂p` for every parameter `p` that `loss` depends on and adds it to `grad(p)`. `loss` is a single
 * number; for any other tensor give the upstream gradient, of its shape. Throws where `loss` depends on no parameter.
 */
export function backward(loss: Tensor, upstream?: Tensor): void {
  const last = entryOf(checkedTensor('backward', loss));
  if (!last) {
    throw new Error(
      'backward: this tensor does not depend on any parameter, or was computed in noGrad; make its inputs with parameter(…)',
    );
  }
  if (upstream === undefined && loss.size !== 1) {
    throw new ShapeError(
      `backward: the shape is ${inWords(loss.shape)}, but a loss is a single number; take its mean or sum, or give the upstream gradient`,
    );
  }
  if (upstream !== undefined && !sameShape(upstream.shape, loss.shape)) {
    throw new ShapeError(
      `backward: the upstream gradient ${inWords(upstream.shape)} must have the shape of the tensor, ${inWords(loss.shape)}`,
    );
  }
  noGrad(() => {
    receive(last, upstream ?? ofValues(emptyValues(loss.dtype, 1).fill(1), loss.shape));
    try {
      for (const entry of fromEnd(last)) passOn(entry);
    } finally {
      inGradientOf = undefined;
    }
  });
}

/** All entries that `last` depends on, the latest first: each comes after everything that depends on it. */
function fromEnd(last: Entry): Entry[] {
  const seen = new Set([last]);
  // A Set is walked in the order of insertion, entries inserted on the way included.
  for (const entry of seen) for (const input of entry.inputs) if (input) seen.add(input);
  return [...seen].sort((a, b) => b.time - a.time);
}

function passOn(entry: Entry): void {
  const dy = entry.gradient;
  if (entry.inputs.length === 0 || dy === undefined) return;
  entry.gradient = undefined;
  entry.inputs.forEach((input, i) => {
    const gradient = entry.gradients[i];
    if (input === undefined || gradient === undefined || gradient === 'none') return;
    inGradientOf = entry.op;
    const dx = gradient(dy);
    inGradientOf = undefined;
    if (!sameShape(dx.shape, input.shape)) {
      throw new ShapeError(
        `${entry.op}: the gradient of its input ${i} came out as ${inWords(dx.shape)}, but the input is ${inWords(input.shape)}`,
      );
    }
    observer?.(`gradient of ${entry.op}`, dx, [dy]);
    receive(input, dx);
  });
}

/** The first contribution is taken as it is, every further one added: gradients add where paths meet. */
function receive(entry: Entry, dx: Tensor): void {
  const fitting = dx.dtype === entry.dtype ? dx : ofValues(emptyValues(entry.dtype, dx.size), dx.shape);
  if (fitting !== dx) fitting.data.set(peekAt(dx));
  const before = entry.gradient;
  if (before === undefined) {
    entry.gradient = fitting;
    return;
  }
  try {
    entry.gradient = backendFor('add', before, fitting).binary('add', before, fitting);
  } catch (error) {
    if (!(error instanceof FreedError)) throw error;
    throw new FreedError(
      'backward: the gradient gathered so far was freed with the scope it was computed in; call zeroGrad first, ' +
        'or gather gradients within one scope',
    );
  }
}

/**
 * What `backward` has added up for the parameter `x` since the last `zeroGrad`; zeros where nothing arrived. Throws
 * where `x` is no parameter: other gradients are not kept.
 */
export function grad(x: Tensor): Tensor {
  const entry = entryOf(checkedTensor('grad', x));
  if (entry?.inputs.length !== 0) {
    throw new Error(`grad: this tensor of shape ${inWords(x.shape)} is no parameter; make it with parameter(…)`);
  }
  return entry.gradient ?? ofValues(emptyValues(x.dtype, x.size), x.shape);
}

/** As `grad`, but nothing where nothing arrived; for optimisers, which then leave the parameter alone. */
export function arrivedGradient(x: Tensor): Tensor | undefined {
  return entryOf(x)?.gradient;
}

/** Forgets the gradients gathered so far. Without it they add up over several calls of `backward`. */
export function zeroGrad(parameters: Iterable<Tensor>): void {
  for (const x of parameters) {
    const entry = entryOf(checkedTensor('zeroGrad', x, 'each parameter'));
    if (entry) entry.gradient = undefined;
  }
}

/** Shows `observe` every result of `body`, gradients included. */
export function observed<Result>(observe: Observer, body: () => Result): Result {
  const before = observer;
  observer = observe;
  try {
    return body();
  } finally {
    observer = before;
  }
}
