/**
 * Micro-kernels of the matrix product `C = A B`, and the loops that drive them over tiles. A tile is `rows × columns` sums
 * kept in registers while the inner axis runs. Three ways to read the operands, so that no transpose is ever carried out:
 *
 * - `rows`: A along its rows (entry `(i, p)` at `a + i · lda + 4 p`), B along its rows;
 * - `columns`: A along its columns (`a + p · lda + 4 i`), which is a transposed view, B along its rows;
 * - `dot`: A along its rows and B along its *columns* (`b + j · ldb + 4 p`), as in `x Wᵀ`: four products at a time, added
 *   up at the end, so that B need not be packed either.
 *
 * B is read where it lies or from panels that `pack` has laid out, a tile's columns side by side. Which tile is quickest
 * differs between engines, so `machine.ts` emits several and measures.
 */
import {
  add,
  addF,
  addI,
  andI,
  Code,
  float,
  get,
  greaterOrEqualI,
  int,
  lane,
  lessI,
  load,
  loadFirstLane,
  loadFloat,
  loadSplat,
  maxF,
  minI,
  mul,
  mulI,
  quickMax,
  relaxedMulAdd,
  shiftLeftI,
  shuffle,
  subI,
  type Value,
  zeroVector,
} from './encode';

export interface Tile {
  readonly reads: 'rows' | 'columns' | 'dot';
  /** Rows and columns of C in registers at once; columns a multiple of 4 unless `reads` is `dot`. */
  readonly rows: number;
  readonly columns: number;
  /** How many steps of the inner axis one turn of the loop takes. */
  readonly unroll: number;
  /** Multiply and add in one rounding, where the engine has relaxed SIMD. */
  readonly fused: boolean;
}

export function tileName({ reads, rows, columns, unroll, fused }: Tile): string {
  return `${reads} ${rows}x${columns}x${unroll}${fused ? ' fused' : ''}`;
}

/** What a product does besides: add to C, not overwrite it; apply ReLU as it stores. */
export const accumulate = 1;
export const applyRelu = 2;

const tileParameters = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
/** Parameters of a tile; `left` and `right` are how many of its rows and columns there are, the last ones repeated. */
const [A, B, C, inner, lda, ldb, ldc, bias, flags, left, right] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

const bytes = (floats: number): number => 4 * floats;

function multiplyAdd({ fused }: Tile, [a, b]: readonly [Value, Value], sum: Value): Value {
  return fused ? relaxedMulAdd(a, b, sum) : add(sum, mul(a, b));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** Emits a tile's kernel. */
export function tileKernel(tile: Tile): Code {
  const code = new Code(tileName(tile), tileParameters);
  if (tile.reads === 'dot') dotTile(code, tile);
  else outerTile(code, tile);
  return code;
}

/** `sums += column of A ⊗ row of B` at each step. */
function outerTile(code: Code, tile: Tile): void {
  const vectors = range(tile.columns / 4);
  const sums = range(tile.rows).map(() => vectors.map(() => code.local('v128')));
  const eachSum = (body: (sum: number, row: number, vector: number) => void): void => {
    sums.forEach((row, i) => {
      row.forEach((sum, v) => {
        body(sum, i, v);
      });
    });
  };
  const rowOfC = code.local('i32');
  const inRowsOfC = (body: (row: number) => void): void => {
    code.set(rowOfC, get(C));
    for (const i of range(tile.rows)) {
      body(i);
      if (i + 1 < tile.rows) code.increase(rowOfC, get(ldc));
    }
  };
  code.if(
    andI(get(flags), int(accumulate)),
    () => {
      inRowsOfC((i) => {
        sums[i]?.forEach((sum, v) => {
          code.set(sum, load(get(rowOfC), 16 * v));
        });
      });
    },
    () => {
      code.if(
        get(bias),
        () => {
          eachSum((sum, i, v) => {
            code.set(sum, i === 0 ? load(get(bias), 16 * v) : get(sums[0]?.[v] ?? sum));
          });
        },
        () => {
          eachSum((sum) => {
            code.set(sum, zeroVector);
          });
        },
      );
    },
  );
  const rowsOfA = range(tile.reads === 'rows' ? tile.rows : 1).map(() => code.local('i32'));
  rowsOfA.forEach((row, i) => {
    code.set(row, i === 0 ? get(A) : addI(get(A), mulI(minI(int(i), subI(get(left), int(1))), get(lda))));
  });
  const ofB = vectors.map(() => code.local('v128'));
  const ofA = code.local('v128');
  const step = (u: number): void => {
    for (const v of vectors) code.set(ofB[v] ?? 0, load(get(B), 16 * v));
    for (const i of range(tile.rows)) {
      const first = rowsOfA[0] ?? 0;
      code.set(
        ofA,
        tile.reads === 'rows' ? loadSplat(get(rowsOfA[i] ?? 0), bytes(u)) : loadSplat(get(first), bytes(i)),
      );
      for (const v of vectors) {
        const sum = sums[i]?.[v] ?? 0;
        code.set(sum, multiplyAdd(tile, [get(ofA), get(ofB[v] ?? 0)], get(sum)));
      }
    }
    code.increase(B, get(ldb));
    if (tile.reads === 'columns') code.increase(rowsOfA[0] ?? 0, get(lda));
  };
  const turn = (steps: number): void => {
    for (const u of range(steps)) step(u);
    if (tile.reads === 'rows') for (const row of rowsOfA) code.increase(row, int(bytes(steps)));
    code.increase(inner, int(-steps));
  };
  if (tile.unroll > 1) {
    code.while(greaterOrEqualI(get(inner), int(tile.unroll)), () => {
      turn(tile.unroll);
    });
  }
  code.while(get(inner), () => {
    turn(1);
  });
  code.if(andI(get(flags), int(applyRelu)), () => {
    eachSum((sum) => {
      code.set(sum, quickMax(get(sum), zeroVector));
    });
  });
  inRowsOfC((i) => {
    sums[i]?.forEach((sum, v) => {
      code.store(get(rowOfC), get(sum), 16 * v);
    });
  });
}

/** Each sum is a vector of four partial sums along the inner axis. */
function dotTile(code: Code, tile: Tile): void {
  const sums = range(tile.rows).map(() => range(tile.columns).map(() => code.local('v128')));
  const rowsOfA = range(tile.rows).map(() => code.local('i32'));
  const columnsOfB = range(tile.columns).map(() => code.local('i32'));
  const start = (pointers: readonly number[], [from, step, count]: readonly [number, number, number]): void => {
    pointers.forEach((pointer, i) => {
      code.set(pointer, i === 0 ? get(from) : addI(get(from), mulI(minI(int(i), subI(get(count), int(1))), get(step))));
    });
  };
  start(rowsOfA, [A, lda, left]);
  start(columnsOfB, [B, ldb, right]);
  for (const row of sums) for (const sum of row) code.set(sum, zeroVector);
  const vectorsOfA = rowsOfA.map(() => code.local('v128'));
  const ofB = code.local('v128');
  const step = (read: (address: Value, offset?: number) => Value, offset: number): void => {
    rowsOfA.forEach((row, i) => {
      code.set(vectorsOfA[i] ?? 0, read(get(row), offset));
    });
    columnsOfB.forEach((column, j) => {
      code.set(ofB, read(get(column), offset));
      rowsOfA.forEach((_, i) => {
        const sum = sums[i]?.[j] ?? 0;
        code.set(sum, multiplyAdd(tile, [get(vectorsOfA[i] ?? 0), get(ofB)], get(sum)));
      });
    });
  };
  const turn = (vectors: number): void => {
    for (const u of range(vectors)) step(load, 16 * u);
    for (const pointer of [...rowsOfA, ...columnsOfB]) code.increase(pointer, int(16 * vectors));
    code.increase(inner, int(-4 * vectors));
  };
  if (tile.unroll > 1) {
    code.while(greaterOrEqualI(get(inner), int(4 * tile.unroll)), () => {
      turn(tile.unroll);
    });
  }
  code.while(greaterOrEqualI(get(inner), int(4)), () => {
    turn(1);
  });
  code.while(get(inner), () => {
    step(loadFirstLane, 0);
    for (const pointer of [...rowsOfA, ...columnsOfB]) code.increase(pointer, int(4));
    code.increase(inner, int(-1));
  });
  const total = code.local('f32');
  const half = code.local('v128');
  sums.forEach((row) => {
    row.forEach((sum, j) => {
      code.set(half, add(get(sum), shuffle(get(sum), get(sum), [2, 3, 0, 1])));
      code.set(total, addF(lane(get(half), 0), lane(get(half), 1)));
      code.if(andI(get(flags), int(accumulate)), () => {
        code.set(total, addF(get(total), loadFloat(get(C), bytes(j))));
      });
      code.if(get(bias), () => {
        code.set(total, addF(get(total), loadFloat(get(bias), bytes(j))));
      });
      code.if(andI(get(flags), int(applyRelu)), () => {
        code.set(total, maxF(get(total), float(0)));
      });
      code.storeFloat(get(C), get(total), bytes(j));
    });
    code.increase(C, get(ldc));
  });
}

/** Names of a driver's parameters, in order. All are addresses, counts and distances in bytes. */
export const driverParameters = [
  'a',
  'b',
  'c',
  'rows',
  'columns',
  'inner',
  'aTile',
  'lda',
  'bTile',
  'ldb',
  'ldc',
  'bias',
  'flags',
  'scratch',
] as const;

/**
 * Drives a tile over all of C, panel of columns by panel, so that a panel of B stays in the nearest cache while A passes.
 * `aTile` and `bTile` are the distances from one tile's rows of A, and columns of B, to the next. Tiles that hang over the edge
 * of C are computed in `scratch` and what is inside is copied. `call` is the tile's index in the module.
 */
export function driver(tile: Tile, call: number): Code {
  const code = new Code(
    `drive ${tileName(tile)}`,
    driverParameters.map(() => 'i32'),
  );
  const [a, b, c, rows, columns, k, aTile, strideA, bTile, strideB, strideC, biases, options, scratch] =
    driverParameters.map((_, i) => i) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
  const [atA, atC, rowsLeft, here, there] = range(5).map(() => code.local('i32')) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const [i, j] = [code.local('i32'), code.local('i32')];
  const tileStride = int(bytes(tile.columns));
  const compute = (target: { to: Value; stride: Value; left: Value; right: Value }): void => {
    const { to, stride, left: leftRows, right: rightColumns } = target;
    const values = [
      get(atA),
      get(b),
      to,
      get(k),
      get(strideA),
      get(strideB),
      stride,
      get(biases),
      get(options),
      leftRows,
      rightColumns,
    ];
    for (const value of values) value(code);
    code.emit(0x10, ...callIndex(call));
  };
  /** Copies what is inside C between C and the scratch tile. */
  const copy = (direction: 'in' | 'out'): void => {
    code.set(i, int(0));
    code.while(lessI(get(i), get(here)), () => {
      code.set(j, int(0));
      code.while(lessI(get(j), get(there)), () => {
        const column = shiftLeftI(get(j), int(2));
        const inC = addI(addI(get(atC), mulI(get(i), get(strideC))), column);
        const inTile = addI(addI(get(scratch), mulI(get(i), tileStride)), column);
        if (direction === 'in') code.storeFloat(inTile, loadFloat(inC));
        else code.storeFloat(inC, loadFloat(inTile));
        code.increase(j, int(1));
      });
      code.increase(i, int(1));
    });
  };
  code.while(lessI(int(0), get(columns)), () => {
    code.set(atA, get(a));
    code.set(atC, get(c));
    code.set(rowsLeft, get(rows));
    code.set(there, minI(int(tile.columns), get(columns)));
    code.while(lessI(int(0), get(rowsLeft)), () => {
      code.set(here, minI(int(tile.rows), get(rowsLeft)));
      const whole = andI(greaterOrEqualI(get(here), int(tile.rows)), greaterOrEqualI(get(there), int(tile.columns)));
      code.if(
        whole,
        () => {
          compute({ to: get(atC), stride: get(strideC), left: int(tile.rows), right: int(tile.columns) });
        },
        () => {
          code.if(andI(get(options), int(accumulate)), () => {
            copy('in');
          });
          compute({ to: get(scratch), stride: tileStride, left: get(here), right: get(there) });
          copy('out');
        },
      );
      code.increase(atA, get(aTile));
      code.increase(atC, mulI(int(tile.rows), get(strideC)));
      code.increase(rowsLeft, int(-tile.rows));
    });
    code.increase(b, get(bTile));
    code.increase(c, tileStride);
    code.if(get(biases), () => {
      code.increase(biases, tileStride);
    });
    code.increase(columns, int(-tile.columns));
  });
  return code;
}

function callIndex(index: number): number[] {
  return index < 128 ? [index] : [(index & 0x7f) | 0x80, index >> 7];
}
