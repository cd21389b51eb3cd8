/** The WebAssembly backend: the port's operations as calls of kernels. What has no kernel is left to loops. */
import { sizeOf } from '../../shape';
import { layoutOf, type Layout, type Tensor } from '../../tensor';
import type { Backend, BinaryOp, Task } from '../backend';
import { loops } from '../loops';
import { binaryFormulas, unaryFormulas } from './elementwiseKernels';
import type { Kernel, Machine } from './machine';
import { Block } from './memory';
import { Call, collapsed, eachStart, withoutGaps, type Operand } from './operands';
import { product } from './product';
import type { Crew } from './threads';

export const wasmName = 'wasm simd';

const ops = new Set<string>([
  ...Object.keys(unaryFormulas),
  ...Object.keys(binaryFormulas),
  'sum',
  'mean',
  'max',
  'min',
  'where',
  'softmax',
  'softmaxBackward',
  'layerNorm',
  'layerNormBackward',
  'sumRows',
  'contiguous',
  'matmul',
  'sgdStep',
  'momentumStep',
  'adamStep',
]);

/** Ops of an instruction or two, which cost little more than reading and writing. */
const light = new Set<string>(['negative', 'abs', 'sqrt', 'relu', 'square', 'reciprocal', 'floor']);
/** Steps are divided along their entries. */
const each = { count: 2, unit: 16 } as const;
/** Tensors below this size are not worth sharing among threads, whatever the op. */
const alone = 8192;

/** Why there is no kernel for `task`, in words. Known without starting the engine. */
export function wasmRefuses({ op, dtype, empty }: Task): string | undefined {
  if (dtype === 'float64') return 'it computes in float32, and this is float64';
  if (!ops.has(op)) return `it has no kernel for ${op}`;
  return empty ? 'there is nothing to compute' : undefined;
}

/** The backend on a machine. */
export function wasmBackend(machine: Machine, crew: () => Crew | undefined): Backend {
  const kernel = (name: string): Kernel => {
    const found = machine.kernels[name];
    if (!found) throw new Error(`There is no kernel ${name}.`);
    return found;
  };
  const during = <T>(body: (call: Call) => T): T => {
    const call = new Call(machine, crew());
    try {
      return body(call);
    } finally {
      call.close();
    }
  };
  const { heap } = machine;
  /** The strides of `x` where it lies in this memory without gaps and a scope is open: then nothing needs arranging. */
  const easy = (x: Tensor): Layout | undefined => {
    if (!heap.inScope) return undefined;
    const layout = layoutOf(x);
    return layout.owner instanceof Block && withoutGaps(x.shape, layout.strides) ? layout : undefined;
  };
  const columnsOf = (x: Tensor): number => x.shape.at(-1) ?? 1;
  const rowsOf = (x: Tensor): number => sizeOf(x.shape.slice(0, -1));

  const together = new Map<string, Kernel>();
  for (const op of Object.keys(binaryFormulas)) together.set(op, kernel(`${op}.vv`));

  return {
    ...loops,
    name: wasmName,
    refuses: wasmRefuses,

    unary(op, x) {
      const layout = easy(x);
      if (layout && x.size < alone) {
        const block = heap.allocate(x.size);
        kernel(op)(layout.offset * 4, block.start * 4, 1, x.size, 0);
        return heap.tensorIn(block, x.shape, layout.strides);
      }
      return during((call) => {
        const operand = call.packed(call.operand(x));
        return call.result(x.shape, (to) => {
          const work = x.size * (light.has(op) ? 0.2 : 1.5);
          call.spread(op, [operand.address, to, 1, x.size, 0], { count: 3, unit: 16, step: [4, 4, 0, 0, 0], work });
        });
      });
    },

    binary(op, a, b) {
      const first = easy(a);
      const second = first && a.size < alone ? easy(b) : undefined;
      if (first && second) {
        const block = heap.allocate(a.size);
        (together.get(op) ?? kernel(`${op}.vv`))(first.offset * 4, second.offset * 4, block.start * 4, 1, a.size, 0, 0);
        return heap.tensorIn(block, a.shape, first.strides);
      }
      return during((call) => {
        const [left, right] = [call.operand(a), call.operand(b)];
        return call.result(a.shape, (to) => {
          binary(call, { op, a: left, b: right, to });
        });
      });
    },

    where: (condition, a, b) =>
      during((call) => {
        const [chosen, ifTrue, ifFalse] = [condition, a, b].map((x) => call.contiguous(x)) as [number, number, number];
        return call.result(a.shape, (to) => {
          kernel('where')(chosen, ifTrue, ifFalse, to, a.size);
        });
      }),

    reduce: (op, x) =>
      op === 'argmax'
        ? loops.reduce(op, x)
        : during((call) => {
            const from = call.contiguous(x);
            return call.result(x.shape.slice(0, -1), (to) => {
              const columns = columnsOf(x);
              call.spread(op, [from, to, rowsOf(x), columns], {
                count: 2,
                step: [4 * columns, 4, 0, 0],
                work: x.size * 0.5,
              });
            });
          }),

    sumRows: (x) =>
      during((call) => {
        const from = call.contiguous(x);
        const columns = columnsOf(x);
        return call.result([columns], (to) => {
          sumRows(call, { from, to, rows: x.size / columns, columns });
        });
      }),

    contiguous: (x) =>
      during((call) => {
        const operand = call.operand(x);
        return call.result(x.shape, (to) => {
          call.gather(operand, to);
        });
      }),

    softmax: (x) =>
      during((call) => {
        const from = call.contiguous(x);
        return call.result(x.shape, (to) => {
          const row = 4 * columnsOf(x);
          call.spread('softmax', [from, to, rowsOf(x), row / 4], {
            count: 2,
            step: [row, row, 0, 0],
            work: x.size * 2,
          });
        });
      }),

    softmaxBackward: (dy, y) =>
      during((call) => {
        const [upstream, weights] = [call.contiguous(dy), call.contiguous(y)];
        return call.result(y.shape, (to) => {
          const row = 4 * columnsOf(y);
          const args = [upstream, weights, to, rowsOf(y), row / 4];
          call.spread('softmaxBackward', args, { count: 3, step: [row, row, row, 0, 0], work: y.size });
        });
      }),

    layerNorm: (x, { gamma, beta, epsilon }) =>
      during((call) => {
        const [from, scale, shift] = [x, gamma, beta].map((t) => call.contiguous(t)) as [number, number, number];
        const outer = x.shape.slice(0, -1);
        const [rows, columns] = [rowsOf(x), columnsOf(x)];
        let [means, rstds] = [0, 0];
        const mean = (then: () => Tensor): { y: Tensor; mean: Tensor; rstd: Tensor } => {
          let y: Tensor | undefined;
          let rstd: Tensor | undefined;
          const ofMeans = call.result(outer, (atMeans) => {
            means = atMeans;
            rstd = call.result(outer, (atRstds) => {
              rstds = atRstds;
              y = then();
            });
          });
          return { y: y!, mean: ofMeans, rstd: rstd! };
        };
        return mean(() =>
          call.result(x.shape, (to) => {
            const row = 4 * columns;
            const args = [from, to, rows, columns, scale, shift, means, rstds, epsilon];
            call.spread('layerNorm', args, { count: 2, step: [row, row, 0, 0, 0, 0, 4, 4, 0], work: x.size * 1.5 });
          }),
        );
      }),

    layerNormBackward: (dy, { x, gamma, mean, rstd }) =>
      during((call) => {
        const args = [dy, x, gamma, mean, rstd].map((t) => call.contiguous(t)) as [
          number,
          number,
          number,
          number,
          number,
        ];
        const [upstream, from, scale, means, rstds] = args;
        const [rows, columns] = [rowsOf(x), columnsOf(x)];
        const scaled = call.room(x.size).start * 4;
        const dx = call.result(x.shape, (to) => {
          const row = 4 * columns;
          const all = [upstream, from, to, rows, columns, scale, means, rstds, scaled];
          call.spread('layerNormBackward', all, {
            count: 3,
            step: [row, row, row, 0, 0, 0, 4, 4, row],
            work: x.size * 2,
          });
        });
        const sumOf = (address: number): Tensor =>
          call.result([columns], (to) => {
            sumRows(call, { from: address, to, rows, columns });
          });
        return { dx, dgamma: sumOf(scaled), dbeta: sumOf(upstream) };
      }),

    matmul: (a, b, { bias, relu = false } = {}) =>
      during((call) => {
        const [first, second] = [call.operand(a), call.operand(b)];
        const start = bias ? call.contiguous(bias) : 0;
        return call.result([...a.shape.slice(0, -1), columnsOf(b)], (to) => {
          product(call, { a: first, b: second, to, bias: start, relu });
        });
      }),

    sgdStep: ({ parameter, gradient, rate }) => {
      during((call) => {
        const slope = call.contiguous(gradient);
        call.change(parameter, (to) => {
          call.spread('sgdStep', [to, slope, parameter.size, rate], {
            ...each,
            step: [4, 4, 0, 0],
            work: parameter.size * 0.4,
          });
        });
      });
    },

    momentumStep: ({ parameter, gradient, rate, velocity, momentum }) => {
      during((call) => {
        const slope = call.contiguous(gradient);
        call.change(parameter, (to) => {
          call.change(velocity, (speed) => {
            const args = [to, slope, parameter.size, rate, momentum, speed];
            call.spread('momentumStep', args, { ...each, step: [4, 4, 0, 0, 0, 4], work: parameter.size * 0.5 });
          });
        });
      });
    },

    adamStep: ({ parameter, gradient, rate, first, second, beta1, beta2, epsilon, time }) => {
      during((call) => {
        const slope = call.contiguous(gradient);
        // m̂ = m / (1 − β₁ᵗ) and v̂ likewise, the corrections taken into the rate and ε once for all entries.
        const root = Math.sqrt(1 - beta2 ** time);
        const corrected = (rate * root) / (1 - beta1 ** time);
        call.change(parameter, (to) => {
          call.change(first, (m) => {
            call.change(second, (v) => {
              const args = [to, slope, parameter.size, corrected, beta1, beta2, epsilon * root, m, v];
              call.spread('adamStep', args, { ...each, step: [4, 4, 0, 0, 0, 0, 0, 4, 4], work: parameter.size });
            });
          });
        });
      });
    },
  };
}

function sumRows(call: Call, task: { from: number; to: number; rows: number; columns: number }): void {
  const { from, to, rows, columns } = task;
  const args = [from, to, rows, 4 * columns, columns];
  call.spread('sumRows', args, { count: 4, unit: 16, step: [4, 4, 0, 0, 0], work: rows * columns * 0.5 });
}

/** Two operands of one shape: as one run where neither has gaps, else row by row, whole planes at a time. */
function binary(
  call: Call,
  task: { readonly op: BinaryOp; readonly a: Operand; readonly b: Operand; readonly to: number },
): void {
  const { op, to } = task;
  let { a, b } = task;
  // Along the last axis an operand goes entry by entry or stays; one that jumps, or both staying, is copied together.
  const given = collapsed(a.shape, [a.strides, b.strides]);
  const [lastOfA, lastOfB] = given.strides.map((strides) => strides.at(-1) ?? 1) as [number, number];
  if (lastOfA > 1 || (lastOfA === 0 && lastOfB === 0)) a = call.packed(a);
  if (lastOfB > 1) b = call.packed(b);
  const { lengths, strides } = collapsed(a.shape, [a.strides, b.strides]);
  const [ofA = [], ofB = []] = strides;
  const [stepA, stepB] = [ofA.at(-1) ?? 1, ofB.at(-1) ?? 1];
  const kernel = `${op}.${stepA === 0 ? 'sv' : stepB === 0 ? 'vs' : 'vv'}`;
  const columns = lengths.at(-1) ?? 1;
  const rows = lengths.at(-2) ?? 1;
  const [rowA, rowB] = [4 * (ofA.at(-2) ?? 0), 4 * (ofB.at(-2) ?? 0)];
  const work = rows * columns * (op === 'geluBackward' ? 3 : 0.3);
  let next = to;
  eachStart(lengths.slice(0, -2), [ofA, ofB], ([startA = 0, startB = 0]) => {
    const args = [a.address + 4 * startA, b.address + 4 * startB, next, rows, columns, rowA, rowB];
    if (rows === 1)
      call.spread(kernel, args, { count: 4, unit: 16, step: [4 * stepA, 4 * stepB, 4, 0, 0, 0, 0], work });
    else call.spread(kernel, args, { count: 3, step: [rowA, rowB, 4 * columns, 0, 0, 0, 0], work });
    next += rows * columns * 4;
  });
}
