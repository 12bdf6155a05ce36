import type { SourceItem } from '../../terms/resource-version.ts';
import { asJson, isObject, listOf, type JsonObject } from './body.ts';
import { splitLines } from './lines.ts';
import { literalReference } from './literal-reference.ts';

/**
 * Deletions in a `deleted` file: each line a Bundle whose entries' requests are DELETEs
 * (http://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---complete-status). Items are numbered
 * by entry, so a restart reads the file again and passes over those it had.
 */
export async function* deletedItems(chunks: AsyncIterable<Buffer>, fromLine: number): AsyncGenerator<SourceItem> {
  let number = 0;
  for await (const { bytes, nextOffset } of splitLines(chunks, { offset: 0, line: 1 })) {
    for (const found of deletionsIn(asJson(bytes), bytes)) {
      number++;
      if (number >= fromLine) yield { line: number, nextOffset, ...found };
    }
  }
}

type Found = Pick<SourceItem, 'bytes' | 'skip' | 'deleted'>;

function* deletionsIn(bundle: JsonObject | undefined, bytes: Buffer): Generator<Found> {
  // Neither a Bundle nor anything else we know: landing puts it aside with its bytes.
  if (bundle?.['resourceType'] !== 'Bundle') yield { bytes };
  for (const entry of listOf(bundle?.['resourceType'] === 'Bundle' ? bundle['entry'] : undefined)) {
    const request = isObject(entry['request']) ? entry['request'] : {};
    const deleted = request['method'] === 'DELETE' ? literalReference(request['url']) : undefined;
    yield deleted === undefined ? { bytes: Buffer.alloc(0), skip: 'no-deletion' } : { bytes: Buffer.alloc(0), deleted };
  }
}
