import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readLocal } from '../../pipelines/source/files.ts';
import { ndjsonItems } from '../../pipelines/source/ndjson-items.ts';
import { AssayError } from '../../terms/errors.ts';

/** One resource to check, where it stands. */
export type Input = {
  /** As given, or relative to the folder given. */
  readonly file: string;
  /** 1-based; 1 for a .json file. */
  readonly line: number;
  readonly bytes: Uint8Array;
};

const READABLE = /\.(json|ndjson|ndjson\.gz)$/i;

/**
 * The resources of files (.json, .ndjson, .ndjson.gz) and folders, in the order given; within a
 * folder by name.
 * @throws AssayError ASSAY_PATH_UNREADABLE
 */
export async function* inputs(paths: readonly string[]): AsyncGenerator<Input> {
  for (const path of paths) for (const [file, name] of await filesAt(path)) yield* resourcesOf(file, name);
}

async function filesAt(path: string): Promise<[file: string, name: string][]> {
  try {
    if (!(await stat(path)).isDirectory()) return [[path, path]];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && READABLE.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)).sort().map((file) => [file, relative(path, file)]);
  } catch (error) {
    throw unreadable(error);
  }
}

async function* resourcesOf(file: string, name: string): AsyncGenerator<Input> {
  try {
    if (/\.ndjson(\.gz)?$/i.test(file)) {
      for await (const { line, bytes } of ndjsonItems(readLocal(file, 0), { offset: 0, line: 1 })) yield { file: name, line, bytes };
    } else yield { file: name, line: 1, bytes: await readFile(file) };
  } catch (error) {
    throw error instanceof AssayError && error.code !== 'ASSAY_SOURCE_FOLDER_UNREADABLE' ? error : unreadable(error);
  }
}

const unreadable = (error: unknown): AssayError =>
  new AssayError('ASSAY_PATH_UNREADABLE', error instanceof Error && 'code' in error ? String(error.code) : undefined);
