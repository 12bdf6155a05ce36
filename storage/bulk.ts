import type { Queryable, Tx } from './connect.ts';

export type BulkCase = { exception: string; revision: number; records: number };
export type MustOpen = { exception: string; version: string; type: string; id: string };
export type Bulk = { bulk: string; person: string; cases: BulkCase[]; mustOpen: MustOpen[]; decidedAt: Date | null };

export type BulkCandidate = BulkCase & { source: string; owner: string; priority: number; state: string; pending: boolean; waits: string[] };

export async function bulkCandidates(db: Queryable, exceptions: readonly string[]): Promise<BulkCandidate[]> {
  const { rows } = await db.query<BulkCandidate>(
    `select e.id as exception, e.revision, s.name as source, e.owner, e.priority, e.state, (e.effect_at is not null or e.turn in ('second-person', 'governor')) as pending,
            count(distinct m.version_id)::int as records, coalesce(array_agg(distinct p order by p) filter (where p is not null), '{}') as waits
       from exception e join source s on s.id = e.source_id
       left join exception_member m on m.exception_id = e.id and m.state = 'waiting' left join lateral unnest(m.purposes) as p on true
      where e.id = any($1) group by e.id, s.name order by e.id`, [exceptions]);
  return rows;
}

/** Some of the records that wait in the cases, chosen by chance. */
export async function chooseToOpen(db: Queryable, exceptions: readonly string[], count: number): Promise<MustOpen[]> {
  const { rows } = await db.query<MustOpen>(
    `select exception, version, type, id from (
       select distinct m.exception_id as exception, v.id as version, v.type, v.logical_id as id
         from exception_member m join version v on v.id = m.version_id
        where m.exception_id = any($1) and m.state = 'waiting' and v.bytes is not null) as waiting order by random() limit $2`, [exceptions, count]);
  return rows;
}

export async function keepPreview(db: Queryable, bulk: Omit<Bulk, 'decidedAt'>): Promise<void> {
  await db.query('insert into bulk (id, person, cases, must_open) values ($1, $2, $3, $4)',
    [bulk.bulk, bulk.person, JSON.stringify(bulk.cases), JSON.stringify(bulk.mustOpen)]);
}

export async function bulkById(db: Queryable, id: string): Promise<Bulk | undefined> {
  const { rows: [row] } = await db.query<Bulk>(
    `select id as bulk, person, cases, must_open as "mustOpen", decided_at as "decidedAt" from bulk where id = $1`, [id]);
  return row;
}

export async function bulkDecided(tx: Tx, id: string): Promise<void> {
  await tx.query('update bulk set decided_at = coalesce(decided_at, now()) where id = $1', [id]);
}
