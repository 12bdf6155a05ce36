import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
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
