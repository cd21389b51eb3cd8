/** Unpacks a file of data that may be gzipped, in any host: Node and pages share `DecompressionStream`. */
import { DataFileError } from './dataFolder';

/** More than the largest file of MNIST, unpacked, by a factor of five; what is larger is not unpacked. */
const maxUnpacked = 256 * 1024 * 1024;

/** `bytes` as they are, or what they unpack to. Rejects with a `DataFileError` where a gzip file is damaged or too large. */
export async function gunzipped(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? await unpacked(bytes, file) : bytes;
}

async function unpacked(packed: Uint8Array, file: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const unpacking = new DecompressionStream('gzip');
    const writer = unpacking.writable.getWriter();
    // What goes wrong in here comes out at the reading end, too.
    void writer.write(new Uint8Array(packed)).catch(() => undefined);
    void writer.close().catch(() => undefined);
    const reader = (unpacking.readable as ReadableStream<Uint8Array>).getReader();
    for (let part = await reader.read(); !part.done && length <= maxUnpacked; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.byteLength;
    }
    if (length > maxUnpacked) {
      await reader.cancel();
    }
  } catch (error) {
    throw new DataFileError(
      file,
      `${file} is a gzip file that is damaged or breaks off. It was probably not downloaded to its end; fetch it again.`,
      { cause: error },
    );
  }
  if (length > maxUnpacked) {
    throw new DataFileError(
      file,
      `${file} unpacks to more than ${maxUnpacked / 1024 / 1024} MB, more than a data set may have.`,
    );
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
