import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { AssayError } from '../../terms/errors.ts';

/** A file to check: where it is, and its name as results give it. */
export type InputFile = { readonly path: string; readonly name: string };

const READABLE = /\.(json|ndjson|ndjson\.gz)$/i;

/**
 * The files (.json, .ndjson, .ndjson.gz) at the paths, in the order given; within a folder by name.
 * @throws AssayError ASSAY_PATH_UNREADABLE
 */
export async function inputFiles(paths: readonly string[]): Promise<InputFile[]> {
  return (await Promise.all(paths.map(filesAt))).flat();
}

async function filesAt(path: string): Promise<InputFile[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [{ path, name: path }];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && READABLE.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)).sort().map((file) => ({ path: file, name: relative(path, file) }));
  } catch (error) {
    throw unreadable(error);
  }
}

/** Compressed JSON becomes some ten times as long. */
const unpacked = 10;

/** About how many bytes of JSON they hold: without limit where one is no plain file. */
export async function bytesIn(files: readonly InputFile[]): Promise<number> {
  const sizes = files.map(async ({ path }) => {
    const found = await stat(path).catch(() => undefined); // told of when it is read
    if (found === undefined) return 0;
    return found.isFile() ? found.size * (/\.gz$/i.test(path) ? unpacked : 1) : Number.POSITIVE_INFINITY;
  });
  return (await Promise.all(sizes)).reduce((sum, one) => sum + one, 0);
}

export const unreadable = (error: unknown): AssayError =>
  new AssayError('ASSAY_PATH_UNREADABLE', error instanceof Error && 'code' in error ? String(error.code) : undefined);
