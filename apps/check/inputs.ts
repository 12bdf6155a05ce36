import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readLocal } from '../../pipelines/source/files.ts';
import { linesIn, wholeLines } from '../../pipelines/source/lines.ts';
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

/** Inputs of one file, one after the other: what is handed from thread to thread. */
export type Block = {
  readonly file: string;
  /** Of the first input. */
  readonly line: number;
  /** Lines with their ends; `whole`: one input, whatever it holds. */
  readonly bytes: Uint8Array;
  readonly whole: boolean;
};

/** Whether its memory holds nothing else: then it can be given away, or given back at once, not at the next collection. */
export const hasMemoryAlone = ({ bytes }: Block): boolean => bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;

/** The block was checked: nobody reads it again. */
export const freeBlock = (block: Block): void => { if (hasMemoryAlone(block)) (block.bytes.buffer as ArrayBuffer).transfer(0); };

/** Bytes of a block where the file has them: some hundred resources, a millisecond or two of work. */
export const blockBytes = 128 * 1024;

/**
 * A file in blocks, in order; where a compressed file breaks off one more, empty, stands for the rest.
 * @throws AssayError ASSAY_PATH_UNREADABLE
 */
export async function* blocksOf({ path, name: file }: InputFile): AsyncGenerator<Block> {
  let next = 1;
  try {
    if (!/\.ndjson(\.gz)?$/i.test(path)) return yield { file, line: 1, bytes: withoutMark(await readFile(path)), whole: true };
    for await (const { bytes, line, nextLine } of wholeLines(readLocal(path, 0), { offset: 0, line: 1 }, blockBytes)) {
      next = nextLine;
      yield { file, line, bytes, whole: false };
    }
  } catch (error) {
    if (!(error instanceof AssayError)) throw unreadable(error);
    if (error.code === 'ASSAY_SOURCE_TRUNCATED') yield { file, line: next, bytes: Buffer.alloc(0), whole: true };
    else throw error.code === 'ASSAY_SOURCE_FOLDER_UNREADABLE' ? new AssayError('ASSAY_PATH_UNREADABLE', error.detail) : error;
  }
}

/** Every line of a block that is not blank, whatever it holds. */
export function* inputsIn({ file, line: first, bytes, whole }: Block): Generator<Input> {
  if (whole) return yield { file, line: first, bytes };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { line, bytes } of linesIn({ bytes: buffer, line: first, offset: 0 })) yield { file, line, bytes };
}

/** The inputs of a file, in order. @throws AssayError ASSAY_PATH_UNREADABLE */
export async function* inputs(file: InputFile): AsyncGenerator<Input> {
  for await (const block of blocksOf(file)) yield* inputsIn(block);
}

/** A byte order mark is no part of the JSON (RFC 8259 8.1). */
const withoutMark = (bytes: Buffer): Buffer => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

const unreadable = (error: unknown): AssayError =>
  new AssayError('ASSAY_PATH_UNREADABLE', error instanceof Error && 'code' in error ? String(error.code) : undefined);
