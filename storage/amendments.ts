import type { Queryable, Tx } from './connect.ts';

export type AmendmentStep = 'requested' | 'accepted' | 'denied' | 'statement-of-disagreement' | 'rebuttal';
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

export type Notice = { id: string; amendment: string; step: AmendmentStep; because: string; source: string; resources: string[]; at: Date };

/** What a consumer is to take note of: which records, and which step. Not what was said. */
export async function openNotices(db: Queryable, consumer: number): Promise<Notice[]> {
  const { rows } = await db.query<Notice>(
    `select n.id, coalesce(a.request, a.id) as amendment, a.step, n.because, s.name as source, a.at,
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
