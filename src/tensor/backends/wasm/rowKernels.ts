/**
 * Kernels along the rows of a matrix `(rows, columns)` without gaps: sums, extremes, softmax and layer norm with their
 * derivatives. Sums are kept in 64 bits, as the reference keeps them; where a row is added up for a softmax or a norm, or
 * rows for a bias, four neighbours are added in 32 bits first, which costs their last bit and saves three conversions of four.
 */
import {
  add,
  addD,
  addDouble,
  choose,
  Code,
  div,
  divF,
  eq,
  f64ToF32,
  float,
  floats,
  foldLanes,
  get,
  int,
  intToFloat,
  lane,
  laneD,
  lessI,
  load,
  loadFirstLane,
  loadSplat,
  max,
  min,
  mul,
  promoteLow,
  quickMax,
  shiftLeftI,
  shuffle,
  splat,
  sqrtF,
  addF,
  addI,
  sub,
  subI,
  type Value,
  zeroVector,
} from './encode';
import { eachEntry } from './elementwiseKernels';
import { expOfNegative } from './vectorMaths';

const high = (x: Value): Value => shuffle(x, x, [2, 3, 2, 3]);

/** Walks one row: four entries at a time, then one by one, the other lanes 0. `pointers` move along. */
function walk(
  code: Code,
  row: { readonly pointers: readonly number[]; readonly columns: Value },
  body: (operands: Value[], single: boolean) => void,
): void {
  const left = code.local('i32');
  code.set(left, row.columns);
  const pass = (lanes: 1 | 4): void => {
    body(
      row.pointers.map((p) => code.let('v128', lanes === 4 ? load(get(p)) : loadFirstLane(get(p)))),
      lanes === 1,
    );
    for (const pointer of row.pointers) code.increase(pointer, int(4 * lanes));
    code.increase(left, int(-lanes));
  };
  code.while(lessI(int(3), get(left)), () => {
    pass(4);
  });
  code.while(get(left), () => {
    pass(1);
  });
}

/** Keeps a sum of vectors in 64 bits; `total` leaves it as a float. */
function doubleSum(code: Code): Sum {
  const [low, upper] = [code.local('v128'), code.local('v128')];
  return {
    reset() {
      code.set(low, zeroVector);
      code.set(upper, zeroVector);
    },
    add(x) {
      const once = code.let('v128', x);
      code.set(low, addD(get(low), promoteLow(once)));
      code.set(upper, addD(get(upper), promoteLow(high(once))));
    },
    total: f64ToF32(addDouble(laneD(addD(get(low), get(upper)), 0), laneD(addD(get(low), get(upper)), 1))),
  };
}

/**
 * Walks one row and adds up what `body` makes of it: sixteen entries at a time, then four, then one by one. `body` gets
 * operands and where they lie from the pointers on, and returns a vector for each of `sums`; in a single entry's, only the first lane counts.
 */
function walkSums(
  code: Code,
  row: { readonly pointers: readonly number[]; readonly columns: Value; readonly sums: readonly Sum[] },
  body: (operands: Value[], at: { readonly offset: number; readonly single: boolean }) => Value[],
): void {
  const { pointers, sums } = row;
  const left = code.local('i32');
  code.set(left, row.columns);
  const pass = (vectors: readonly number[], single: boolean): void => {
    const parts = vectors.map((v) => {
      const operands = pointers.map((p) => code.let('v128', single ? loadFirstLane(get(p)) : load(get(p), 16 * v)));
      return body(operands, { offset: 16 * v, single }).map((part) => code.let('v128', part));
    });
    sums.forEach((sum, i) => {
      const [first, second, third, fourth] = parts.map((part) => part[i]!);
      if (second && third && fourth) sum.add(add(add(first!, second), add(third, fourth)));
      else sum.add(single ? shuffle(first!, zeroVector, [0, 4, 4, 4]) : first!);
    });
    const entries = single ? 1 : 4 * vectors.length;
    for (const pointer of pointers) code.increase(pointer, int(4 * entries));
    code.increase(left, int(-entries));
  };
  for (const sum of sums) sum.reset();
  code.while(lessI(int(15), get(left)), () => {
    pass([0, 1, 2, 3], false);
  });
  code.while(lessI(int(3), get(left)), () => {
    pass([0], false);
  });
  code.while(get(left), () => {
    pass([0], true);
  });
}

interface Sum {
  reset(): void;
  add(x: Value): void;
  readonly total: Value;
}

/** `sum(x, out, rows, columns)` and `mean`: out has one entry for each row. */
function sumKernel(op: 'sum' | 'mean'): Code {
  const code = new Code(op, ['i32', 'i32', 'i32', 'i32']);
  const sum = doubleSum(code);
  code.while(get(2), () => {
    sum.reset();
    walk(code, { pointers: [0], columns: get(3) }, ([x]) => {
      sum.add(x!);
    });
    code.storeFloat(get(1), op === 'sum' ? sum.total : divF(sum.total, intToFloat(get(3))));
    code.increase(1, int(4));
    code.increase(2, int(-1));
  });
  return code;
}

function extremeKernel(op: 'max' | 'min'): Code {
  const code = new Code(op, ['i32', 'i32', 'i32', 'i32']);
  const best = code.local('v128');
  const f = op === 'max' ? max : min;
  code.while(get(2), () => {
    code.set(best, loadSplat(get(0)));
    walk(code, { pointers: [0], columns: get(3) }, ([x], single) => {
      const whole = single ? shuffle(x!, x!, [0, 0, 0, 0]) : x!;
      code.set(best, f(get(best), whole));
    });
    code.storeFloat(get(1), lane(foldLanes(code, get(best), f), 0));
    code.increase(1, int(4));
    code.increase(2, int(-1));
  });
  return code;
}

/** `sumRows(x, out, rows, row, columns)`: over the rows, `row` bytes apart; one sum for each of `columns`. A line of the cache at a time. */
function sumRowsKernel(): Code {
  const code = new Code('sumRows', ['i32', 'i32', 'i32', 'i32', 'i32']);
  const [x, out, rows, row, columns] = [0, 1, 2, 3, 4] as const;
  const [at, left] = [code.local('i32'), code.local('i32')];
  const four = [0, 1, 2, 3].map(() => code.local('i32'));
  const sums = [0, 1, 2, 3, 4, 5, 6, 7].map(() => code.local('v128'));
  const strip = (width: 1 | 4 | 16): void => {
    const vectors = width === 16 ? [0, 1, 2, 3] : [0];
    code.while(lessI(int(width - 1), get(columns)), () => {
      code.set(at, get(x));
      code.set(left, get(rows));
      for (const sum of sums.slice(0, 2 * vectors.length)) code.set(sum, zeroVector);
      if (width > 1) {
        code.while(lessI(int(3), get(left)), () => {
          for (const i of [0, 1, 2, 3]) {
            code.set(four[i] ?? 0, i === 0 ? get(at) : addI(get(four[i - 1] ?? 0), get(row)));
          }
          for (const v of vectors) {
            const [first, second, third, fourth] = four.map((from) => load(get(from), 16 * v));
            const once = code.let('v128', add(add(first!, second!), add(third!, fourth!)));
            const [low = 0, upper = 0] = sums.slice(2 * v);
            code.set(low, addD(get(low), promoteLow(once)));
            code.set(upper, addD(get(upper), promoteLow(high(once))));
          }
          code.set(at, addI(get(four[3] ?? 0), get(row)));
          code.increase(left, int(-4));
        });
      }
      code.while(get(left), () => {
        for (const v of vectors) {
          const once = code.let('v128', width === 1 ? loadFirstLane(get(at)) : load(get(at), 16 * v));
          const [low = 0, upper = 0] = sums.slice(2 * v);
          code.set(low, addD(get(low), promoteLow(once)));
          if (width > 1) code.set(upper, addD(get(upper), promoteLow(high(once))));
        }
        code.increase(at, get(row));
        code.increase(left, int(-1));
      });
      for (let i = 0; i < width; i++) {
        code.storeFloat(get(out), f64ToF32(laneD(get(sums[i >> 1] ?? 0), i & 1)), 4 * i);
      }
      code.increase(x, int(4 * width));
      code.increase(out, int(4 * width));
      code.increase(columns, int(-width));
    });
  };
  strip(16);
  strip(4);
  strip(1);
  return code;
}

/** `softmax(x, out, rows, columns)`. A row of −∞ alone becomes zeros; a NaN or an ∞ makes its row NaN. */
function softmaxKernel(): Code {
  const code = new Code('softmax', ['i32', 'i32', 'i32', 'i32']);
  const [x, out, rows, columns] = [0, 1, 2, 3] as const;
  const [at, away] = [code.local('i32'), code.local('i32')];
  const best = code.local('v128');
  const scale = code.local('v128');
  const sum = doubleSum(code);
  code.while(get(rows), () => {
    // This maximum may miss a NaN, whose exponential then makes the row's sum NaN all the same.
    code.set(best, loadSplat(get(x)));
    code.set(at, get(x));
    walk(code, { pointers: [at], columns: get(columns) }, ([value], single) => {
      const whole = single ? shuffle(value!, value!, [0, 0, 0, 0]) : value!;
      code.set(best, quickMax(get(best), whole));
    });
    const largest = foldLanes(code, get(best), quickMax);
    // Subtracting −∞ would make NaN of a row that holds nothing else.
    const shift = code.let('v128', choose(eq(largest, floats(-Infinity)), zeroVector, largest));
    code.set(at, get(x));
    // How far the results lie from the entries.
    code.set(away, subI(get(out), get(x)));
    walkSums(code, { pointers: [at], columns: get(columns), sums: [sum] }, ([value], { offset, single }) => {
      const power = expOfNegative(code, sub(value!, shift));
      if (single) code.storeFirstLane(addI(get(at), get(away)), power);
      else code.store(addI(get(at), get(away)), power, offset);
      return [power];
    });
    const total = code.let('v128', splat(sum.total));
    code.set(scale, choose(eq(total, zeroVector), zeroVector, div(floats(1), total)));
    code.set(at, get(out));
    eachEntry(code, {
      count: get(columns),
      out,
      vectors: [at],
      light: true,
      formula: (value) => mul(value, get(scale)),
    });
    code.increase(x, shiftLeftI(get(columns), int(2)));
    code.increase(rows, int(-1));
  });
  return code;
}

/** `softmaxBackward(dy, y, out, rows, columns)`: `dx = y (dy − Σ dy y)`. */
function softmaxBackwardKernel(): Code {
  const code = new Code('softmaxBackward', ['i32', 'i32', 'i32', 'i32', 'i32']);
  const [dy, y, out, rows, columns] = [0, 1, 2, 3, 4] as const;
  const [atDy, atY] = [code.local('i32'), code.local('i32')];
  const inner = code.local('v128');
  const sum = doubleSum(code);
  code.while(get(rows), () => {
    code.set(atDy, get(dy));
    code.set(atY, get(y));
    walkSums(code, { pointers: [atDy, atY], columns: get(columns), sums: [sum] }, ([g, value]) => [mul(g!, value!)]);
    code.set(inner, splat(sum.total));
    eachEntry(code, {
      count: get(columns),
      out,
      vectors: [dy, y],
      light: true,
      formula: (g, value) => mul(value, sub(g, get(inner))),
    });
    code.increase(rows, int(-1));
  });
  return code;
}

/** `layerNorm(x, out, rows, columns, gamma, beta, mean, rstd, eps)`: `y = γ (x − μ) / √(σ² + ε) + β`; μ and 1/√… are kept. */
function layerNormKernel(): Code {
  const code = new Code('layerNorm', ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'f32']);
  const [x, out, rows, columns, gamma, beta, means, rstds, eps] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const [at, atGamma, atBeta] = [code.local('i32'), code.local('i32'), code.local('i32')];
  const sum = doubleSum(code);
  const count = intToFloat(get(columns));
  code.while(get(rows), () => {
    code.set(at, get(x));
    walkSums(code, { pointers: [at], columns: get(columns), sums: [sum] }, ([value]) => [value!]);
    const mean = code.let('f32', divF(sum.total, count));
    const meanVector = code.let('v128', splat(mean));
    code.set(at, get(x));
    walkSums(code, { pointers: [at], columns: get(columns), sums: [sum] }, ([value]) => {
      const distance = code.let('v128', sub(value!, meanVector));
      return [mul(distance, distance)];
    });
    const rstd = code.let('f32', divF(float(1), sqrtF(addF(divF(sum.total, count), get(eps)))));
    const rstdVector = code.let('v128', splat(rstd));
    code.storeFloat(get(means), mean);
    code.storeFloat(get(rstds), rstd);
    code.set(atGamma, get(gamma));
    code.set(atBeta, get(beta));
    eachEntry(code, {
      count: get(columns),
      out,
      vectors: [x, atGamma, atBeta],
      formula: (value, g, b) => add(mul(mul(sub(value, meanVector), rstdVector), g), b),
    });
    code.increase(means, int(4));
    code.increase(rstds, int(4));
    code.increase(rows, int(-1));
  });
  return code;
}

/**
 * `layerNormBackward(dy, x, out, rows, columns, gamma, mean, rstd, scaled)`: with `x̂ = (x − μ) r` and `g = dy γ`,
 * `dx = r (g − mean(g) − x̂ mean(g x̂))`. `scaled` receives `dy x̂`, whose sum over the rows is dγ.
 */
function layerNormBackwardKernel(): Code {
  const code = new Code('layerNormBackward', ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32']);
  const [dy, x, out, rows, columns, gamma, means, rstds, scaled] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const [atDy, atX, atGamma, away] = [0, 0, 0, 0].map(() => code.local('i32')) as [number, number, number, number];
  const [sumOfG, sumOfProducts] = [doubleSum(code), doubleSum(code)];
  const [mean, rstd, first, second] = [0, 0, 0, 0].map(() => code.local('v128')) as [number, number, number, number];
  const perEntry = code.let('v128', splat(divF(float(1), intToFloat(get(columns)))));
  code.while(get(rows), () => {
    code.set(mean, loadSplat(get(means)));
    code.set(rstd, loadSplat(get(rstds)));
    code.set(atDy, get(dy));
    code.set(atX, get(x));
    code.set(atGamma, get(gamma));
    code.set(away, subI(get(scaled), get(dy)));
    const sums = [sumOfG, sumOfProducts];
    const pointers = [atDy, atX, atGamma];
    walkSums(code, { pointers, columns: get(columns), sums }, ([up, value, scale], { offset, single }) => {
      const own = code.let('v128', mul(up!, mul(sub(value!, get(mean)), get(rstd))));
      if (single) code.storeFirstLane(addI(get(atDy), get(away)), own);
      else code.store(addI(get(atDy), get(away)), own, offset);
      return [mul(up!, scale!), mul(own, scale!)];
    });
    code.increase(scaled, shiftLeftI(get(columns), int(2)));
    code.set(first, mul(splat(sumOfG.total), perEntry));
    code.set(second, mul(splat(sumOfProducts.total), perEntry));
    code.set(atGamma, get(gamma));
    eachEntry(code, {
      count: get(columns),
      out,
      vectors: [dy, x, atGamma],
      formula: (up, value, scale) => {
        const normal = mul(sub(value, get(mean)), get(rstd));
        const own = sub(sub(mul(up, scale), get(first)), mul(normal, get(second)));
        return mul(get(rstd), own);
      },
    });
    code.increase(means, int(4));
    code.increase(rstds, int(4));
    code.increase(rows, int(-1));
  });
  return code;
}

export function rowKernels(): Code[] {
  return [
    sumKernel('sum'),
    sumKernel('mean'),
    extremeKernel('max'),
    extremeKernel('min'),
    sumRowsKernel(),
    softmaxKernel(),
    softmaxBackwardKernel(),
    layerNormKernel(),
    layerNormBackwardKernel(),
  ];
}
