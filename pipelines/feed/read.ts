import type { Database } from '../../storage/connect.ts';
import { bodiesOf, entriesAfter, type Entry, type Selection } from '../../storage/feeds.ts';
import { received } from '../../storage/stored-bytes.ts';

/** Entries read at once, without bodies. */
const ENTRIES_A_PAGE = 1_000;
/** Bodies held in memory at once, decoded: a resource may have 20 MB. */
const BYTES_AT_ONCE = 4_000_000;

export type EntryWithBody = { readonly entry: Entry; readonly value: Buffer | undefined };

/** Pages of entries in order, until there is nothing more or `limit` entries are read. */
export async function* pages(db: Database, selection: Selection, after: number, limit: number): AsyncGenerator<Entry[], void, undefined> {
  for (let left = limit; left > 0;) {
    const wanted = Math.min(left, ENTRIES_A_PAGE);
    const entries = await entriesAfter(db, selection, after, wanted);
    if (entries.length > 0) yield entries;
    if (entries.length < wanted) return;
    after = entries.at(-1)!.sequence;
    left -= wanted;
  }
}

/** The same, the next one being made while one is used. */
export async function* ahead<T>(source: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  const make = (): Promise<IteratorResult<T, void>> => {
    const next = source.next();
    next.catch(() => {}); // thrown where it is awaited; whoever leaves does not wait for it
    return next;
  };
  for (let next = make(); ;) {
    const { done, value } = await next;
    if (done) return;
    next = make();
    yield value;
  }
}

/** The entries with the bytes of those that carry any, some megabytes at a time. */
export async function* withBodies(db: Database, entries: readonly Entry[]): AsyncGenerator<EntryWithBody[], void, undefined> {
  for (const some of bySize(entries)) {
    const versions = new Set(some.filter(carriesBody).map((entry) => entry.version));
    const stored = await bodiesOf(db, [...versions]);
    // One version is often in several entries: decoded once.
    const values = new Map([...stored].map(([version, body]) => [version, received(body)]));
    yield some.map((entry) => ({ entry, value: carriesBody(entry) ? values.get(entry.version) : undefined }));
  }
}

export const carriesBody = (entry: Entry): boolean => entry.kind === 'release' && !entry.withdrawn;

function* bySize(entries: readonly Entry[]): Generator<Entry[], void, undefined> {
  let some: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (some.length > 0 && bytes + entry.size > BYTES_AT_ONCE) {
      yield some;
      [some, bytes] = [[], 0];
    }
    some.push(entry);
    bytes += entry.size;
  }
  if (some.length > 0) yield some;
}
