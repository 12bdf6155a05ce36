import type { Database, Queryable } from '../../storage/connect.ts';
import { settleFeed, sourcesNamed, type Feed } from '../../storage/feeds.ts';
import { AssayError } from '../../terms/errors.ts';
import { purposes, type Purpose } from '../../terms/purpose.ts';

/** A feed as configured: sources by name; absent types or sources mean all. */
export type FeedSetting = {
  readonly name: string; readonly purpose: Purpose;
  readonly types?: readonly string[]; readonly sources?: readonly string[];
};

/** One feed a purpose, named for it. */
export const defaultFeeds: readonly FeedSetting[] = purposes.map((purpose) => ({ name: purpose, purpose }));

/** A part of addresses and of Kafka topic names. */
const nameForm = /^[a-z0-9][a-z0-9-]{0,59}$/;

/**
 * The configured feeds exist. What a feed selects never changes: a replay from 0 gives what was given.
 * @throws AssayError ASSAY_FEED_NAME_INVALID, ASSAY_SOURCE_UNKNOWN, ASSAY_FEED_CHANGED
 */
export async function ensureFeeds(db: Database, settings: readonly FeedSetting[] = defaultFeeds): Promise<Feed[]> {
  return db.transaction(async (tx) => {
    const feeds: Feed[] = [];
    for (const setting of settings) feeds.push(await ensureFeed(tx, setting));
    return feeds;
  });
}

async function ensureFeed(db: Queryable, setting: FeedSetting): Promise<Feed> {
  if (!nameForm.test(setting.name)) throw new AssayError('ASSAY_FEED_NAME_INVALID');
  const wanted = {
    name: setting.name, purpose: setting.purpose,
    types: setting.types === undefined ? null : [...setting.types].sort(),
    sources: setting.sources === undefined ? null : await sourceIds(db, setting.sources),
  };
  const feed = await settleFeed(db, wanted);
  const same = feed.purpose === wanted.purpose && equal(feed.types, wanted.types) && equal(feed.sources, wanted.sources);
  if (!same) throw new AssayError('ASSAY_FEED_CHANGED', `feed ${setting.name}`);
  return feed;
}

async function sourceIds(db: Queryable, names: readonly string[]): Promise<number[]> {
  const ids = await sourcesNamed(db, names);
  return ids.map((id) => { if (id === null) throw new AssayError('ASSAY_SOURCE_UNKNOWN'); return id; }).sort((a, b) => a - b);
}

const equal = (a: readonly unknown[] | null, b: readonly unknown[] | null): boolean => JSON.stringify(a) === JSON.stringify(b);
