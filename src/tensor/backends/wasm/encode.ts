/**
 * An assembler for WebAssembly, as much of it as the kernels beside it need. A `Value` is a piece of code that leaves one
 * value on the stack, so formulas are written as nested calls (`mul(x, add(x, one))`); a `Code` is a function under
 * construction. Nothing is compiled from text: bytes go straight to `WebAssembly.Module`, which a policy that forbids
 * code generation from strings allows.
 *
 * Source of every number here: the WebAssembly core specification 2.0, "Binary Format", and the relaxed SIMD proposal.
 */

/** Emits instructions that leave one value on the stack. */
export type Value = (code: Code) => void;

export const types = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
export type Type = keyof typeof types;

export interface Parameter {
  readonly name: string;
  readonly type: Type;
}

/** One function under construction: parameters first, then locals as they are asked for. */
export class Code {
  readonly bytes: number[] = [];
  readonly #locals: Type[] = [];

  constructor(
    readonly name: string,
    readonly parameters: readonly Type[],
  ) {}

  local(type: Type): number {
    this.#locals.push(type);
    return this.parameters.length + this.#locals.length - 1;
  }

  emit(...bytes: readonly number[]): void {
    for (const byte of bytes) this.bytes.push(byte);
  }

  set(local: number, value: Value): void {
    value(this);
    this.emit(0x21, ...unsigned(local));
  }

  /** Computes `value` now, once, and returns a value that reads it as often as needed. */
  let(type: Type, value: Value): Value {
    const local = this.local(type);
    this.set(local, value);
    return get(local);
  }

  /** `local += value`, for counters and addresses. */
  increase(local: number, value: Value): void {
    this.set(local, addI(get(local), value));
  }

  /** `body` again and again while `condition` is not 0, tested first. */
  while(condition: Value, body: () => void): void {
    this.if(condition, () => {
      this.emit(0x03, 0x40);
      body();
      condition(this);
      this.emit(0x0d, 0, 0x0b);
    });
  }

  if(condition: Value, body: () => void, otherwise?: () => void): void {
    condition(this);
    this.emit(0x04, 0x40);
    body();
    if (otherwise) {
      this.emit(0x05);
      otherwise();
    }
    this.emit(0x0b);
  }

  /** Stores a vector, a float or one lane of a vector at `address + offset`. */
  store(address: Value, value: Value, offset = 0): void {
    address(this);
    value(this);
    this.emit(...simd(0x0b), 2, ...unsigned(offset));
  }

  storeFloat(address: Value, value: Value, offset = 0): void {
    address(this);
    value(this);
    this.emit(0x38, 2, ...unsigned(offset));
  }

  storeFirstLane(address: Value, value: Value): void {
    address(this);
    value(this);
    this.emit(...simd(0x5a), 2, 0, 0);
  }

  body(): number[] {
    const locals = this.#locals.flatMap((type) => [1, types[type]]);
    const bytes = [...unsigned(this.#locals.length), ...locals];
    return [...unsigned(bytes.length + this.bytes.length + 1), ...bytes, ...this.bytes, 0x0b];
  }
}

/** A module that imports `env.memory` and exports each function under its name. */
export function assemble(
  functions: readonly Code[],
  memory: { shared: boolean; initial: number; maximum: number },
): Uint8Array<ArrayBuffer> {
  const text = (word: string): number[] => [...unsigned(word.length), ...Array.from(word, (c) => c.charCodeAt(0))];
  const bytes: number[] = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const section = (id: number, parts: readonly (readonly number[])[]): void => {
    const count = unsigned(parts.length);
    bytes.push(id, ...unsigned(parts.reduce((sum, part) => sum + part.length, count.length)), ...count);
    for (const part of parts) for (const byte of part) bytes.push(byte);
  };
  section(
    1,
    functions.map((f) => [0x60, ...unsigned(f.parameters.length), ...f.parameters.map((type) => types[type]), 0]),
  );
  const limits = [memory.shared ? 3 : 1, ...unsigned(memory.initial), ...unsigned(memory.maximum)];
  section(2, [[...text('env'), ...text('memory'), 2, ...limits]]);
  section(
    3,
    functions.map((_, i) => unsigned(i)),
  );
  section(
    7,
    functions.map((f, i) => [...text(f.name), 0, ...unsigned(i)]),
  );
  section(
    10,
    functions.map((f) => f.body()),
  );
  return Uint8Array.from(bytes);
}

export function unsigned(n: number): number[] {
  const bytes: number[] = [];
  let rest = n >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

function signed(n: number): number[] {
  const bytes: number[] = [];
  for (let rest = n | 0; ; rest >>= 7) {
    const low = rest & 0x7f;
    const last = rest >> 6 === 0 || rest >> 6 === -1;
    bytes.push(last ? low : low | 0x80);
    if (last) return bytes;
  }
}

function simd(opcode: number): number[] {
  return [0xfd, ...unsigned(opcode)];
}

// Scalars.
export const get =
  (local: number): Value =>
  (code) =>
    code.emit(0x20, ...unsigned(local));
export const int =
  (n: number): Value =>
  (code) =>
    code.emit(0x41, ...signed(n));
export const float =
  (x: number): Value =>
  (code) =>
    code.emit(0x43, ...new Uint8Array(Float32Array.of(x).buffer));
const plain =
  (opcode: number) =>
  (...operands: readonly Value[]): Value =>
  (code) => {
    for (const operand of operands) operand(code);
    code.emit(opcode);
  };
export const addI = plain(0x6a);
export const subI = plain(0x6b);
export const mulI = plain(0x6c);
export const andI = plain(0x71);
export const shiftLeftI = plain(0x74);
export const shiftRightI = plain(0x76);
export const isZeroI = plain(0x45);
export const lessI = plain(0x48);
export const lessOrEqualI = plain(0x4c);
export const greaterOrEqualI = plain(0x4e);
export const equalI = plain(0x46);
export const addF = plain(0x92);
export const subF = plain(0x93);
export const mulF = plain(0x94);
export const divF = plain(0x95);
export const maxF = plain(0x97);
export const sqrtF = plain(0x91);
export const greaterF = plain(0x5e);
export const equalF = plain(0x5b);
export const notEqualF = plain(0x5c);
export const intToFloat = plain(0xb2);
export const f64ToF32 = plain(0xb6);
/** `a` where `condition` is not 0, else `b`. */
export const select = (a: Value, b: Value, condition: Value): Value => plain(0x1b)(a, b, condition);
export const minI = (a: Value, b: Value): Value => select(a, b, lessI(a, b));

// Memory.
const memory =
  (...opcode: readonly number[]) =>
  (address: Value, offset = 0): Value =>
  (code) => {
    address(code);
    code.emit(...opcode, 2, ...unsigned(offset));
  };
export const load = memory(...simd(0x00));
export const loadSplat = memory(...simd(0x09));
export const loadFirstLane = memory(...simd(0x5c));
export const loadFloat = memory(0x2a);

// Vectors of four floats.
const vector =
  (opcode: number) =>
  (...operands: readonly Value[]): Value =>
  (code) => {
    for (const operand of operands) operand(code);
    code.emit(...simd(opcode));
  };
export const splat = vector(0x13);
export const eq = vector(0x41);
export const ne = vector(0x42);
export const lt = vector(0x43);
export const gt = vector(0x44);
export const le = vector(0x45);
export const ge = vector(0x46);
export const not = vector(0x4d);
export const and = vector(0x4e);
export const andNot = vector(0x4f);
export const or = vector(0x50);
export const xor = vector(0x51);
/** Bits of `a` where `mask` is set, of `b` elsewhere. */
export const choose = (mask: Value, a: Value, b: Value): Value => vector(0x52)(a, b, mask);
export const floor = vector(0x68);
export const nearest = vector(0x6a);
export const absolute = vector(0xe0);
export const neg = vector(0xe1);
export const squareRoot = vector(0xe3);
export const add = vector(0xe4);
export const sub = vector(0xe5);
export const mul = vector(0xe6);
export const div = vector(0xe7);
export const min = vector(0xe8);
export const max = vector(0xe9);
/** `b` where it is greater, else `a`: one instruction on x86, which `max` with its care for NaN and −0 is not. */
export const quickMax = vector(0xeb);
export const quickMin = vector(0xea);
export const relaxedMulAdd = vector(0x105);

// Lanes as whole numbers.
export const addLanes = vector(0xae);
export const subLanes = vector(0xb1);
export const shiftLeftLanes = vector(0xab);
export const shiftRightLanes = vector(0xac);
export const toLanes = vector(0xf8);
export const fromLanes = vector(0xfa);

// Sums in 64 bits.
export const addD = vector(0xf0);
export const promoteLow = vector(0x5f);

/** Where the constants of all kernels lie in memory. */
export const constantsAddress = 8192;
/** Their bits, in order, each once; whoever makes the memory puts them there. */
export const constants: number[] = [];
const places = new Map<number, number>();

/**
 * Four times the same 32 bits, read from memory. On x86 that is one instruction, where a constant within the code takes V8
 * four, in every turn of a loop with more constants than registers: it halved the time of exponentials.
 */
function repeatedBits(bits: number): Value {
  if (bits === 0)
    return (code) => {
      code.emit(...simd(0x0c), ...new Uint8Array(16));
    };
  let place = places.get(bits);
  if (place === undefined) {
    place = constants.push(bits) - 1;
    places.set(bits, place);
  }
  return loadSplat(int(0), constantsAddress + 4 * place);
}

export const floats = (x: number): Value => repeatedBits(new Int32Array(Float32Array.of(x).buffer)[0] ?? 0);
export const ints = (n: number): Value => repeatedBits(n | 0);
export const zeroVector = floats(0);

export const lane =
  (x: Value, index: number): Value =>
  (code) => {
    x(code);
    code.emit(...simd(0x1f), index);
  };
export const laneD =
  (x: Value, index: number): Value =>
  (code) => {
    x(code);
    code.emit(...simd(0x21), index);
  };
/** Four lanes picked from the eight of `a` (0–3) and `b` (4–7). */
export const shuffle =
  (a: Value, b: Value, lanes: readonly number[]): Value =>
  (code) => {
    a(code);
    b(code);
    code.emit(...simd(0x0d), ...lanes.flatMap((l) => [4 * l, 4 * l + 1, 4 * l + 2, 4 * l + 3]));
  };
export const addDouble = plain(0xa0);

/** `f` applied to all four lanes until one value is left in every lane. */
export function foldLanes(code: Code, x: Value, f: (a: Value, b: Value) => Value): Value {
  const once = code.let('v128', x);
  const pairs = code.let('v128', f(once, shuffle(once, once, [2, 3, 0, 1])));
  return code.let('v128', f(pairs, shuffle(pairs, pairs, [1, 0, 3, 2])));
}

/** The sum of the four lanes, in every lane. */
export const sumLanes = (code: Code, x: Value): Value => foldLanes(code, x, (a, b) => add(a, b));
