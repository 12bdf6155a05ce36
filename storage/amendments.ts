import type { Queryable, Tx } from './connect.ts';

/** What may become of a request. */
export const amendmentAnswers = ['accepted', 'denied', 'statement-of-disagreement', 'rebuttal'] as const;
export type AmendmentStep = 'requested' | (typeof amendmentAnswers)[number];
export type Amendment = {
  readonly source: number; readonly patient: string; readonly step: AmendmentStep; readonly versions: readonly string[];
  readonly says: string; readonly named: readonly number[]; readonly by: string;
  /** The first step's id; null for the first. */
  readonly request: string | null;
};
export type RecordedStep = Amendment & { readonly id: string; readonly at: Date };

/** Every step of a request, oldest first, locked: two people do not answer it at once. */
export async function stepsOf(tx: Tx, request: string): Promise<RecordedStep[]> {
  const { rows } = await tx.query<RecordedStep>(
    `select id, request, source_id as source, patient, step, versions, says, named, by_person as by, at
       from amendment where id = $1 or request = $1 order by id for update`, [request]);
  return rows;
}

export async function sourceOfAmendment(db: Queryable, request: string): Promise<string | undefined> {
  return (await db.query<{ name: string }>('select s.name from amendment a join source s on s.id = a.source_id where a.id = $1 and a.request is null', [request])).rows[0]?.name;
}

export async function recordStep(tx: Tx, one: Amendment): Promise<string> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    `insert into amendment (request, source_id, patient, step, versions, says, named, by_person) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [one.request, one.source, one.patient, one.step, one.versions, one.says, one.named, one.by]);
  return row?.id ?? '';
}

/** Those whom the patient named, and those who were given one of the versions, are to be told. @returns ids of the notices */
export async function notifyRecipients(tx: Tx, amendment: string, versions: readonly string[], named: readonly number[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into amendment_notice (amendment_id, consumer_id, because)
     select $1, id, 'named' from consumer where id = any($3)
     union
     select distinct $1::bigint, k.consumer_id, 'was-given' from feed_entry e join consumption k on int8range(k.from_sequence, k.to_sequence, '[]') @> e.sequence
       join feed f on f.id = k.feed_id and f.purpose = e.purpose and (f.types is null or e.type = any(f.types)) and (f.sources is null or e.source_id = any(f.sources))
      where e.version_id = any($2) and e.kind = 'release' and k.consumer_id <> all($3)
     on conflict do nothing returning id`, [amendment, versions, named]);
  return rows.map((row) => row.id);
}

/**
 * The versions of a patient's records that somebody names: `Type/id` for the newest, or a version's number here.
 * @returns undefined when one of them is not the patient's
 */
export async function versionsNamed(db: Queryable, source: number, patient: string, records: readonly string[]): Promise<string[] | undefined> {
  const { rows } = await db.query<{ id: string | null }>(
    `select (select v.id from version v where v.source_id = $1 and v.patient = $2
                and case when r ~ '^[0-9]{1,18}$' then v.id = r::bigint else v.head and v.type || '/' || v.logical_id = r end) as id
       from unnest($3::text[]) as r`, [source, patient, records]);
  const found = rows.flatMap((row) => row.id ?? []);
  return found.length === records.length && found.length > 0 ? [...new Set(found)] : undefined;
}

/** Steps of which somebody was told, and whose records were given to others since. */
export async function stepsToTell(db: Queryable): Promise<{ id: string; request: string; step: AmendmentStep; versions: string[]; named: number[] }[]> {
  const { rows } = await db.query<{ id: string; request: string; step: AmendmentStep; versions: string[]; named: number[] }>(
    `select a.id, a.request, a.step, a.versions, a.named from amendment a where a.request is not null
        and exists (select from feed_entry e join consumption k on int8range(k.from_sequence, k.to_sequence, '[]') @> e.sequence
                      join feed f on f.id = k.feed_id and f.purpose = e.purpose and (f.types is null or e.type = any(f.types)) and (f.sources is null or e.source_id = any(f.sources))
                     where e.version_id = any(a.versions) and e.kind = 'release'
                       and not exists (select from amendment_notice n where n.amendment_id = a.id and n.consumer_id = k.consumer_id)) order by a.id`);
  return rows;
}

/** Notices that nobody took note of for so many days. */
export async function agedNotices(db: Queryable, days: number): Promise<{ consumer: string; consumerId: number; notices: number; since: string; days: number }[]> {
  const { rows } = await db.query<{ consumer: string; consumerId: number; notices: number; since: string; days: number }>(
    `select c.name as consumer, c.id as "consumerId", count(*)::int as notices, min(a.at)::text as since, extract(day from now() - min(a.at))::int as days
       from amendment_notice n join amendment a on a.id = n.amendment_id join consumer c on c.id = n.consumer_id
      where n.noted_at is null and c.revoked_at is null group by c.id, c.name having min(a.at) < now() - make_interval(days => $1)`, [days]);
  return rows;
}

export type Notice = { id: string; amendment: string; step: AmendmentStep; because: string; source: string; resources: string[]; says: string; at: Date };

/** What a consumer is to take note of: which records, which step, and what was said, which goes with the record (164.526(d)(5)). */
export async function openNotices(db: Queryable, consumer: number): Promise<Notice[]> {
  const { rows } = await db.query<Notice>(
    `select n.id, coalesce(a.request, a.id) as amendment, a.step, n.because, s.name as source, a.says, a.at,
            array(select distinct v.type || '/' || v.logical_id from version v where v.id = any(a.versions) order by 1) as resources
       from amendment_notice n join amendment a on a.id = n.amendment_id join source s on s.id = a.source_id
      where n.consumer_id = $1 and n.noted_at is null order by n.id`, [consumer]);
  return rows;
}

/** @returns false when no such notice waits for the consumer */
export async function noteNotice(tx: Tx, notice: string, consumer: number): Promise<boolean> {
  const { rowCount } = await tx.query('update amendment_notice set noted_at = now() where id = $1 and consumer_id = $2 and noted_at is null', [notice, consumer]);
  return rowCount === 1;
}
