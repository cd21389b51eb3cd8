/**
 * The built-in functions that the protocol relies on, captured when this module is first evaluated. In the learner's
 * realm that is before any of their code runs, so whatever they do to `Array.prototype` or `JSON` afterwards, answers
 * are still read and written by the originals.
 */
type MethodOf<Prototype, Name extends keyof Prototype> = Prototype[Name] extends (...args: infer A) => infer R
  ? (self: Prototype, ...args: A) => R
  : never;

export const { apply, defineProperty, deleteProperty, get, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } =
  Reflect;
export const { setPrototypeOf } = Reflect;
export const { create } = Object;
export const { parse: parseJson, stringify: toJson } = JSON;
export const { isArray } = Array;
export const { isFinite, isInteger, isSafeInteger } = Number;
export const { max, min } = Math;
export const objectPrototype = Object.prototype;
export const Bytes = Uint8Array;
export const Floats = Float32Array;
export const Doubles = Float64Array;
export const OwnError = Error;

/** `prototype[name]` as a function that takes its receiver first and no longer depends on the prototype. */
function captured<Prototype extends object, Name extends keyof Prototype>(
  prototype: Prototype,
  name: Name,
): MethodOf<Prototype, Name> {
  const method = prototype[name] as (...args: unknown[]) => unknown;
  return ((self: Prototype, ...args: unknown[]) => apply(method, self, args)) as MethodOf<Prototype, Name>;
}

function capturedGetter(prototype: object, name: string | symbol): (self: unknown) => unknown {
  // eslint would rather not see the getter unbound; here that is the point, and `apply` gives it its receiver.
  const getter = getOwnPropertyDescriptor(prototype, name)?.get as () => unknown;
  return (self) => apply(getter, self, []);
}

const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype)!;
export const typedArrayTag = capturedGetter(typedArrayPrototype, Symbol.toStringTag);
export const typedArrayLength = capturedGetter(typedArrayPrototype, 'length') as (self: unknown) => number;
export const typedArrayBuffer = capturedGetter(typedArrayPrototype, 'buffer') as (self: unknown) => ArrayBuffer;
export const typedArrayOffset = capturedGetter(typedArrayPrototype, 'byteOffset') as (self: unknown) => number;
export const setBytes = captured(Uint8Array.prototype, 'set');
export const sliceText = captured(String.prototype, 'slice');
export const isPrototypeOf = captured(Object.prototype, 'isPrototypeOf');
export const functionText = captured(Function.prototype, 'toString') as (self: unknown) => string;
export const tagOf = captured(Object.prototype, 'toString');

/** Appends to a list by defining the item, which no setter on a prototype can see. */
export function append<Item>(list: Item[], item: Item): void {
  defineProperty(list, list.length, {
    __proto__: null,
    value: item,
    writable: true,
    enumerable: true,
    configurable: true,
  } as PropertyDescriptor);
}
