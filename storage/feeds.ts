import { purposes as allPurposes, type Purpose } from '../terms/purpose.ts';
import type { VerdictOutcome } from '../terms/verdict.ts';
import type { Queryable, Tx } from './connect.ts';
import { bytesOf } from './landing.ts';
import type { EntryKind } from './release.ts';

/** A named selection over the one sequence of entries; null selects all. */
export type Feed = { id: number; name: string; purpose: Purpose; types: string[] | null; sources: number[] | null };

/** The feed exists as described; what it was before stays. @returns the feed as it stands */
export async function settleFeed(db: Queryable, feed: Omit<Feed, 'id'>): Promise<Feed> {
  await db.query('insert into feed (name, purpose, types, sources) values ($1, $2, $3, $4) on conflict (name) do nothing',
    [feed.name, feed.purpose, feed.types, feed.sources]);
  const [row] = await feedsNamed(db, [feed.name]);
  if (row === undefined) throw new Error('a feed that was just written is not there');
  return row;
}

export async function feedsNamed(db: Queryable, names: readonly string[]): Promise<Feed[]> {
  const { rows } = await db.query<Feed>('select id, name, purpose, types, sources from feed where name = any($1) order by name', [names]);
  return rows;
}

export async function allFeeds(db: Queryable): Promise<Feed[]> {
  const { rows } = await db.query<Feed>('select id, name, purpose, types, sources from feed order by id');
  return rows;
}

/** Ids of the sources of these names, in the order of the names; null where there is none. */
export async function sourcesNamed(db: Queryable, names: readonly string[]): Promise<(number | null)[]> {
  const { rows } = await db.query<{ id: number | null }>(
    `select s.id from unnest($1::text[]) with ordinality as n (name, place) left join source s on s.name = n.name order by place`, [names]);
  return rows.map((row) => row.id);
}

/** The name of the source that an entry's record is of. */
export async function sourceOfEntry(db: Queryable, sequence: number): Promise<string | undefined> {
  const { rows: [row] } = await db.query<{ name: string }>(
    'select s.name from (select * from feed_span where first <= $1 order by first desc limit 1) as e join source s on s.id = e.source_id', [sequence]);
  return row?.name;
}

/** The last sequence number that is given out and committed. */
export async function feedHead(db: Queryable): Promise<number> {
  const { rows: [row] } = await db.query<{ n: string }>('select n from feed_head');
  return Number(row?.n ?? 0);
}

/** An entry without its body. `withdrawn`: the body may not be given (any more). */
export type Entry = {
  sequence: number; kind: EntryKind; source: string; sourceId: number; type: string; id: string; purpose: Purpose;
  version: string; versionId: string | null; hash: string; ruleSet: string | null; verdict: VerdictOutcome | null;
  /** Rule ids, joined by commas. */
  flags: string;
  about: number | null; reason: string | null; withdrawn: boolean;
  /** Milliseconds since 1970. */
  at: number;
  /** Bytes of the body, decoded. */
  size: number;
};

export type Selection = { purposes: readonly Purpose[]; types: readonly string[] | null; sources: readonly number[] | null };

/** Entries in one row at most: a span has one for each purpose. */
const LONGEST_SPAN = allPurposes.length;

/**
 * Entries in order. Bodies come apart (`bodiesOf`), so that a page of them is bounded by bytes, not by rows.
 * Coalesced, the condition on purposes is taken for one that half the rows meet, so that the sequence is walked and not sorted.
 * A release is withdrawn when its resource was taken back from the purpose later, or its bytes are erased.
 */
export async function entriesAfter(db: Queryable, selection: Selection, after: number, limit: number): Promise<Entry[]> {
  const { purposes, types, sources } = selection;
  const { rows } = await db.query<Entry>(
    `select e.sequence::float8 as sequence, e.kind, s.name as source, e.source_id as "sourceId", e.type, e.logical_id as id, e.purpose,
            e.version_id as version, v.version_id as "versionId", encode(v.hash, 'hex') as hash, encode(r.hash, 'hex') as "ruleSet",
            e.outcome as verdict, array_to_string(e.flags, ',') as flags, case when e.about is not null then (e.about + e.sequence - e.first)::float8 end as about, e.reason,
            extract(epoch from e.at)::float8 * 1000 as at, v.size,
            v.bytes is null or exists (
              select from feed_entry x
               where x.source_id = e.source_id and x.type = e.type and x.logical_id = e.logical_id and x.purpose = e.purpose
                 and x.kind = 'retraction' and x.sequence > e.sequence) as withdrawn
       from (select span.*, purpose, first + place - 1 as sequence
               from (select * from feed_span
                      where first > $1::bigint - ${LONGEST_SPAN} and coalesce(purposes && $2, false)
                        and ($3::text[] is null or type = any($3)) and ($4::int[] is null or source_id = any($4))
                      order by first limit $5 + ${LONGEST_SPAN}) as span
              cross join lateral unnest(span.purposes) with ordinality as each (purpose, place)
              where purpose = any($2) and first + place - 1 > $1
              order by first, place limit $5) as e
       join version v on v.id = e.version_id
       join source s on s.id = e.source_id
       left join rule_set r on r.id = e.rule_set_id
      order by e.sequence`,
    [after, purposes, types, sources, limit]);
  return rows;
}

export type Body = { version: string; bytes: Buffer; encoding: number };

/** Stored bytes of the versions that still have them. */
export async function bodiesOf(db: Queryable, versions: readonly string[]): Promise<Map<string, Body>> {
  const stored = await bytesOf(db, versions);
  return new Map(stored.flatMap(({ bytes, ...rest }) => (bytes === null ? [] : [[rest.version, { ...rest, bytes }]])));
}

/** A token with its feeds, its purpose and the models it serves (contract 19). */
export type Consumer = { id: number; name: string; feeds: number[]; purpose: Purpose; models: string[]; kafkaGroup: string | null; createdAt: Date; revokedAt: Date | null };
const consumerColumns = 'id, name, feeds, purpose, models, kafka_group as "kafkaGroup", created_at as "createdAt", revoked_at as "revokedAt"';

/** @returns undefined when the name or the group is taken */
export async function admitConsumer(tx: Tx, consumer: Pick<Consumer, 'name' | 'feeds' | 'purpose' | 'models' | 'kafkaGroup'>, tokenHash: Buffer): Promise<Consumer | undefined> {
  const { rows: [row] } = await tx.query<Consumer>(
    `insert into consumer (name, token_hash, feeds, purpose, models, kafka_group) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning ${consumerColumns}`,
    [consumer.name, tokenHash, consumer.feeds, consumer.purpose, consumer.models, consumer.kafkaGroup]);
  return row;
}

/** The consumer has this token and no other; a revoked one is admitted again. */
export async function renewConsumer(tx: Tx, name: string, tokenHash: Buffer): Promise<Consumer | undefined> {
  const { rows: [row] } = await tx.query<Consumer>(
    `update consumer set token_hash = $2, revoked_at = null where name = $1 returning ${consumerColumns}`, [name, tokenHash]);
  return row;
}

export async function revokeConsumer(tx: Tx, name: string): Promise<Consumer | undefined> {
  const { rows: [row] } = await tx.query<Consumer>(
    `update consumer set revoked_at = coalesce(revoked_at, now()) where name = $1 returning ${consumerColumns}`, [name]);
  return row;
}

export async function consumerWithToken(db: Queryable, tokenHash: Buffer): Promise<Consumer | undefined> {
  const { rows: [row] } = await db.query<Consumer>(
    `select ${consumerColumns} from consumer where token_hash = $1 and revoked_at is null`, [tokenHash]);
  return row;
}

export async function allConsumers(db: Queryable): Promise<Consumer[]> {
  const { rows } = await db.query<Consumer>(`select ${consumerColumns} from consumer order by name`);
  return rows;
}

/** The consumer has been given the entries from one sequence number to another, both included. @returns the row's id */
export async function recordConsumption(tx: Tx, consumer: number, feed: number, from: number, to: number, entries: number): Promise<string> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    'insert into consumption (consumer_id, feed_id, from_sequence, to_sequence, entries) values ($1, $2, $3, $4, $5) returning id',
    [consumer, feed, from, to, entries]);
  return row?.id ?? '';
}

/**
 * The consumer's group has come as far as `to` in the feed's topics. Recorded as the range behind what
 * is on record of it; nothing where that is no news.
 * @returns the range
 */
export async function recordGroupReach(tx: Tx, consumer: number, feed: Feed, to: number): Promise<{ id: string; from: number; to: number; entries: number } | undefined> {
  // Two watchers at once: the second sees what the first wrote.
  await tx.query('select from consumer where id = $1 for update', [consumer]);
  const { rows: [row] } = await tx.query<{ id: string; from: number; to: number; entries: number }>(
    `insert into consumption (consumer_id, feed_id, from_sequence, to_sequence, entries, via)
     select $1, $2, had.to + 1, $3, (select count(*) from feed_entry e where e.sequence > had.to and e.sequence <= $3 and e.purpose = $4
               and ($5::text[] is null or e.type = any($5)) and ($6::int[] is null or e.source_id = any($6))), 'kafka'
       from (select coalesce(max(to_sequence), 0) as to from consumption where consumer_id = $1 and feed_id = $2 and via = 'kafka') as had
      where had.to < $3
     returning id, from_sequence::float8 as "from", to_sequence::float8 as "to", entries`,
    [consumer, feed.id, to, feed.purpose, feed.types, feed.sources]);
  return row;
}

export async function consumersWithGroups(db: Queryable): Promise<(Consumer & { kafkaGroup: string })[]> {
  const { rows } = await db.query<Consumer & { kafkaGroup: string }>(
    `select ${consumerColumns} from consumer where kafka_group is not null and revoked_at is null order by id`);
  return rows;
}

/** 45 CFR 164.528(b): to whom, where, why, on which basis. */
export type ConsumerFacts = {
  legalName: string; address: string; relation: 'internal-use' | 'disclosure'; purpose: string; legalBasis: string; agreement: string; by: string;
};

/** What is recorded of the consumer from now on. @returns undefined when there is no such consumer */
export async function recordConsumerFacts(tx: Tx, name: string, facts: ConsumerFacts): Promise<{ id: string; consumer: number } | undefined> {
  const { rows: [row] } = await tx.query<{ id: string; consumer: number }>(
    `insert into consumer_record (consumer_id, legal_name, address, relation, purpose, legal_basis, agreement, by_person)
     select id, $2, $3, $4, $5, $6, $7, $8 from consumer where name = $1 returning id, consumer_id as consumer`,
    [name, facts.legalName, facts.address, facts.relation, facts.purpose, facts.legalBasis, facts.agreement, facts.by]);
  return row;
}
