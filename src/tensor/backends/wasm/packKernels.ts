/** Kernels that lay a matrix out in panels, so that a tile's columns lie side by side. */
import {
  addI,
  andI,
  Code,
  float,
  get,
  greaterOrEqualI,
  int,
  isZeroI,
  lessI,
  load,
  loadFloat,
  mulI,
  shiftLeftI,
  shuffle,
  subI,
  type Value,
} from './encode';

const bytes = (floats: number): number => 4 * floats;

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/**
 * `pack N(b, out, inner, columns, row, column)`: B in panels of N columns, each panel row after row; what is missing of the
 * last panel is 0. `row` and `column` are B's strides in bytes.
 */
export function packKernel(width: number): Code {
  const code = new Code(`pack ${width}`, ['i32', 'i32', 'i32', 'i32', 'i32', 'i32']);
  const [b, out, k, columns, row, column] = [0, 1, 2, 3, 4, 5] as const;
  const [at, steps, from, to, j] = range(5).map(() => code.local('i32')) as [number, number, number, number, number];
  const vectors = range(width / 4);
  const contiguous = isZeroI(subI(get(column), int(4)));
  const turned = isZeroI(subI(get(row), int(4)));
  const whole = greaterOrEqualI(get(columns), int(width));
  const sequential = (): void => {
    code.set(at, get(b));
    code.set(steps, get(k));
    code.while(get(steps), () => {
      for (const v of vectors) code.store(get(out), load(get(at), 16 * v), 16 * v);
      code.increase(at, get(row));
      code.increase(out, int(bytes(width)));
      code.increase(steps, int(-1));
    });
  };
  // B along its columns: four steps of four columns at a time, turned in registers.
  const quarters = vectors.map((v) => range(4).map((i) => (v + i === 0 ? from : code.local('i32'))));
  const transposed = (): void => {
    quarters.flat().forEach((pointer, i) => {
      code.set(pointer, i === 0 ? get(b) : addI(get(quarters.flat()[i - 1] ?? from), get(column)));
    });
    code.set(steps, get(k));
    code.while(greaterOrEqualI(get(steps), int(4)), () => {
      quarters.forEach((pointers, v) => {
        const rows = transposeFour(
          code,
          pointers.map((pointer) => load(get(pointer))),
        );
        rows.forEach((value, i) => {
          code.store(get(out), value, bytes(width) * i + 16 * v);
        });
        for (const pointer of pointers) code.increase(pointer, int(16));
      });
      code.increase(out, int(4 * bytes(width)));
      code.increase(steps, int(-4));
    });
    code.while(get(steps), () => {
      quarters.flat().forEach((pointer, i) => {
        code.storeFloat(get(out), loadFloat(get(pointer)), bytes(i));
        code.increase(pointer, int(4));
      });
      code.increase(out, int(bytes(width)));
      code.increase(steps, int(-1));
    });
  };
  const scattered = (): void => {
    code.set(j, int(0));
    code.set(from, get(b));
    code.while(lessI(get(j), int(width)), () => {
      code.set(at, get(from));
      code.set(to, addI(get(out), shiftLeftI(get(j), int(2))));
      code.set(steps, get(k));
      code.if(
        lessI(get(j), get(columns)),
        () => {
          code.while(get(steps), () => {
            code.storeFloat(get(to), loadFloat(get(at)));
            code.increase(at, get(row));
            code.increase(to, int(bytes(width)));
            code.increase(steps, int(-1));
          });
        },
        () => {
          code.while(get(steps), () => {
            code.storeFloat(get(to), float(0));
            code.increase(to, int(bytes(width)));
            code.increase(steps, int(-1));
          });
        },
      );
      code.increase(from, get(column));
      code.increase(j, int(1));
    });
    code.increase(out, mulI(get(k), int(bytes(width))));
  };
  code.while(lessI(int(0), get(columns)), () => {
    code.if(andI(contiguous, whole), sequential, () => {
      code.if(andI(turned, whole), transposed, scattered);
    });
    code.increase(b, mulI(int(width), get(column)));
    code.increase(columns, int(-width));
  });
  return code;
}

/** Four vectors as the rows of a 4 × 4 matrix; its columns. */
function transposeFour(code: Code, rows: readonly Value[]): Value[] {
  const [a, b, c, d] = rows.map((row) => code.let('v128', row)) as [Value, Value, Value, Value];
  const [low, low2] = [code.let('v128', shuffle(a, b, [0, 4, 1, 5])), code.let('v128', shuffle(c, d, [0, 4, 1, 5]))];
  const [top, top2] = [code.let('v128', shuffle(a, b, [2, 6, 3, 7])), code.let('v128', shuffle(c, d, [2, 6, 3, 7]))];
  return [
    shuffle(low, low2, [0, 1, 4, 5]),
    shuffle(low, low2, [2, 3, 6, 7]),
    shuffle(top, top2, [0, 1, 4, 5]),
    shuffle(top, top2, [2, 3, 6, 7]),
  ];
}
