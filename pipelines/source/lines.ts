import { AssayError } from '../../terms/errors.ts';

/** A line without its end (LF or CRLF) and without a byte order mark. */
export type Line = {
  /** 1-based. */
  readonly line: number;
  /** Offset behind the line and its end. */
  readonly nextOffset: number;
  readonly bytes: Buffer;
  /** False for a last line without its LF. */
  readonly ended: boolean;
};

/** Bytes of lines one after the other, with their ends; only the last of a file may be without. */
export type Lines = {
  readonly bytes: Buffer;
  /** Of the first: 1-based, and where it begins. */
  readonly line: number;
  readonly offset: number;
};

export const LF = 0x0a;
const CR = 0x0d;
export const LONGEST_LINE = 256 * 1024 * 1024;

/**
 * Splits decoded bytes into lines; blank ones are counted and left out. A line's chunks are joined once, however long it is.
 * @throws AssayError ASSAY_SOURCE_LINE_TOO_LONG, and what the chunks throw
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, { offset, line }: { readonly offset: number; readonly line: number }, longest = LONGEST_LINE): AsyncGenerator<Line> {
  let [open, length]: [Buffer[], number] = [[], 0];
  const linesTo = function* (last: Buffer): Generator<Line> {
    const bytes = length === 0 ? last : Buffer.concat([...open, last]);
    yield* linesIn({ bytes, line, offset });
    [offset, line, open, length] = [offset + bytes.length, line + countOf(bytes), [], 0];
  };
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LF) + 1;
    if (end > 0) yield* linesTo(chunk.subarray(0, end));
    if (end === chunk.length) continue;
    open.push(chunk.subarray(end));
    length += chunk.length - end;
    if (length > longest) throw tooLong(line, longest);
  }
  yield* linesTo(Buffer.alloc(0));
}

export const tooLong = (line: number, longest: number): AssayError => new AssayError('ASSAY_SOURCE_LINE_TOO_LONG', `line ${line}, more than ${longest} bytes`);

/** The lines among them that are not blank. */
export function* linesIn({ bytes, line, offset }: Lines): Generator<Line> {
  for (let start = 0, number = line; start < bytes.length; number++) {
    const end = bytes.indexOf(LF, start);
    const ended = end >= 0;
    const one = trimmed(bytes.subarray(start, ended ? end : bytes.length));
    start = ended ? end + 1 : bytes.length;
    if (!isBlank(one)) yield { line: number, nextOffset: offset + start, bytes: one, ended };
  }
}

/** How many lines end among them. */
export function countOf(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}

function trimmed(line: Buffer): Buffer {
  const start = line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0;
  const end = line.at(-1) === CR ? line.length - 1 : line.length;
  return start === 0 && end === line.length ? line : line.subarray(start, Math.max(start, end));
}

function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== CR) return false;
  return true;
}
