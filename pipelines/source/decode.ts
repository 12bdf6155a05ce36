import { createGunzip } from 'node:zlib';

/** RFC 1952: the first two bytes of a gzip member; no JSON, HTML or BOM begins so. */
export const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b;

/** A gzip file sent with Content-Encoding: gzip is compressed twice. */
const LAYERS = 2;

/** Bytes that zlib gives out at once: each is a turn through its thread. */
const INFLATED = 128 * 1024;

/**
 * The bytes behind what was sent: gunzipped where the bytes are gzip, whatever Content-Encoding,
 * Content-Type or the name say (servers send either, asked or not).
 */
export async function* decoded(sent: AsyncIterable<Buffer>, layers = LAYERS): AsyncGenerator<Buffer> {
  const chunks = sent[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  try {
    while (start.length < 2) {
      const next = await chunks.next();
      if (next.done === true) break;
      start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
    }
    if (layers > 0 && isGzip(start)) yield* decoded(gunzipped(start, chunks), layers - 1);
    else {
      if (start.length > 0) yield start;
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

/** What could be decompressed is given out before a failure is thrown; memory is one chunk's expansion. */
async function* gunzipped(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: INFLATED });
  let out: Buffer[] = [];
  let broken: { error: Error } | undefined;
  gunzip.on('data', (chunk: Buffer) => out.push(chunk));
  const failed = new Promise<void>((resolve) => gunzip.on('error', (error) => { broken = { error }; resolve(); }));
  const ended = new Promise<void>((resolve) => gunzip.on('end', resolve));
  try {
    for (let chunk: Buffer | undefined = start; chunk !== undefined && broken === undefined;) {
      const given = chunk;
      await Promise.race([failed, new Promise<void>((resolve) => gunzip.write(given, () => resolve()))]);
      yield* out;
      out = [];
      const next: IteratorResult<Buffer> = await rest.next();
      chunk = next.done === true ? undefined : next.value;
    }
    gunzip.end();
    await Promise.race([failed, ended]);
    yield* out;
    if (broken !== undefined) throw broken.error;
  } finally {
    gunzip.destroy();
  }
}
