import { createReadStream, readSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AssayError } from '../../terms/errors.ts';
import type { NewFile } from '../../storage/run-files.ts';
import { decoded, isGzip } from './decode.ts';
import { passOver } from './pass-over.ts';
import { isResourceType } from './resource-types.ts';

/** `Patient.ndjson`, `Patient.000.ndjson`, `Patient-1.ndjson.gz`, `Patient_2.ndjson`; the type is the leading word where it is one. */
const NDJSON = /\.ndjson(\.gz)?$/i;
const LEADING = /^([A-Za-z]+)(?:[._-]|$)/;

/** NDJSON files of a folder and its subfolders, in the order of their names. @returns `at`: when the newest was written */
export async function listFolder(folder: string): Promise<{ files: NewFile[]; at: Date | undefined }> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile() && NDJSON.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort();
    let newest: Date | undefined;
    for (const path of paths) {
      const { mtime } = await stat(path);
      if (newest === undefined || mtime > newest) newest = mtime;
    }
    return { files: paths.map((path) => ({ name: `output/${relative(folder, path)}`, kind: 'output', type: typeOf(path), url: path })), at: newest };
  } catch (error) {
    throw unreadable(error);
  }
}

/** The type a file's name announces; null for a file of several. */
export function typeOf(path: string): string | null {
  const name = (path.split(/[\\/]/).at(-1) ?? '').replace(NDJSON, '');
  const word = LEADING.exec(name)?.[1];
  return word !== undefined && isResourceType(word) ? word : null;
}

/** Bytes read at once: a turn through the system for each costs as much as checking some resources. */
const READ = 256 * 1024;

/** A file's decoded bytes from `at` on. @throws AssayError ASSAY_SOURCE_TRUNCATED for gzip that breaks off */
export async function* readLocal(path: string, at: number): AsyncGenerator<Buffer> {
  try {
    if (await beginsWithGzip(path)) yield* passOver(decoded(createReadStream(path) as AsyncIterable<Buffer>), at);
    else yield* createReadStream(path, { start: at, highWaterMark: READ }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw unreadable(error);
  }
}

/** A file whose decoded bytes are read into memory that is there already. */
export type LocalFile = {
  /** Of what there is to read, in bytes; undefined: known at its end. */
  readonly size: number | undefined;
  /** @returns how many bytes came; 0 at the end. @throws AssayError ASSAY_SOURCE_TRUNCATED, ASSAY_SOURCE_FOLDER_UNREADABLE */
  read(into: Uint8Array): Promise<number>;
  close(): Promise<void>;
};

/** @throws AssayError ASSAY_SOURCE_FOLDER_UNREADABLE */
export async function openLocal(path: string): Promise<LocalFile> {
  try {
    const found = await stat(path);
    if (found.isFile() && await beginsWithGzip(path)) return unpacked(readLocal(path, 0));
    const file = await open(path);
    const read = async (into: Uint8Array): Promise<number> => {
      if (!found.isFile()) return (await file.read(into)).bytesRead; // a pipe keeps waiting
      await setImmediate(); // signals and what else waits have their turn
      return readSync(file.fd, into); // at once: through another thread it takes twice the time
    };
    return {
      size: found.isFile() ? found.size : undefined,
      read: (into) => read(into).catch((error: unknown) => { throw unreadable(error); }),
      close: () => file.close(),
    };
  } catch (error) {
    throw unreadable(error);
  }
}

const unpacked = (chunks: AsyncGenerator<Buffer>): LocalFile => {
  let chunk = Buffer.alloc(0);
  return {
    size: undefined,
    async read(into) {
      while (chunk.length === 0) {
        const next = await chunks.next();
        if (next.done === true) return 0;
        chunk = next.value as Buffer<ArrayBuffer>;
      }
      const count = chunk.copy(into);
      chunk = chunk.subarray(count);
      return count;
    },
    async close() { await chunks.return(undefined); },
  };
};

async function beginsWithGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && isGzip(buffer);
  } finally {
    await file.close();
  }
}

/** The cause is left out: its message has the path, which may name a patient. */
function unreadable(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_') ? new AssayError('ASSAY_SOURCE_TRUNCATED', code) : new AssayError('ASSAY_SOURCE_FOLDER_UNREADABLE', code);
}
