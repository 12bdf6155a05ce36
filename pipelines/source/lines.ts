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

const LF = 0x0a;
const CR = 0x0d;
export const LONGEST_LINE = 256 * 1024 * 1024;

/** Splits decoded bytes into lines; blank ones are counted and left out. A line's chunks are joined once, however long it is. */
export async function* splitLines(chunks: AsyncIterable<Buffer>, from: { offset: number; line: number }, longest = LONGEST_LINE): AsyncGenerator<Line> {
  let { offset, line } = from;
  let kept: Buffer[] = [];
  let keptLength = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      const whole = join(kept, chunk.subarray(start, end));
      offset += whole.length + 1;
      const bytes = trimmed(whole);
      if (!isBlank(bytes)) yield { line, nextOffset: offset, bytes, ended: true };
      line++;
      start = end + 1;
      kept = [];
      keptLength = 0;
    }
    if (start === chunk.length) continue;
    kept.push(chunk.subarray(start));
    keptLength += chunk.length - start;
    if (keptLength > longest) throw new AssayError('ASSAY_SOURCE_LINE_TOO_LONG', `line ${line}, more than ${longest} bytes`);
  }
  const last = join(kept, Buffer.alloc(0));
  const bytes = trimmed(last);
  if (!isBlank(bytes)) yield { line, nextOffset: offset + last.length, bytes, ended: false };
}

const join = (kept: readonly Buffer[], last: Buffer): Buffer => (kept.length === 0 ? last : Buffer.concat([...kept, last]));

function trimmed(line: Buffer): Buffer {
  const start = line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0;
  const end = line.at(-1) === CR ? line.length - 1 : line.length;
  return start === 0 && end === line.length ? line : line.subarray(start, Math.max(start, end));
}

function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== CR) return false;
  return true;
}
