import { AssayError } from '../../terms/errors.ts';
import type { Connection } from './connection.ts';
import { brokenConnection } from './http.ts';
import { openRest, openWhole, type Opened } from './open-url.ts';

/** Broken connections in a row without a new byte before the failure is handed on. */
const STALLS = 4;
const PAUSE_MS = 250;

export type Download = {
  readonly url: string;
  /** Decoded bytes that are had already. */
  readonly from: number;
  readonly authorize: boolean;
  /** Asked where the server says that the file ends: whether what came so far can be the whole. */
  endsWell(): boolean;
  /** `wrong-content-length` was lived with; `cut`: the file on the server ends before it is complete. */
  note(what: 'resumed' | 'wrong-content-length' | 'cut'): void;
};

/**
 * The file's decoded bytes from `from` on. A broken connection is taken up where it broke: by Range
 * where the server sends plain bytes, else by reading again and passing over what is had. A
 * Content-Length that is wrong (too small cuts the file, too large breaks the connection at its
 * end) is found out by asking for what should follow.
 */
export async function* download(connection: Connection, { url, from, authorize, endsWell, note }: Download): AsyncGenerator<Buffer> {
  let at = from;
  let ranges = true;
  for (let stalls = 0; stalls < STALLS;) {
    const before = at;
    let opened: Opened | undefined;
    let broken: AssayError | undefined;
    try {
      opened = at > 0 && ranges ? await openRest(connection, url, authorize, at) : await openWhole(connection, url, authorize, at);
      for await (const chunk of opened.bytes) {
        at += chunk.length;
        yield chunk;
      }
    } catch (error) {
      broken = brokenConnection(error);
      if (broken.code !== 'ASSAY_SOURCE_UNREACHABLE') throw broken;
    }
    const gained = at > before;
    if (broken === undefined && endsWell()) return;
    // All that is had was passed over, and there the answer ended again: nothing follows.
    if (!gained && at > 0 && opened?.passedOver() === true) {
      const corrupt = broken?.detail?.startsWith('Z_') === true;
      note(endsWell() && !corrupt ? 'wrong-content-length' : 'cut');
      return;
    }
    stalls = gained ? 0 : stalls + 1;
    ranges = gained;
    if (stalls === STALLS) throw broken ?? new AssayError('ASSAY_SOURCE_UNREACHABLE', 'no progress');
    note('resumed');
    if (broken !== undefined) await connection.http.sleep(PAUSE_MS * 2 ** stalls);
  }
}
