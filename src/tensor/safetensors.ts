/**
 * Tensors as bytes that other programs read too: the safetensors format, whose specification fits in a sentence. Eight
 * bytes give the length N of a header, little-endian; N bytes of JSON name each tensor's dtype, shape and place; the
 * entries follow, row-major and little-endian. (github.com/huggingface/safetensors.)
 */
import { inWords, sameShape, sizeOf } from './shape';
import { namedParameters } from './nn/parameters';
import { layoutOf, ofValues, peekAt, type DType, type Tensor, type Values } from './tensor';

/** The bytes are no safetensors file, or do not fit the model they are to be loaded into. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

const formats: Readonly<Record<DType, string>> = { float32: 'F32', float64: 'F64' };

/** The bytes of a safetensors file of these tensors by name: `saveTensors(namedParameters(model))`. */
export function saveTensors(tensors: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>): Uint8Array {
  const named = tensors instanceof Map ? [...tensors] : Object.entries(tensors as Record<string, Tensor>);
  let end = 0;
  const entries = named.map(([name, x]: readonly [string, Tensor]) => {
    if (name === '__metadata__') throw new SafetensorsError('safetensors: no tensor can be called __metadata__');
    const begin = end;
    end += x.size * (x.dtype === 'float64' ? 8 : 4);
    return [name, { dtype: formats[x.dtype], shape: x.shape, data_offsets: [begin, end] }] as const;
  });
  const json = utf8(JSON.stringify(Object.fromEntries(entries)));
  // The header is filled up with spaces, so that the entries begin at a multiple of 8.
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, 8);
  named.forEach(([, x]: readonly [string, Tensor], i) => {
    const data = peekAt(x);
    const begin = entries[i]?.[1].data_offsets[0] ?? 0;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + length + begin);
  });
  return bytes;
}

/**
 * The tensors in a safetensors file by name, in the order of its header. Throws a `SafetensorsError` that says what is
 * wrong with it.
 */
export function loadTensors(bytes: Uint8Array): Map<string, Tensor> {
  const { header, start } = headerOf(bytes);
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, begin, end } = entryIn(name, entry);
    const size = sizeOf(shape) * (dtype === 'float64' ? 8 : 4);
    if (end - begin !== size || start + end > bytes.length) {
      throw new SafetensorsError(
        `safetensors: "${name}" of shape ${inWords(shape)} takes ${size} bytes, but its place is from ${begin} to ${end} of ` +
          `${bytes.length - start}; is the file whole?`,
      );
    }
    // A copy starts at a multiple of 8, as its entries must.
    const { buffer } = bytes.slice(start + begin, start + end);
    tensors.set(name, ofValues(dtype === 'float64' ? new Float64Array(buffer) : new Float32Array(buffer), shape));
  }
  return tensors;
}

/**
 * Fills the parameters of `model` from a safetensors file, by name. Nothing is changed unless everything fits: a
 * `SafetensorsError` lists what is missing in the file, what the model does not have, and what has another shape.
 * `partial: true` loads what both have, and returns the names of the rest.
 */
export function loadParameters(
  model: object,
  bytes: Uint8Array,
  { partial = false }: { readonly partial?: boolean } = {},
): { missing: string[]; unexpected: string[] } {
  const saved = loadTensors(bytes);
  const wanted = namedParameters(model);
  const missing = [...wanted.keys()].filter((name) => !saved.has(name));
  const unexpected = [...saved.keys()].filter((name) => !wanted.has(name));
  const pairs = [...wanted].flatMap(([name, x]) => {
    const stored = saved.get(name);
    return stored ? [{ name, x, stored }] : [];
  });
  const misshaped = pairs
    .filter(({ x, stored }) => !sameShape(x.shape, stored.shape))
    .map(
      ({ name, x, stored }) => `"${name}" is ${inWords(stored.shape)} in the file and ${inWords(x.shape)} in the model`,
    );
  const problems = [
    ...(missing.length > 0 && !partial ? [`the file lacks ${quoted(missing)}`] : []),
    ...(unexpected.length > 0 && !partial ? [`the model has no ${quoted(unexpected)}`] : []),
    ...misshaped,
  ];
  if (problems.length > 0) throw new SafetensorsError(`loadParameters: ${problems.join('; ')}`);
  for (const { x, stored } of pairs) overwrite(x, stored.data);
  return { missing, unexpected };
}

/** Writes into the parameter where it lies, so that optimisers and views see the new entries. */
function overwrite(x: Tensor, values: Values): void {
  const { storage, offset } = layoutOf(x);
  storage.set(values, offset);
}

function headerOf(bytes: Uint8Array): { header: object; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? Infinity : Number(view.getBigUint64(0, true));
  if (length > bytes.length - 8) {
    throw new SafetensorsError(
      bytes.length < 8
        ? `safetensors: ${bytes.length} bytes are no file; it starts with the length of its header in 8`
        : `safetensors: the header is to have ${length} bytes, but only ${bytes.length - 8} follow; is this a safetensors file?`,
    );
  }
  let header: unknown;
  try {
    header = JSON.parse(textOf(bytes.subarray(8, 8 + length)));
  } catch (error) {
    throw new SafetensorsError('safetensors: the header is no JSON; is this a safetensors file?', { cause: error });
  }
  if (typeof header !== 'object' || header === null) throw new SafetensorsError('safetensors: the header is no object');
  return { header, start: 8 + length };
}

function entryIn(name: string, entry: unknown): { dtype: DType; shape: number[]; begin: number; end: number } {
  const { dtype, shape, data_offsets: place } = (entry ?? {}) as Record<string, unknown>;
  const known = Object.entries(formats).find(([, format]) => format === dtype)?.[0] as DType | undefined;
  if (known === undefined) {
    throw new SafetensorsError(`safetensors: "${name}" is kept as ${String(dtype)}; F32 and F64 can be read`);
  }
  const [begin, end] = areLengths(place) ? place : [];
  if (!areLengths(shape) || begin === undefined || end === undefined || begin > end) {
    throw new SafetensorsError(
      `safetensors: the header says of "${name}" neither a shape nor a place that can be read`,
    );
  }
  return { dtype: known, shape, begin, end };
}

function areLengths(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && (length as number) >= 0);
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 6).map((name) => `"${name}"`);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}

// The language itself has no other way to UTF-8, and this library uses nothing of its host. Lone surrogates, which
// UTF-8 cannot hold, are escaped by JSON already.
function utf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text);
  return Uint8Array.from(
    escaped.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    (character) => character.charCodeAt(0),
  );
}

function textOf(bytes: Uint8Array): string {
  return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
}
