/**
 * How values cross between the judge and the learner's realm: one text (JSON) and one block of bytes. A text is put
 * together from primitives and read by the captured `JSON.parse`, so nothing that a learner did to their realm's
 * built-ins takes part; every property is read once; what cannot cross is named in words (a `ForeignValue`)
 * instead of failing; and both directions are bounded in depth, length and bytes. Tensors cross as dtype, shape and contiguous
 * bytes, whatever view they were.
 */
import {
  Bytes,
  Doubles,
  Floats,
  append,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isArray,
  isFinite,
  isSafeInteger,
  objectPrototype,
  ownKeys,
  parseJson,
  setBytes,
  sliceText,
  tagOf,
  toJson,
  typedArrayBuffer,
  typedArrayLength,
  typedArrayOffset,
  typedArrayTag,
} from './intrinsics';
import { ForeignValue } from '../present/foreignValue';

export interface Wire {
  readonly text: string;
  readonly bytes: ArrayBuffer;
}

export type DType = 'float32' | 'float64';

export interface TensorParts {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Row-major and contiguous. */
  readonly data: Float32Array | Float64Array;
}

/** A tensor before anything about it has been believed. */
export interface UnreadTensor {
  readonly dtype: unknown;
  readonly shape: unknown;
  data(): unknown;
}

/** What the wire knows of tensors: how this realm's own are taken apart and made. */
export interface WireTensors {
  /** `undefined` when `value` is no tensor. `data` is asked for only once the shape is known to be sane. */
  read(value: object): UnreadTensor | undefined;
  make(parts: TensorParts): object;
}

export const wireLimits = { depth: 32, items: 2_000_000, textLength: 100_000, bytes: 256 * 1024 * 1024, rank: 16 };

interface Block {
  readonly source: Uint8Array;
  readonly offset: number;
  readonly previous: Block | undefined;
}

interface Ancestors {
  readonly value: object;
  readonly above: Ancestors | undefined;
}

interface Writing {
  readonly tensors: WireTensors;
  items: number;
  byteLength: number;
  blocks: Block | undefined;
}

/** Writes `value`. Never throws: a value that throws when it is read becomes a `ForeignValue` that says so. */
export function encode(value: unknown, tensors: WireTensors): Wire {
  const writing: Writing = { tensors, items: 0, byteLength: 0, blocks: undefined };
  let text: string;
  try {
    text = write(value, { writing, above: undefined, depth: 0 });
  } catch {
    text = foreign('something that cannot be read: reading it throws');
  }
  const bytes = new Bytes(writing.byteLength);
  for (let block = writing.blocks; block !== undefined; block = block.previous) {
    setBytes(bytes, block.source, block.offset);
  }
  return { text, bytes: bytes.buffer };
}

function foreign(description: string): string {
  return '["x",' + toJson(description) + ']';
}

interface Position {
  readonly writing: Writing;
  readonly above: Ancestors | undefined;
  readonly depth: number;
}

function write(value: unknown, position: Position): string {
  const { writing } = position;
  writing.items += 1;
  switch (typeof value) {
    case 'number':
      return isFinite(value) ? (Object.is(value, -0) ? '-0' : '' + value) : '["n","' + value + '"]';
    case 'boolean':
      return value ? 'true' : 'false';
    case 'string':
      return value.length <= wireLimits.textLength
        ? toJson(value)
        : foreign('a text of ' + value.length + ' characters');
    case 'undefined':
      return '["u"]';
    case 'bigint':
      return foreign('a bigint');
    case 'symbol':
      return foreign('a symbol');
    case 'function':
      return foreign('a function');
    case 'object':
      return value === null ? 'null' : writeObject(value, position);
  }
}

function writeObject(value: object, position: Position): string {
  const { writing, above, depth } = position;
  for (let ancestor = above; ancestor !== undefined; ancestor = ancestor.above) {
    if (ancestor.value === value) return foreign('a reference back to an object that contains it');
  }
  if (depth >= wireLimits.depth) return foreign('something nested more than ' + wireLimits.depth + ' deep');
  const inside: Position = { writing, above: { value, above }, depth: depth + 1 };
  try {
    const parts = writing.tensors.read(value);
    if (parts !== undefined) return writeTensor(parts, writing);
    if (isArray(value)) return writeArray(value, inside);
    const kind = typedArrayTag(value);
    if (typeof kind === 'string') return foreign('a ' + kind + ' of ' + typedArrayLength(value) + ' numbers');
    const prototype = getPrototypeOf(value);
    if (prototype === objectPrototype || prototype === null) return writePlain(value, inside);
    if (tagOf(value) === '[object Promise]') return foreign('a promise');
    return foreign(describeInstance(value, prototype));
  } catch {
    return foreign('an object that throws when it is read');
  }
}

function describeInstance(value: object, prototype: object): string {
  const maker: unknown = getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  const name: unknown = typeof maker === 'function' ? getOwnPropertyDescriptor(maker, 'name')?.value : undefined;
  if (typeof name === 'string' && name.length > 0 && name.length < 80) return 'an instance of ' + name;
  return 'an object that prints as ' + sliceText(tagOf(value), 0, 80);
}

function writeArray(value: readonly unknown[], position: Position): string {
  // Through the descriptor, because a proxy of an array is an array too, and may say anything.
  const length: unknown = getOwnPropertyDescriptor(value, 'length')?.value;
  if (!isLength(length)) return foreign('an array without a length');
  if (length + position.writing.items > wireLimits.items) return foreign('an array of ' + length + ' items');
  let text = '["a"';
  for (let index = 0; index < length; index += 1) {
    text += ',' + writeMember(value, index, position);
  }
  return text + ']';
}

function writePlain(value: object, position: Position): string {
  const keys = ownKeys(value);
  if (keys.length + position.writing.items > wireLimits.items)
    return foreign('an object of ' + keys.length + ' members');
  let text = '["o"';
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    if (typeof key === 'string') text += ',' + toJson(key) + ',' + writeMember(value, key, position);
  }
  return text + ']';
}

/** Reads the member once, through its descriptor: a getter is named, not run. */
function writeMember(owner: object, key: string | number, position: Position): string {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  if (descriptor === undefined) return '["u"]';
  if (descriptor.get !== undefined || descriptor.set !== undefined) return foreign('a getter');
  return write(descriptor.value, position);
}

function writeTensor(parts: UnreadTensor, writing: Writing): string {
  const { dtype, shape } = parts;
  if (!isArray(shape)) return foreign('a tensor whose shape is not a list');
  const rank = shape.length;
  if (rank > wireLimits.rank) return foreign('a tensor of rank ' + rank);
  let size = 1;
  let shapeText = '[';
  for (let axis = 0; axis < rank; axis += 1) {
    const length: unknown = getOwnPropertyDescriptor(shape, axis)?.value;
    if (!isLength(length)) return foreign('a tensor whose shape holds something that is not a length');
    size *= length;
    shapeText += (axis === 0 ? '' : ',') + length;
  }
  const byteLength = size * (dtype === 'float32' ? 4 : 8);
  const offset = writing.byteLength;
  if (!(offset + byteLength <= wireLimits.bytes)) return foreign('a tensor of ' + size + ' numbers');
  const data = parts.data();
  const kind = typedArrayTag(data);
  if ((dtype !== 'float32' || kind !== 'Float32Array') && (dtype !== 'float64' || kind !== 'Float64Array')) {
    return foreign('a tensor whose data does not fit its dtype');
  }
  if (typedArrayLength(data) !== size) return foreign('a tensor whose data does not fit its shape');
  const source = new Bytes(typedArrayBuffer(data), typedArrayOffset(data), byteLength);
  writing.blocks = { source, offset, previous: writing.blocks };
  // Every block starts where a float64 may start.
  writing.byteLength += byteLength + ((8 - (byteLength % 8)) % 8);
  return '["t","' + dtype + '",' + shapeText + '],' + offset + ']';
}

function isLength(value: unknown): value is number {
  // Not −0 either, which is no length that anybody would write.
  return isSafeInteger(value) && (value as number) >= 0 && 1 / (value as number) > 0;
}

/** Reads what `encode` wrote, strictly: anything else becomes a `ForeignValue`. Never throws for a malformed message. */
export function decode(wire: Wire, tensors: WireTensors): unknown {
  try {
    return read(parseJson(wire.text), { bytes: wire.bytes, tensors }, 0);
  } catch {
    return new ForeignValue('an answer that the harness cannot read');
  }
}

interface Reading {
  readonly bytes: ArrayBuffer;
  readonly tensors: WireTensors;
}

class Malformed extends Error {}

function read(node: unknown, reading: Reading, depth: number): unknown {
  if (node === null || typeof node === 'number' || typeof node === 'string' || typeof node === 'boolean') return node;
  if (!isArray(node) || depth > wireLimits.depth + 1) throw new Malformed();
  const items = node as readonly unknown[];
  switch (items[0]) {
    case 'u':
      return undefined;
    case 'n':
      return items[1] === 'NaN'
        ? NaN
        : items[1] === 'Infinity'
          ? Infinity
          : items[1] === '-Infinity'
            ? -Infinity
            : fail();
    case 'x':
      return typeof items[1] === 'string' ? new ForeignValue(items[1]) : fail();
    case 'a': {
      const list: unknown[] = [];
      for (let index = 1; index < items.length; index += 1) append(list, read(items[index], reading, depth + 1));
      return list;
    }
    case 'o': {
      const object = {};
      for (let index = 1; index < items.length; index += 2) {
        const key = items[index];
        if (typeof key !== 'string' || index + 1 >= items.length) throw new Malformed();
        const value = read(items[index + 1], reading, depth + 1);
        defineProperty(object, key, {
          __proto__: null,
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        } as PropertyDescriptor);
      }
      return object;
    }
    case 't':
      return readTensor(items, reading);
    default:
      throw new Malformed();
  }
}

function fail(): never {
  throw new Malformed();
}

function readTensor(items: readonly unknown[], reading: Reading): object {
  const dtype = items[1];
  const shape = items[2];
  const offset = items[3];
  if ((dtype !== 'float32' && dtype !== 'float64') || !isArray(shape) || !isLength(offset)) throw new Malformed();
  if (shape.length > wireLimits.rank || offset % 8 !== 0) throw new Malformed();
  let size = 1;
  for (let axis = 0; axis < shape.length; axis += 1) {
    const length: unknown = shape[axis];
    if (!isLength(length)) throw new Malformed();
    size *= length;
  }
  const byteLength = size * (dtype === 'float32' ? 4 : 8);
  const available = new Bytes(reading.bytes).length;
  if (!isSafeInteger(byteLength) || offset + byteLength > available) throw new Malformed();
  // A copy of its own, so that no two tensors share memory that one of them may change.
  const copy = new Bytes(byteLength);
  setBytes(copy, new Bytes(reading.bytes, offset, byteLength));
  const data = dtype === 'float32' ? new Floats(copy.buffer) : new Doubles(copy.buffer);
  return reading.tensors.make({ dtype, shape: shape as readonly number[], data });
}

/** Whether two values are the same on the wire: same text, same bytes. */
export function sameWire(a: Wire, b: Wire): boolean {
  if (a.text !== b.text) return false;
  const left = new Bytes(a.bytes);
  const right = new Bytes(b.bytes);
  const length = typedArrayLength(left);
  if (length !== typedArrayLength(right)) return false;
  for (let index = 0; index < length; index += 1) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}
