import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** How `version.bytes` is stored: 0 as received, 1 zstd (RFC 8878). */
export type Stored = { readonly bytes: Buffer; readonly encoding: 0 | 1 };

/** Below this a frame's header eats what it saves. */
const WORTH_COMPRESSING = 200;
const params = { [constants.ZSTD_c_compressionLevel]: 1 };
/** A context is made for each call: one that knows the size, with small buffers, costs under half. */
const CHUNK = 4_096;

export function store(received: Uint8Array): Stored {
  const bytes = Buffer.from(received.buffer, received.byteOffset, received.byteLength);
  if (bytes.length < WORTH_COMPRESSING) return { bytes, encoding: 0 };
  const compressed = zstdCompressSync(bytes, { params, pledgedSrcSize: bytes.length, chunkSize: CHUNK });
  return compressed.length < bytes.length ? { bytes: compressed, encoding: 1 } : { bytes, encoding: 0 };
}

/** The bytes exactly as received. */
export function received(stored: { readonly bytes: Buffer; readonly encoding: number }): Buffer {
  return stored.encoding === 1 ? zstdDecompressSync(stored.bytes, { chunkSize: CHUNK }) : stored.bytes;
}
