import type { Database } from '../../storage/connect.ts';
import { bodiesOf, entriesAfter, type Entry, type Feed } from '../../storage/feeds.ts';
import { received } from '../../storage/stored-bytes.ts';

/** Entries read at once, without bodies. */
const ENTRIES_A_PAGE = 1_000;
/** Bodies held in memory at once, decoded: a resource may have 20 MB. */
const BYTES_AT_ONCE = 4_000_000;

export type EntryWithBody = { readonly entry: Entry; readonly value: Buffer | undefined };

/** Pages of a feed in order, until there is nothing more or `limit` entries are read; the next is read while one is used. */
export async function* pages(db: Database, feed: Feed, after: number, limit: number): AsyncGenerator<Entry[], void, undefined> {
  const selection = { ...feed, purposes: [feed.purpose] };
  const read = (from: number, left: number): Promise<Entry[]> => {
    const page = entriesAfter(db, selection, from, Math.min(left, ENTRIES_A_PAGE));
    page.catch(() => {}); // thrown where it is awaited; a reader that leaves does not wait for it
    return page;
  };
  let next: Promise<Entry[]> | undefined = read(after, limit);
  for (let left = limit; next !== undefined;) {
    const entries: Entry[] = await next;
    const full = entries.length === Math.min(left, ENTRIES_A_PAGE);
    left -= entries.length;
    next = full && left > 0 ? read(entries.at(-1)!.sequence, left) : undefined;
    if (entries.length > 0) yield entries;
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
