import { zstdDecompressSync } from 'node:zlib';
import { compressSync, uncompressSync } from 'snappy';

/** How `version.bytes` is stored: 0 as received, 1 zstd (RFC 8878), which older versions have, 2 snappy. */
export type Stored = { readonly bytes: Buffer; readonly encoding: 0 | 2 };

/** Below this little is saved. */
const WORTH_COMPRESSING = 200;
/** Else the output lies outside V8's heap, where each buffer costs more than what is in it. */
const copied = { copyOutputData: true };

export function store(received: Uint8Array): Stored {
  const bytes = Buffer.from(received.buffer, received.byteOffset, received.byteLength);
  if (bytes.length < WORTH_COMPRESSING) return { bytes, encoding: 0 };
  const compressed = compressSync(bytes, copied);
  return compressed.length < bytes.length ? { bytes: compressed, encoding: 2 } : { bytes, encoding: 0 };
}

/** The bytes exactly as received. */
export function received({ bytes, encoding }: { readonly bytes: Buffer; readonly encoding: number }): Buffer {
  switch (encoding) {
    case 0: return bytes;
    case 1: return zstdDecompressSync(bytes);
    case 2: return uncompressSync(bytes, { ...copied, asBuffer: true }) as Buffer;
    default: throw new RangeError(`stored bytes of an encoding that this program does not know: ${encoding}`);
  }
}
