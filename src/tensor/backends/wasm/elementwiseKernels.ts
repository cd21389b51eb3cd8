/**
 * Kernels that treat every entry for itself. Each formula stands once, for four entries; the last one to three of a row go
 * through the same instructions in a vector whose other lanes are not stored.
 *
 * Rows let one kernel serve broadcasting: operand `a` starts at `a + row · aRow`, and a suffix says how it goes along a
 * row: `v` entry by entry, `s` the same entry all along.
 */
import type { BinaryOp, UnaryOp } from '../backend';
import {
  absolute,
  add,
  addI,
  and,
  choose,
  Code,
  div,
  eq,
  equalI,
  floats,
  floor,
  ge,
  get,
  gt,
  int,
  le,
  lessI,
  load,
  loadFirstLane,
  loadSplat,
  lt,
  max,
  min,
  mul,
  ne,
  neg,
  quickMax,
  quickMin,
  shiftLeftI,
  splat,
  squareRoot,
  sub,
  type Value,
} from './encode';
import { erf, exp, expOfNegative, log, normalShare, sigmoid, tanh } from './vectorMaths';

type Unary = (code: Code, x: Value) => Value;
type Binary = (code: Code, a: Value, b: Value) => Value;

const one = floats(1);
const zero = floats(0);

/** What is not listed runs in loops. */
export const unaryFormulas: Readonly<Partial<Record<UnaryOp, Unary>>> = {
  negative: (_, x) => neg(x),
  abs: (_, x) => absolute(x),
  sqrt: (_, x) => squareRoot(x),
  relu: (_, x) => quickMax(x, zero),
  square: (_, x) => mul(x, x),
  reciprocal: (_, x) => div(one, x),
  floor: (_, x) => floor(x),
  exp,
  log,
  tanh,
  sigmoid,
  erf,
  // Below −6 the share is 0; the limit keeps −∞ from becoming −∞ · 0 = NaN.
  gelu: (code, x) => mul(quickMax(x, floats(-30)), normalShare(code, x)),
};

const truth = (condition: Value): Value => and(condition, one);

export const binaryFormulas: Readonly<Partial<Record<BinaryOp, Binary>>> = {
  add: (_, a, b) => add(a, b),
  subtract: (_, a, b) => sub(a, b),
  multiply: (_, a, b) => mul(a, b),
  divide: (_, a, b) => div(a, b),
  maximum: (_, a, b) => max(a, b),
  minimum: (_, a, b) => min(a, b),
  greater: (_, a, b) => truth(gt(a, b)),
  less: (_, a, b) => truth(lt(a, b)),
  equal: (_, a, b) => truth(eq(a, b)),
  notEqual: (_, a, b) => truth(ne(a, b)),
  greaterEqual: (_, a, b) => truth(ge(a, b)),
  lessEqual: (_, a, b) => truth(le(a, b)),
  reluBackward: (_, dy, y) => and(dy, gt(y, zero)),
  sigmoidBackward: (_, dy, y) => mul(mul(dy, y), sub(one, y)),
  // 1 − y² in factors, which lose nothing where y is near ±1.
  tanhBackward: (_, dy, y) => mul(dy, mul(sub(one, y), add(one, y))),
  // d/dx x Φ(x) = Φ(x) + x φ(x), with φ(x) = e^(−x²/2) / √(2π).
  geluBackward: (code, dy, x) => {
    const density = mul(expOfNegative(code, mul(mul(x, x), floats(-0.5))), floats(1 / Math.sqrt(2 * Math.PI)));
    // Far out x φ(x) is 0; the limits keep an infinite x times it from becoming NaN.
    const tail = mul(quickMin(quickMax(x, floats(-30)), floats(30)), density);
    return mul(dy, add(normalShare(code, x), tail));
  },
};

/** Emits `for each entry: out = f(a)`, four at a time and then one by one. All addresses move on by themselves. */
export function eachEntry(
  code: Code,
  run: {
    readonly count: Value;
    readonly out: number;
    readonly vectors: readonly number[];
    readonly formula: (...operands: Value[]) => Value;
    /** Formulas of an instruction or two are worth four vectors in each turn of the loop. */
    readonly light?: boolean;
  },
): void {
  const { out, vectors, formula } = run;
  const end = code.local('i32');
  const fullEnd = code.local('i32');
  code.set(end, addI(get(out), shiftLeftI(run.count, int(2))));
  code.set(fullEnd, addI(get(end), int(-12)));
  const step = (bytes: number): void => {
    for (const pointer of [out, ...vectors]) code.increase(pointer, int(bytes));
  };
  if (run.light === true) {
    const longEnd = code.local('i32');
    code.set(longEnd, addI(get(end), int(-60)));
    code.while(lessI(get(out), get(longEnd)), () => {
      for (const offset of [0, 16, 32, 48]) {
        const operands = vectors.map((pointer) => code.let('v128', load(get(pointer), offset)));
        code.store(get(out), formula(...operands), offset);
      }
      step(64);
    });
  }
  code.while(lessI(get(out), get(fullEnd)), () => {
    const operands = vectors.map((pointer) => code.let('v128', load(get(pointer))));
    code.store(get(out), formula(...operands));
    step(16);
  });
  code.while(lessI(get(out), get(end)), () => {
    const operands = vectors.map((pointer) => code.let('v128', loadFirstLane(get(pointer))));
    code.storeFirstLane(get(out), formula(...operands));
    step(4);
  });
}

/** `name(x, out, rows, columns, xRow)`: `xRow` bytes from one row of `x` to the next; `out` has no gaps. */
export function unaryKernel(op: string, formula: Unary): Code {
  const code = new Code(op, ['i32', 'i32', 'i32', 'i32', 'i32']);
  const [x, out, rows, columns, xRow] = [0, 1, 2, 3, 4] as const;
  const at = code.local('i32');
  code.while(get(rows), () => {
    code.set(at, get(x));
    eachEntry(code, { count: get(columns), out, vectors: [at], formula: (value) => formula(code, value) });
    code.increase(x, get(xRow));
    code.increase(rows, int(-1));
  });
  return code;
}

/** `name.vv(a, b, out, rows, columns, aRow, bRow)`, and `.vs`, `.sv` where one operand stays the same along a row. */
export function binaryKernels(op: string, formula: Binary): Code[] {
  return (['vv', 'vs', 'sv'] as const).map((kind) => {
    const code = new Code(`${op}.${kind}`, ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32']);
    const [a, b, out, rows, columns, aRow, bRow] = [0, 1, 2, 3, 4, 5, 6] as const;
    const [atA, atB] = [code.local('i32'), code.local('i32')];
    const same = code.local('v128');
    code.while(get(rows), () => {
      code.set(atA, get(a));
      code.set(atB, get(b));
      if (kind === 'vs') code.set(same, loadSplat(get(atB)));
      if (kind === 'sv') code.set(same, loadSplat(get(atA)));
      eachEntry(code, {
        count: get(columns),
        out,
        vectors: kind === 'vv' ? [atA, atB] : [kind === 'vs' ? atA : atB],
        light: op !== 'geluBackward',
        formula: (first, second) => {
          if (kind === 'vs') return formula(code, first, get(same));
          if (kind === 'sv') return formula(code, get(same), first);
          return formula(code, first, second);
        },
      });
      code.increase(a, get(aRow));
      code.increase(b, get(bRow));
      code.increase(rows, int(-1));
    });
    return code;
  });
}

/** `where(condition, a, b, out, count)`, all without gaps. */
function whereKernel(): Code {
  const code = new Code('where', ['i32', 'i32', 'i32', 'i32', 'i32']);
  eachEntry(code, {
    count: get(4),
    out: 3,
    vectors: [0, 1, 2],
    formula: (condition, a, b) => choose(eq(condition, zero), b, a),
  });
  return code;
}

/** `gather(x, out, planes, rows, columns, plane, row, column)`: a strided block copied together; strides in bytes. */
function gatherKernel(): Code {
  const code = new Code('gather', ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32']);
  const [x, out, planes, rows, columns, plane, row, column] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const [atRow, at, left, rowsLeft] = [0, 0, 0, 0].map(() => code.local('i32')) as [number, number, number, number];
  const scattered = (): void => {
    code.set(left, get(columns));
    code.while(get(left), () => {
      code.storeFirstLane(get(out), loadFirstLane(get(at)));
      code.increase(at, get(column));
      code.increase(out, int(4));
      code.increase(left, int(-1));
    });
  };
  code.while(get(planes), () => {
    code.set(atRow, get(x));
    code.set(rowsLeft, get(rows));
    code.while(get(rowsLeft), () => {
      code.set(at, get(atRow));
      code.if(
        equalI(get(column), int(4)),
        () => {
          eachEntry(code, { count: get(columns), out, vectors: [at], formula: (value) => value });
        },
        scattered,
      );
      code.increase(atRow, get(row));
      code.increase(rowsLeft, int(-1));
    });
    code.increase(x, get(plane));
    code.increase(planes, int(-1));
  });
  return code;
}

/** Steps of optimisers, written into the parameter where it lies. */
function stepKernels(): Code[] {
  const sgd = new Code('sgdStep', ['i32', 'i32', 'i32', 'f32']);
  const rate = sgd.let('v128', splat(get(3)));
  inPlace(sgd, { pointers: [0, 1], written: 1, formula: ([p, g]) => [sub(p, mul(rate, g))] });

  const momentum = new Code('momentumStep', ['i32', 'i32', 'i32', 'f32', 'f32', 'i32']);
  const [lr, mu] = [momentum.let('v128', splat(get(3))), momentum.let('v128', splat(get(4)))];
  inPlace(momentum, {
    pointers: [0, 5, 1],
    written: 2,
    formula([p, v, g]) {
      const velocity = momentum.let('v128', add(mul(mu, v), g));
      return [sub(p, mul(lr, velocity)), velocity];
    },
  });

  // adamStep(p, g, count, rate, beta1, beta2, eps, m, v): `rate` and `eps` already corrected for the bias of m and v.
  const adam = new Code('adamStep', ['i32', 'i32', 'i32', 'f32', 'f32', 'f32', 'f32', 'i32', 'i32']);
  const [alpha, b1, b2, eps] = [3, 4, 5, 6].map((i) => adam.let('v128', splat(get(i)))) as [Value, Value, Value, Value];
  inPlace(adam, {
    pointers: [0, 7, 8, 1],
    written: 3,
    formula([p, m, v, g]) {
      const first = adam.let('v128', add(mul(b1, m), mul(sub(one, b1), g)));
      const second = adam.let('v128', add(mul(b2, v), mul(sub(one, b2), mul(g, g))));
      return [sub(p, div(mul(alpha, first), add(squareRoot(second), eps))), first, second];
    },
  });
  return [sgd, momentum, adam];
}

/** Reads all `pointers` and writes what `formula` gives to the first `written` of them; the count is parameter 2. */
function inPlace(
  code: Code,
  step: {
    readonly pointers: readonly number[];
    readonly written: number;
    readonly formula: (operands: [Value, Value, Value, Value]) => readonly Value[];
  },
): void {
  const { pointers, written, formula } = step;
  const left = code.local('i32');
  code.set(left, get(2));
  const pass = (lanes: 1 | 4): void => {
    const operands = pointers.map((pointer) =>
      code.let('v128', lanes === 4 ? load(get(pointer)) : loadFirstLane(get(pointer))),
    );
    const results = formula(operands as [Value, Value, Value, Value]);
    for (let i = 0; i < written; i++) {
      const pointer = get(pointers[i] ?? 0);
      const result = results[i] ?? zero;
      if (lanes === 4) code.store(pointer, result);
      else code.storeFirstLane(pointer, result);
    }
    for (const pointer of pointers) code.increase(pointer, int(4 * lanes));
    code.increase(left, int(-lanes));
  };
  code.while(lessI(int(3), get(left)), () => {
    pass(4);
  });
  code.while(get(left), () => {
    pass(1);
  });
}

export function elementwiseKernels(): Code[] {
  return [
    ...Object.entries(unaryFormulas).map(([op, formula]) => unaryKernel(op, formula)),
    ...Object.entries(binaryFormulas).flatMap(([op, formula]) => binaryKernels(op, formula)),
    whereKernel(),
    gatherKernel(),
    ...stepKernels(),
  ];
}
