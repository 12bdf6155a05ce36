import { AssayError } from '../../terms/errors.ts';
import type { SourceItem } from '../../terms/resource-version.ts';
import { asJson, isString, listOf } from './body.ts';
import { splitLines, type Line } from './lines.ts';
import { codesOf } from './refusal.ts';

/** What an item says of itself when the source put it there for people. */
export const OUTCOME = 'operation-outcome';
/** Reading a resourceType needs no more of a line. */
const HEAD = 256;
const outcomeFirst = /^\s*\{\s*"resourceType"\s*:\s*"OperationOutcome"/;

/**
 * Items of an NDJSON file. An OperationOutcome among resources is skipped; one instead of them, or
 * HTML, or JSON over several lines, is an error.
 * @throws AssayError ASSAY_SOURCE_NOT_NDJSON
 */
export async function* ndjsonItems(chunks: AsyncIterable<Buffer>, from: { offset: number; line: number }, longest?: number): AsyncGenerator<SourceItem> {
  let only: Line | undefined; // an OperationOutcome at the beginning that may be all there is
  let first = from.offset === 0;
  for await (const line of splitLines(chunks, from, longest)) {
    const head = line.bytes.toString('latin1', 0, HEAD);
    if (first) refuseOther(head, line);
    if (only !== undefined) {
      yield itemOf(only, OUTCOME);
      only = undefined;
    }
    const outcome = outcomeFirst.test(head);
    if (outcome && first) only = line;
    else yield itemOf(line, outcome ? OUTCOME : undefined);
    first = false;
  }
  if (only === undefined) return;
  const said = asJson(only.bytes);
  const failed = listOf(said?.['issue']).some(({ severity }) => severity === 'error' || severity === 'fatal');
  if (failed) throw new AssayError('ASSAY_SOURCE_NOT_NDJSON', ['OperationOutcome', ...codesOf(said)].filter(isString).join(', '));
  yield itemOf(only, OUTCOME);
}

function refuseOther(head: string, line: Line): void {
  const start = head.trimStart();
  if (start.startsWith('<')) throw new AssayError('ASSAY_SOURCE_NOT_NDJSON', 'HTML or XML');
  if (/^[{[]\s*$/.test(head) && line.bytes.length <= HEAD) throw new AssayError('ASSAY_SOURCE_NOT_NDJSON', 'JSON over several lines');
}

export const itemOf = ({ line, nextOffset, bytes }: Line, skip?: string): SourceItem =>
  ({ line, nextOffset, bytes, ...(skip === undefined ? {} : { skip }) });

/** Whether a last line without its LF is a whole one. */
export const isWhole = (bytes: Buffer): boolean => bytes.length === 0 || asJson(bytes) !== undefined;
