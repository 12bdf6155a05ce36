import { lengthOf, refuse, type Answer } from './exchange.ts';

/** Answers `Range: bytes=N-` and `bytes=N-M` (RFC 9110); several ranges at once are answered whole. */
export function applyRange(answer: Answer, headers: Readonly<Record<string, string | string[] | undefined>>): Answer {
  const match = /^bytes=(\d+)-(\d*)$/.exec(String(headers['range'] ?? ''));
  const ifRange = headers['if-range'];
  if (!match || answer.status !== 200 || answer.headers['accept-ranges'] !== 'bytes') return answer;
  if (ifRange !== undefined && ifRange !== answer.headers['etag']) return answer;
  const total = lengthOf(answer.body);
  const from = Number(match[1]);
  const until = match[2] ? Math.min(Number(match[2]) + 1, total) : total; // exclusive
  if (from >= total || until <= from) return refuse(416, 'invalid', 'The range is outside the file.', { 'content-range': `bytes */${total}` });
  const headersOfPart = { ...answer.headers, 'content-range': `bytes ${from}-${until - 1}/${total}` };
  return { ...answer, status: 206, headers: headersOfPart, body: slicePieces(answer.body, from, until) };
}

function slicePieces(pieces: readonly Buffer[], from: number, until: number): Buffer[] {
  const part: Buffer[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const [start, end] = [Math.max(from - offset, 0), Math.min(until - offset, piece.length)];
    if (start < end) part.push(piece.subarray(start, end));
    offset += piece.length;
    if (offset >= until) break;
  }
  return part;
}
