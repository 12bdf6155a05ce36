import type { SourceItem } from '../../terms/resource-version.ts';

const ITEMS = 500;
const BYTES = 4 * 1024 * 1024;

/**
 * Gathers items into chunks of one transaction each: at most 500, or 4 MB unless one item alone is
 * larger. What came before a failure is given out before the failure is thrown.
 */
export async function* chunksOf(items: AsyncIterable<SourceItem>): AsyncGenerator<SourceItem[]> {
  let chunk: SourceItem[] = [];
  let bytes = 0;
  let failure: { error: unknown } | undefined;
  const source = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await source.next().catch((error: unknown) => { failure = { error }; return undefined; });
      if (next === undefined || next.done === true) break;
      const item = next.value;
      if (chunk.length === ITEMS || (chunk.length > 0 && bytes + item.bytes.length > BYTES)) {
        yield chunk;
        [chunk, bytes] = [[], 0];
      }
      chunk.push(item);
      bytes += item.bytes.length;
    }
    if (chunk.length > 0) yield chunk;
  } finally {
    await source.return?.();
  }
  if (failure !== undefined) throw failure.error;
}
