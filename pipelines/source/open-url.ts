import { AssayError } from '../../terms/errors.ts';
import { discard } from './body.ts';
import type { Connection } from './connection.ts';
import { decoded } from './decode.ts';
import type { Answer } from './http.ts';
import { passOver } from './pass-over.ts';
import { refusal } from './refusal.ts';

const NDJSON = 'application/fhir+ndjson';
const GONE = { gone: 'ASSAY_SOURCE_FILE_EXPIRED', refused: 'ASSAY_SOURCE_FILE_REFUSED' } as const;

export type Opened = {
  /** Decoded bytes behind those that are had. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Whether the answer had all that is had already, as far as it was read. */
  passedOver(): boolean;
};

/** The file from its beginning, passing over `at` decoded bytes. */
export async function openWhole(connection: Connection, url: string, authorize: boolean, at: number): Promise<Opened> {
  return fromStart(connection, await connection.ask(url, { accept: NDJSON, authorize }), at);
}

/** The file from `at` by Range (RFC 9110 14.2), or as `openWhole` where the server has no ranges. */
export async function openRest(connection: Connection, url: string, authorize: boolean, at: number): Promise<Opened> {
  const answer = await connection.ask(url, { accept: NDJSON, authorize, headers: { range: `bytes=${at}-`, 'accept-encoding': 'identity' } });
  if (answer.status === 416 && endsAt(answer) === at) {
    discard(answer.body);
    return { bytes: nothing(), passedOver: () => true };
  }
  const rest = answer.status === 206 ? await plainRest(answer, at) : undefined;
  if (rest !== undefined) return rest;
  if (answer.status !== 206 && answer.status !== 416) return fromStart(connection, answer, at);
  discard(answer.body);
  return openWhole(connection, url, authorize, at);
}

async function fromStart(connection: Connection, answer: Answer, count: number): Promise<Opened> {
  if (answer.status !== 200) throw await refusal(connection.http, answer, GONE);
  if (/\bx?html\b/i.test(answer.header('content-type') ?? '')) {
    discard(answer.body);
    throw new AssayError('ASSAY_SOURCE_NOT_NDJSON', 'HTML');
  }
  let left = count;
  const bytes = (async function* () {
    try {
      yield* passOver(decoded(answer.body), count, (now) => { left = now; });
    } finally {
      discard(answer.body);
    }
  })();
  return { bytes, passedOver: () => left === 0 };
}

/** A range counts sent bytes, we count decoded ones: only plain text that begins where we asked is taken. */
async function plainRest(answer: Answer, at: number): Promise<Opened | undefined> {
  const encoding = answer.header('content-encoding') ?? 'identity';
  const begins = Number(/^bytes (\d+)-/.exec(answer.header('content-range') ?? '')?.[1] ?? NaN);
  if (encoding !== 'identity' || begins !== at) return undefined;
  const chunks = (answer.body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done !== true && !isText(first.value.subarray(0, 512))) return undefined;
  const bytes = (async function* () {
    try {
      for (let next = first; next.done !== true; next = await chunks.next()) yield next.value;
    } finally {
      discard(answer.body);
    }
  })();
  return { bytes, passedOver: () => false };
}

/** The whole length in a Content-Range (RFC 9110 14.4): the number behind its slash. */
const endsAt = (answer: Answer): number => Number(/\/(\d+)$/.exec(answer.header('content-range') ?? '')?.[1] ?? NaN);

async function* nothing(): AsyncGenerator<Buffer> {}

/** No control characters but white space: compressed bytes have them. */
function isText(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return false;
  return true;
}
