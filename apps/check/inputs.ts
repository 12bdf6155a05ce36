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

/** The resources of a file, in order. @throws AssayError ASSAY_PATH_UNREADABLE */
export async function* inputs({ path, name }: InputFile): AsyncGenerator<Input> {
  try {
    if (/\.ndjson(\.gz)?$/i.test(path)) {
      for await (const { line, bytes } of ndjsonItems(readLocal(path, 0), { offset: 0, line: 1 })) yield { file: name, line, bytes };
    } else yield { file: name, line: 1, bytes: await readFile(path) };
  } catch (error) {
    throw error instanceof AssayError && error.code !== 'ASSAY_SOURCE_FOLDER_UNREADABLE' ? error : unreadable(error);
  }
}

const unreadable = (error: unknown): AssayError =>
  new AssayError('ASSAY_PATH_UNREADABLE', error instanceof Error && 'code' in error ? String(error.code) : undefined);
