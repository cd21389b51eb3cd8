/** Arrays for a kernel that is run as a plain function: they look like nested arrays and watch every read. */
import { rowMajorStrides } from '../shape';
import type { Tensor } from '../tensor';

/** Which cell is being computed. */
export interface Thread {
  x: number;
  y: number;
  z: number;
}

/** A kernel read what is not there. */
export class KernelReadError extends Error {
  override readonly name = 'KernelReadError';
  /** The array's name in the kernel, with the indices before this one: `A`, `A[2]`. */
  readonly array: string;
  /** The index that was read, as it was written: `4`, `-1`, `1.5`, `length`. */
  readonly index: string;
  /** How many entries lie along that axis. */
  readonly length: number;
  readonly thread: Readonly<Thread>;

  constructor(
    message: string,
    { array, index, length, thread }: { array: string; index: string; length: number; thread: Thread },
  ) {
    super(`${message}, in the thread x = ${thread.x}, y = ${thread.y}, z = ${thread.z}`);
    this.array = array;
    this.index = index;
    this.length = length;
    this.thread = { ...thread };
  }
}

/**
 * `tensor` as nested arrays of float32 numbers that can be read at whole numbers inside their lengths and in no other
 * way. `thread` is read whenever something is wrong.
 */
export function guarded({ tensor, name, thread }: { tensor: Tensor; name: string; thread: Thread }): object {
  const { shape } = tensor;
  const values = Float32Array.from(tensor.data);
  const strides = rowMajorStrides(shape);

  const axis = (depth: number, path: string, start: number): object => {
    const length = shape[depth] ?? 0;
    const stride = strides[depth] ?? 0;
    const deepest = depth === shape.length - 1;
    const rows = new Array<object | undefined>(deepest ? 0 : length);
    const refuse = (index: string, message: string): never => {
      throw new KernelReadError(message, { array: path, index, length, thread });
    };
    return new Proxy([], {
      get(_, property) {
        // Arithmetic on a whole row asks it for a primitive value.
        if (typeof property === 'symbol')
          return refuse('', `${path} is a row of ${length} numbers and was used as one number`);
        const index = Number(property);
        if (!Number.isInteger(index)) return refuse(property, wrongIndex(path, property));
        if (index < 0 || index >= length) {
          return refuse(
            property,
            `the kernel read ${path}[${property}], but ${path} has the indices 0 to ${length - 1}`,
          );
        }
        const place = start + index * stride;
        return deepest ? values[place] : (rows[index] ??= axis(depth + 1, `${path}[${property}]`, place));
      },
      set: (_, property) =>
        refuse(
          String(property),
          `the kernel wrote to ${path}[${String(property)}]; a kernel only reads its arrays and returns one number`,
        ),
    });
  };
  return axis(0, name, 0);
}

function wrongIndex(path: string, property: string): string {
  if (property === 'length')
    return `the kernel read ${path}.length, which GPU.js does not have; pass the length as a number`;
  const index = Number(property);
  return Number.isNaN(index) && property !== 'NaN' && property !== 'undefined'
    ? `the kernel read ${path}.${property}; its arrays can only be indexed`
    : `the kernel read ${path}[${property}], and ${property} is not a whole number`;
}
