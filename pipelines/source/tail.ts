import { asJson } from './body.ts';

const LF = 0x0a;

/** Remembers what came behind the last line's end, to tell at the file's end whether that is a whole line. */
export function createTail() {
  let kept: Buffer[] = [];
  return {
    async *watch(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        const end = chunk.lastIndexOf(LF);
        if (end >= 0) kept = [];
        if (end + 1 < chunk.length) kept.push(chunk.subarray(end + 1));
        yield chunk;
      }
    },
    /** NDJSON's last line needs no LF: then it must be JSON. */
    isWhole(): boolean {
      if (kept.length === 0) return true;
      const last = Buffer.concat(kept);
      return last.toString('latin1').trim() === '' || asJson(last) !== undefined;
    },
  };
}
