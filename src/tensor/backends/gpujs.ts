/**
 * The library's own operations as GPU.js kernels. Each is a few lines of the restricted JavaScript that GPU.js compiles,
 * kept as text, because it is read and never run as JavaScript. Compiled kernels are kept by operation and sizes.
 */
import { sizeOf } from '../shape';
import { layoutOf, ofValues, Tensor } from '../tensor';
import type { Backend, BinaryOp, ReduceOp, UnaryOp } from './backend';
import { loops } from './loops';
import { compileKernel, gpuJsName, type CompiledKernel, type KernelArray } from './gpu';

const unaryExpressions: Readonly<Partial<Record<UnaryOp, string>>> = {
  negative: '-x',
  exp: 'Math.exp(x)',
  log: 'Math.log(x)',
  sqrt: 'Math.sqrt(x)',
  abs: 'Math.abs(x)',
  relu: 'Math.max(0, x)',
  sigmoid: '1 / (1 + Math.exp(-x))',
  tanh: 'Math.tanh(x)',
};

const binaryExpressions: Readonly<Partial<Record<BinaryOp, string>>> = {
  add: 'a + b',
  subtract: 'a - b',
  multiply: 'a * b',
  divide: 'a / b',
  power: 'Math.pow(a, b)',
  maximum: 'Math.max(a, b)',
  minimum: 'Math.min(a, b)',
  greater: 'a > b ? 1 : 0',
  less: 'a < b ? 1 : 0',
  equal: 'a === b ? 1 : 0',
};

const unaryKernel = (op: UnaryOp) => `function (xs) {
  const x = xs[this.thread.x];
  return ${unaryExpressions[op] ?? 'NaN'};
}`;

const binaryKernel = (op: BinaryOp) => `function (as, bs) {
  const a = as[this.thread.x];
  const b = bs[this.thread.x];
  return ${binaryExpressions[op] ?? 'NaN'};
}`;

const whereKernel = `function (conditions, as, bs) {
  if (conditions[this.thread.x] !== 0) return as[this.thread.x];
  return bs[this.thread.x];
}`;

/** One thread for each row of `(rows, length)`. */
const reduceKernels: Readonly<Record<ReduceOp, string>> = {
  sum: foldKernel({ start: '0', step: 'result + x', end: 'result' }),
  mean: foldKernel({ start: '0', step: 'result + x', end: 'result / length' }),
  max: foldKernel({ start: 'xs[this.thread.x][0]', step: 'Math.max(result, x)', end: 'result' }),
  min: foldKernel({ start: 'xs[this.thread.x][0]', step: 'Math.min(result, x)', end: 'result' }),
  argmax: `function (xs, length) {
    let best = 0;
    let largest = xs[this.thread.x][0];
    for (let i = 1; i < length; i++) {
      const x = xs[this.thread.x][i];
      if (largest === largest) {
        if (x > largest || x !== x) {
          best = i;
          largest = x;
        }
      }
    }
    return best;
  }`,
};

function foldKernel({ start, step, end }: { start: string; step: string; end: string }): string {
  return `function (xs, length) {
    let result = ${start};
    for (let i = 0; i < length; i++) {
      const x = xs[this.thread.x][i];
      result = ${step};
    }
    return ${end};
  }`;
}

/** The sum of a row's exponentials. The shift is finite, so that a row of −∞ alone adds up to 0 and not to NaN. */
const exponentialSumKernel = `function (xs, largest, length) {
  const shift = Math.max(largest[this.thread.x], -3e38);
  let total = 0;
  for (let i = 0; i < length; i++) {
    total += Math.exp(xs[this.thread.x][i] - shift);
  }
  return total;
}`;

const softmaxKernel = `function (xs, largest, totals) {
  const shift = Math.max(largest[this.thread.y], -3e38);
  const total = totals[this.thread.y];
  if (total === 0) return 0;
  return Math.exp(xs[this.thread.y][this.thread.x] - shift) / total;
}`;

const matmulKernel = `function (a, b, inner) {
  let total = 0;
  for (let i = 0; i < inner; i++) {
    total += a[this.thread.z][this.thread.y][i] * b[this.thread.z][i][this.thread.x];
  }
  return total;
}`;

/** Each kept kernel holds memory of its own; of the least recently used, the oldest goes. */
const mostKernels = 48;
const compiled = new Map<string, CompiledKernel>();

interface Launch {
  readonly name: string;
  readonly source: string;
  readonly output: readonly number[];
  readonly arguments: readonly (KernelArray | number)[];
}

function launch({ name, source, output, arguments: args }: Launch): Float32Array {
  const sizes = args.map((arg) => (typeof arg === 'number' ? 'number' : arg.size.join('×')));
  const key = [name, output.join('×'), ...sizes].join(' ');
  const kernel = compiled.get(key) ?? compileKernel(source, output);
  compiled.delete(key);
  compiled.set(key, kernel);
  const [oldest] = compiled.keys();
  if (compiled.size > mostKernels && oldest !== undefined) {
    compiled.get(oldest)?.destroy();
    compiled.delete(oldest);
  }
  return kernel.run(...args);
}

const flat = (x: Tensor): KernelArray => ({ values: x.data, size: [x.size] });

/** A tensor as a matrix of its rows along the last axis. */
function rows(x: Tensor): { matrix: KernelArray; count: number; length: number } {
  const length = x.shape.at(-1) ?? 1;
  const count = sizeOf(x.shape.slice(0, -1));
  return { matrix: { values: x.data, size: [length, count] }, count, length };
}

/** `(n, m)` read as `(m, n)`. */
function transposed(x: Tensor): Tensor {
  const layout = layoutOf(x);
  return new Tensor([...x.shape].reverse(), { ...layout, strides: [...layout.strides].reverse() });
}

function reduceRows(op: ReduceOp, x: Tensor): Float32Array {
  const { matrix, count, length } = rows(x);
  return launch({ name: op, source: reduceKernels[op], output: [count], arguments: [matrix, length] });
}

/** What has a kernel here; the rest is left to loops. */
const ops = new Set<string>([
  ...Object.keys(unaryExpressions),
  ...Object.keys(binaryExpressions),
  ...Object.keys(reduceKernels),
  'where',
  'sumRows',
  'contiguous',
  'softmax',
  'matmul',
]);

export const gpuJs: Backend = {
  ...loops,
  name: gpuJsName,

  refuses({ op, dtype, empty }) {
    if (!ops.has(op)) return `it has no kernel for ${op}`;
    if (dtype === 'float64') return 'it computes in float32, and this is float64';
    return empty ? 'it cannot run over no entries' : undefined;
  },

  unary(op, x) {
    const values = launch({ name: op, source: unaryKernel(op), output: [x.size], arguments: [flat(x)] });
    return ofValues(values, x.shape);
  },

  binary(op, a, b) {
    const values = launch({ name: op, source: binaryKernel(op), output: [a.size], arguments: [flat(a), flat(b)] });
    return ofValues(values, a.shape);
  },

  where(condition, a, b) {
    const args = [flat(condition), flat(a), flat(b)];
    return ofValues(launch({ name: 'where', source: whereKernel, output: [a.size], arguments: args }), a.shape);
  },

  reduce: (op, x) => ofValues(reduceRows(op, x), x.shape.slice(0, -1)),

  sumRows: (x) => ofValues(reduceRows('sum', transposed(x)), [x.shape.at(-1) ?? 1]),

  contiguous: (x) => ofValues(x.data.slice(), x.shape),

  softmax(x) {
    const { matrix, count, length } = rows(x);
    const largest: KernelArray = { values: reduceRows('max', x), size: [count] };
    const totals: KernelArray = {
      values: launch({
        name: 'exponential sum',
        source: exponentialSumKernel,
        output: [count],
        arguments: [matrix, largest, length],
      }),
      size: [count],
    };
    const args = [matrix, largest, totals];
    return ofValues(
      launch({ name: 'softmax', source: softmaxKernel, output: [length, count], arguments: args }),
      x.shape,
    );
  },

  matmul(a, b, options = {}) {
    // No kernel of its own for what a product does besides.
    if (options.bias !== undefined || options.relu === true) return loops.matmul(a, b, options);
    const batch = a.shape.slice(0, -2);
    const layers = sizeOf(batch);
    const [n = 0, k = 0] = a.shape.slice(-2);
    const m = b.shape.at(-1) ?? 0;
    const values = launch({
      name: 'matmul',
      source: matmulKernel,
      output: [m, n, layers],
      arguments: [{ values: a.data, size: [k, n, layers] }, { values: b.data, size: [m, k, layers] }, k],
    });
    return ofValues(values, [...batch, n, m]);
  },
};
