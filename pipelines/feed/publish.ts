import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../storage/connect.ts';
import { allFeeds, feedHead, type Feed, type Selection } from '../../storage/feeds.ts';
import { whileOnlyOne } from '../../storage/only-one.ts';
import { AssayError } from '../../terms/errors.ts';
import { kafkaError, openKafka, type KafkaSession, type KafkaSettings, type Progress } from './kafka.ts';
import { messagesFor, selects, topicsFor, type Naming } from './messages.ts';
import { ahead, pages, withBodies, type EntryWithBody } from './read.ts';

export type PublisherDeps = KafkaSettings & {
  readonly db: Database;
  readonly signal: AbortSignal;
  readonly log: { info(facts: object, says: string): void; warn(facts: object, says: string): void };
  /** The API's public address, for claim checks. */
  readonly feedUrl?: string;
  /** Between looks at a feed that does not move, and between tries when Kafka is away. */
  readonly idleMs?: number;
  readonly retryMs?: number;
  /** Told how far the sequence is in Kafka, after each transaction: a gauge. */
  readonly moved?: (sequence: number) => void;
};

/**
 * Carries the sequence to Kafka until the signal. It may die anywhere: progress is in Kafka, in the
 * same transaction as what it speaks of. Many may run; one works, the others wait for its place.
 */
export async function startPublisher(deps: PublisherDeps): Promise<void> {
  const { db, signal, log, idleMs = 200, retryMs = 1_000, prefix = '' } = deps;
  let failing = false;
  const publishing = async (lost: AbortSignal): Promise<void> => {
    const session = await openKafka(deps);
    log.info({ progress: session.progress }, failing ? 'publishing to Kafka again' : 'publishing to Kafka');
    failing = false;
    try {
      await carry(session, { ...deps, idleMs, signal: AbortSignal.any([signal, lost]) });
    } finally {
      await session.close();
    }
  };
  while (!signal.aborted) {
    try {
      await whileOnlyOne(db, `${prefix}fhir-assay-publisher`, publishing);
    } catch (error) {
      // Once an outage, not once a try.
      if (!failing) log.warn(describe(error), 'publishing to Kafka stopped; it goes on when it can');
      failing = true;
    }
    await sleep(retryMs, undefined, { signal }).catch(() => {});
  }
}

type Carrying = PublisherDeps & { readonly idleMs: number };

async function carry(session: KafkaSession, { db, signal, idleMs, moved, prefix = '', feedUrl = '' }: Carrying): Promise<void> {
  let progress = session.progress;
  if (Math.max(0, ...Object.values(progress)) > await feedHead(db)) throw new AssayError('ASSAY_KAFKA_AHEAD');
  while (!signal.aborted) {
    const [feeds, head] = [await allFeeds(db), await feedHead(db)];
    for await (const some of ahead(unpublished(db, feeds, progress, head))) {
      const last = some.at(-1)!.entry.sequence;
      const after = reached(feeds, progress, last);
      await publishBatch(session, feeds, progress, after, some, { prefix, feedUrl });
      progress = after;
      moved?.(last);
      if (signal.aborted) return;
    }
    // Up to the head there is nothing more for these feeds: with the next entries Kafka learns that too.
    progress = reached(feeds, progress, head);
    moved?.(head);
    await sleep(idleMs, undefined, { signal }).catch(() => {});
  }
}

/** What the feeds may want of the sequence, to its end as it is when that is read. */
async function* unpublished(db: Database, feeds: readonly Feed[], progress: Progress, head: number): AsyncGenerator<EntryWithBody[], void, undefined> {
  const from = Math.min(...feeds.map((feed) => progress[feed.name] ?? 0));
  if (from >= head) return;
  for await (const page of pages(db, everything(feeds), from, Infinity)) yield* withBodies(db, page);
}

async function publishBatch(session: KafkaSession, feeds: readonly Feed[], before: Progress, after: Progress, some: readonly EntryWithBody[], names: Omit<Naming, 'largest'>): Promise<void> {
  // A feed that was made later starts at 0 while the others stand further on: they skip what they have.
  const wanted = feeds.flatMap((feed) => some
    .filter((one) => one.entry.sequence > (before[feed.name] ?? 0) && selects(feed, one)).map((one) => ({ feed, one })));
  await session.prepare(wanted.flatMap(({ feed, one }) => topicsFor(feed, one.entry.type, names.prefix)));
  const naming = { ...names, largest: session.largest() };
  await session.publish(wanted.flatMap(({ feed, one }) => messagesFor(feed, one, naming)), after);
}

/** What any of the feeds may want. */
const everything = (feeds: readonly Feed[]): Selection =>
  ({ purposes: [...new Set(feeds.map((feed) => feed.purpose))], types: null, sources: null });

const reached = (feeds: readonly Feed[], progress: Progress, sequence: number): Progress =>
  ({ ...progress, ...Object.fromEntries(feeds.map((feed) => [feed.name, Math.max(progress[feed.name] ?? 0, sequence)])) });

function describe(error: unknown): object {
  if (error instanceof AssayError) return { code: error.code };
  return { code: 'ASSAY_KAFKA_UNREACHABLE', detail: kafkaError(error) };
}
