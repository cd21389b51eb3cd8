/**
 * Reads IDX files, the form in which the MNIST database is distributed (LeCun, Cortes and Burges): two zero bytes, one for
 * the type of the entries, one for the number of axes, the size of each axis in four bytes, the most significant first,
 * then the entries, row-major. Gzipped or not. The file may be anybody's, so what does not fit is said in one sentence.
 */
import { DataFileError } from './dataFolder';
import { gunzipped } from './gunzip';

export interface IdxFile {
  readonly shape: readonly number[];
  /** The entries, one byte each. */
  readonly bytes: Uint8Array;
}

export interface IdxExpectation {
  /** The file's name, for messages. */
  readonly file: string;
  /** What its entries are, and how many axes that takes. */
  readonly holds: 'images' | 'labels';
}

const axesOf = { images: 3, labels: 1 } as const;

/** The entries of an IDX file of bytes. Rejects with a `DataFileError`. */
export async function readIdx(raw: Uint8Array, { file, holds }: IdxExpectation): Promise<IdxFile> {
  const bytes = await gunzipped(raw, file);
  const header = readHeader(bytes, { file, holds });
  const start = 4 + 4 * header.shape.length;
  const expected = header.shape.reduce((product, size) => product * size, 1);
  const found = bytes.byteLength - start;
  const sizes = header.shape.join(' × ');
  if (found < expected) {
    throw new DataFileError(
      file,
      `${file} breaks off: its header promises ${sizes} = ${expected} bytes, and only ${Math.max(0, found)} follow. It was probably not downloaded to its end; fetch it again.`,
    );
  }
  if (found > expected) {
    throw new DataFileError(
      file,
      `${file} goes on too long: its header promises ${sizes} = ${expected} bytes, and ${found} follow. Header and entries do not belong together; fetch it again.`,
    );
  }
  return { shape: header.shape, bytes: bytes.subarray(start) };
}

function readHeader(bytes: Uint8Array, { file, holds }: IdxExpectation): { readonly shape: readonly number[] } {
  const [first, second, type, axes = 0] = bytes;
  if (bytes.byteLength < 4 || first !== 0 || second !== 0) {
    throw new DataFileError(
      file,
      `${file} is not an IDX file: ${foreignWords(bytes)}. An IDX file of ${holds} begins with the bytes 00 00 08 0${axesOf[holds]}.`,
    );
  }
  if (type !== 0x08) {
    throw new DataFileError(
      file,
      `${file} is an IDX file whose entries are ${typeWords(type)}; ${holds} are unsigned bytes (type 08).`,
    );
  }
  if (axes !== axesOf[holds]) {
    const other = axes === axesOf.labels ? 'labels' : axes === axesOf.images ? 'images' : `${axes} axes`;
    throw new DataFileError(
      file,
      `${file} should hold ${holds}, but its header says ${other}. Look whether two files have been exchanged or renamed.`,
    );
  }
  if (bytes.byteLength < 4 + 4 * axes) {
    throw new DataFileError(file, `${file} breaks off within its header. Fetch it again.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { shape: Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis)) };
}

/** What a file that is no IDX file looks like. */
function foreignWords(bytes: Uint8Array): string {
  if (bytes.byteLength === 0) {
    return 'it is empty';
  }
  const start = bytes.subarray(0, 4);
  const shown = `it begins with ${[...start].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
  const text = String.fromCharCode(...start);
  if (text.startsWith('PK')) {
    return `${shown}, as a zip archive does, which has to be unpacked first`;
  }
  if (text.trimStart().startsWith('<')) {
    return `${shown}, as a web page does, perhaps one that says why there was no download`;
  }
  return /^\x89PNG|^\xff\xd8/.test(text) ? `${shown}, as a picture does` : shown;
}

function typeWords(type: number | undefined): string {
  const known: Readonly<Record<number, string>> = {
    0x09: 'signed bytes (type 09)',
    0x0b: '16-bit integers (type 0b)',
    0x0c: '32-bit integers (type 0c)',
    0x0d: '32-bit floating-point numbers (type 0d)',
    0x0e: '64-bit floating-point numbers (type 0e)',
  };
  return known[type ?? 0] ?? `of the unknown type ${(type ?? 0).toString(16).padStart(2, '0')}`;
}
