import { createHash } from 'node:crypto';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from './definition-store.ts';

/** Rises when what slim.ts keeps or this layout changes. */
const layout = 8;

/** `<hash>-<layout>.defs`: 8 bytes length of the head, the head (JSON without blob), the blob; SHA-256 of the blob is in the head. */
const decode = (bytes: Buffer): Store | undefined => {
  if (bytes.length < 8) return undefined;
  const length = Number(bytes.readBigUInt64LE(0));
  if (length > bytes.length - 8) return undefined;
  const { size, ...head } = JSON.parse(bytes.subarray(8, 8 + length).toString('utf8')) as Omit<Store, 'blob'> & { size: number };
  const blob = bytes.subarray(8 + length);
  return blob.length === size ? { ...head, blob } : undefined; // cut short by a full disk: made anew
};

/** A file in memory that threads can share. */
const readShared = async (file: string): Promise<Buffer> => {
  const handle = await open(file);
  try {
    const bytes = Buffer.from(new SharedArrayBuffer((await handle.stat()).size));
    let at = 0;
    for (let read = 1; read > 0 && at < bytes.length; at += read) read = (await handle.read(bytes, at)).bytesRead;
    return bytes.subarray(0, at);
  } finally { await handle.close(); }
};

/** A store by the content hash of what it is made from: read from disk, or made and written there. */
export const cachedStore = async (folder: string, hash: string, make: (hash: string) => Promise<Store>): Promise<Store> => {
  const file = join(folder, `${hash.slice(0, 32)}-${layout}.defs`);
  try {
    const known = decode(await readShared(file));
    if (known?.hash === hash) return known;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
  }
  const store = await make(hash);
  const { blob, ...rest } = store;
  const head = Buffer.from(JSON.stringify({ ...rest, size: blob.length }));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(head.length));
  await mkdir(folder, { recursive: true });
  const part = `${file}.${process.pid}.${createHash('sha256').update(head).digest('hex').slice(0, 8)}`;
  await writeFile(part, Buffer.concat([size, head, blob]));
  await rename(part, file); // whole or not at all, also with several processes
  return store;
};
