import { constants } from 'node:buffer';
import { openLocal, type LocalFile } from '../../pipelines/source/files.ts';
import { countOf, LF, linesIn, LONGEST_LINE, tooLong } from '../../pipelines/source/lines.ts';
import { AssayError } from '../../terms/errors.ts';
import { blockBytes, ownMemory, type BlockMemory } from './block-memory.ts';
import { unreadable, type InputFile } from './input-files.ts';

/** One resource to check, where it stands. */
export type Input = {
  /** As given, or relative to the folder given. */
  readonly file: string;
  /** 1-based; 1 for a .json file. */
  readonly line: number;
  readonly bytes: Uint8Array;
};

/** Inputs of one file, one after the other: what is handed from thread to thread. */
export type Block = {
  readonly file: string;
  /** Of the first input. */
  readonly line: number;
  /** Lines with their ends; `whole`: one input, whatever it holds. Their memory holds nothing else. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly whole: boolean;
};

/**
 * A file in blocks, in order; where a compressed file breaks off one more, empty, stands for the rest.
 * @throws AssayError ASSAY_PATH_UNREADABLE, ASSAY_SOURCE_LINE_TOO_LONG
 */
export async function* blocksOf({ path, name: file }: InputFile, memory: BlockMemory): AsyncGenerator<Block> {
  const isLines = /\.ndjson(\.gz)?$/i.test(path);
  let next = 1;
  try {
    const from = await openLocal(path);
    try {
      if (!isLines) return yield { file, line: 1, bytes: withoutMark(await allOf(from, memory)), whole: true };
      for await (const { bytes, line, nextLine } of wholeLines(from, memory)) {
        next = nextLine;
        yield { file, line, bytes, whole: false };
      }
    } finally {
      await from.close();
    }
  } catch (error) {
    if (!(error instanceof AssayError)) throw unreadable(error);
    if (error.code === 'ASSAY_SOURCE_TRUNCATED') yield { file, line: next, bytes: new Uint8Array(), whole: true };
    else throw error.code === 'ASSAY_SOURCE_FOLDER_UNREADABLE' ? new AssayError('ASSAY_PATH_UNREADABLE', error.detail) : error;
  }
}

/** As they came, with their ends. `line`: the number of the first, `nextLine` of the one behind them. */
export type WholeLines = { readonly bytes: Buffer<ArrayBuffer>; readonly line: number; readonly nextLine: number };

/**
 * What is read, cut behind lines: half of a block at least where there is so much, and more than one only for a longer line.
 * Where reading breaks off, the whole lines that came are given first.
 * @throws AssayError ASSAY_SOURCE_LINE_TOO_LONG, and what reading throws
 */
export async function* wholeLines(from: LocalFile, memory: BlockMemory, longest = LONGEST_LINE): AsyncGenerator<WholeLines> {
  let held = Buffer.from(memory.take(Math.min(roomFor(from), blockBytes)));
  /** Bytes held, and those of them up to the last LF. */
  let [size, end] = [0, 0];
  let line = 1;
  const cut = (to: number): WholeLines => {
    const [bytes, first] = [held.subarray(0, to), line];
    line += countOf(bytes);
    return { bytes, line: first, nextLine: line };
  };
  let broken: { readonly error: unknown } | undefined;
  for (;;) {
    const came = await from.read(held.subarray(size)).catch((error: unknown) => { broken = { error }; return 0; });
    if (came === 0) break;
    const last = held.subarray(size, size + came).lastIndexOf(LF);
    if (last >= 0) end = size + last + 1;
    size += came;
    if (size - end > longest) { broken = { error: tooLong(line + countOf(held.subarray(0, end)), longest) }; break; }
    const full = size === held.length;
    if (end >= blockBytes / 2 || (end > 0 && full)) {
      const next = Buffer.from(memory.take(Math.max(blockBytes, 2 * (size - end))));
      held.copy(next, 0, end, size);
      yield cut(end); // whoever takes it may give its memory away
      [held, size, end] = [next, size - end, 0];
    } else if (full) held = longer(held, memory);
  }
  const rest = broken === undefined ? size : end;
  if (rest > 0) yield cut(rest);
  else memory.giveBack(held.buffer);
  if (broken !== undefined) throw broken.error;
}

/** More than a text can hold, as the validator says of it: what comes behind need not be read. */
const most = constants.MAX_STRING_LENGTH + 1;

async function allOf(from: LocalFile, memory: BlockMemory): Promise<Buffer<ArrayBuffer>> {
  let held = Buffer.from(memory.take(Math.min(roomFor(from), most)));
  for (let size = 0; ;) {
    const came = await from.read(held.subarray(size));
    size += came;
    if (came === 0 || size === most) return held.subarray(0, size);
    if (size === held.length) held = longer(held, memory);
  }
}

/** With room in which nothing comes any more. */
const roomFor = ({ size }: LocalFile): number => size === undefined ? blockBytes : size + 1;

const longer = (held: Buffer<ArrayBuffer>, memory: BlockMemory): Buffer<ArrayBuffer> => {
  const next = Buffer.from(memory.take(Math.min(2 * held.length, most)));
  held.copy(next);
  memory.giveBack(held.buffer);
  return next;
};

/** Every line of a block that is not blank, whatever it holds. */
export function* inputsIn({ file, line: first, bytes, whole }: Block): Generator<Input> {
  if (whole) return yield { file, line: first, bytes };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { line, bytes } of linesIn({ bytes: buffer, line: first, offset: 0 })) yield { file, line, bytes };
}

/** The inputs of a file, in order. @throws AssayError ASSAY_PATH_UNREADABLE, ASSAY_SOURCE_LINE_TOO_LONG */
export async function* inputs(file: InputFile): AsyncGenerator<Input> {
  for await (const block of blocksOf(file, ownMemory)) yield* inputsIn(block);
}

/** A byte order mark is no part of the JSON (RFC 8259 8.1). */
const withoutMark = (bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
