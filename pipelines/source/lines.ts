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

/** Lines one after the other as they came, with their ends; only the last of a file may be without. */
export type WholeLines = {
  readonly bytes: Buffer;
  /** Of the first: 1-based, and where it begins. */
  readonly line: number;
  readonly offset: number;
  /** The number of the line behind them. */
  readonly nextLine: number;
};

type From = { readonly offset: number; readonly line: number };

const LF = 0x0a;
const CR = 0x0d;
export const LONGEST_LINE = 256 * 1024 * 1024;

/** Splits decoded bytes into lines; blank ones are counted and left out. */
export async function* splitLines(chunks: AsyncIterable<Buffer>, from: From, longest = LONGEST_LINE): AsyncGenerator<Line> {
  for await (const lines of wholeLines(chunks, from, 1, longest)) yield* linesIn(lines);
}

/**
 * Decoded bytes cut behind lines, at least `least` bytes at a time where there are. A line's chunks are joined once,
 * however long it is. Where the chunks break off, the whole lines that came are given first.
 * @throws AssayError ASSAY_SOURCE_LINE_TOO_LONG, and what the chunks throw
 */
export async function* wholeLines(chunks: AsyncIterable<Buffer>, from: From, least: number, longest = LONGEST_LINE): AsyncGenerator<WholeLines> {
  let { offset, line } = from;
  let kept: Buffer[] = [];
  /** Bytes kept, and those of them behind the last LF. */
  let [size, open] = [0, 0];
  const cut = (last: Buffer): WholeLines => {
    const bytes = kept.length === 0 ? last : Buffer.concat([...kept, last]);
    const lines = { bytes, line, offset, nextLine: line + countOf(bytes) };
    [offset, line, kept, size, open] = [offset + bytes.length, lines.nextLine, [], 0, 0];
    return lines;
  };
  let broken: { readonly error: unknown } | undefined;
  try {
    for await (const chunk of chunks) {
      const end = chunk.lastIndexOf(LF) + 1;
      const whole = end > 0 && size + end >= least;
      const rest = whole ? chunk.subarray(end) : chunk;
      if (whole) yield cut(chunk.subarray(0, end)); // whoever takes it may give its memory away
      if (rest.length === 0) continue;
      kept.push(rest);
      size += rest.length;
      open = whole || end === 0 ? open + rest.length : chunk.length - end;
      if (open > longest) throw new AssayError('ASSAY_SOURCE_LINE_TOO_LONG', `line ${line}, more than ${longest} bytes`);
    }
  } catch (error) {
    broken = { error };
  }
  if (broken === undefined) {
    if (size > 0) yield cut(Buffer.alloc(0));
    return;
  }
  const [whole, came] = [size - open, Buffer.concat(kept)];
  kept = [];
  if (whole > 0) yield cut(came.subarray(0, whole));
  throw broken.error;
}

/** The lines among them that are not blank. */
export function* linesIn({ bytes, line, offset }: Pick<WholeLines, 'bytes' | 'line' | 'offset'>): Generator<Line> {
  for (let start = 0, number = line; start < bytes.length; number++) {
    const end = bytes.indexOf(LF, start);
    const ended = end >= 0;
    const one = trimmed(bytes.subarray(start, ended ? end : bytes.length));
    start = ended ? end + 1 : bytes.length;
    if (!isBlank(one)) yield { line: number, nextOffset: offset + start, bytes: one, ended };
  }
}

function countOf(bytes: Buffer): number {
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
