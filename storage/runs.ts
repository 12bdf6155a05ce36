import type { Queryable } from './connect.ts';
import { ofFacilities, type Facilities } from './queue-filter.ts';

export type RunState = 'running' | 'completed' | 'completed-with-errors' | 'failed' | 'cancelled' | 'held';
export type RunPhase = 'extract' | 'land' | 'hydrate' | 'barrier' | 'assess' | 'release' | 'close' | 'done';

export type RunSummary = {
  id: string; source: string; state: RunState; phase: RunPhase; startedAt: Date; finishedAt: Date | null;
  errorCode: string | null;
  /** Items the source gave, deletions and skipped ones included. */
  received: number; quarantined: number;
  failedTypes: string[];
};

/** One run's row for people; `$…` is the condition's. */
const summary = `select r.id, s.name as source, r.state, r.phase, r.started_at as "startedAt", r.finished_at as "finishedAt",
       r.error_code as "errorCode",
       (select coalesce(sum(received), 0)::int from received_chunk where run_id = r.id) as received,
       (select count(*)::int from quarantine where run_id = r.id) as quarantined,
       array(select type from run_type where run_id = r.id and state = 'failed' order by type) as "failedTypes"
  from run r join source s on s.id = r.source_id`;

/** Newest first. @param before the last id of the page before */
export async function runs(db: Queryable, limit: number, { source, before, facilities = null }: { source?: string | undefined; before?: string | undefined; facilities?: Facilities } = {}): Promise<RunSummary[]> {
  const { rows } = await db.query<RunSummary>(
    `${summary} where ($2::text is null or s.name = $2) and ($3::bigint is null or r.id < $3) and ${ofFacilities('r.source_id', '$4')} order by r.id desc limit $1`,
    [limit, source ?? null, before ?? null, facilities]);
  return rows;
}

export type RunDetail = RunSummary & {
  errorDetail: string | null; asOf: Date; transactionTime: Date | null; asked: Record<string, unknown>;
  /** Versions, deletions too: what came and was neither passed over nor unchanged. Counted by chunks, cheap to ask again and again. */
  landed: number;
  /** How far each phase is: files landed, then groups of patients checked, then released. */
  files: { total: number; done: number; failed: number };
  partitions: { total: number; assessed: number; released: number };
};

export async function runDetail(db: Queryable, id: string): Promise<RunDetail | undefined> {
  const { rows: [row] } = await db.query<RunDetail>(
    `with summary as (${summary} where r.id = $1)
     select summary.*,
            (select coalesce(sum(c.received - c.skipped - cardinality(c.unchanged)), 0)::int from received_chunk c where c.run_id = r.id)
              - summary.quarantined - (select count(*)::int from deletion_unknown d where d.run_id = r.id) as landed,
            r.error_detail as "errorDetail", r.as_of as "asOf", r.transaction_time as "transactionTime", r.asked,
            (select jsonb_build_object('total', count(*), 'done', count(*) filter (where f.state = 'done'),
                                       'failed', count(*) filter (where f.state = 'failed'))
               from run_file f where f.run_id = r.id) as files,
            (select jsonb_build_object('total', count(*), 'assessed', count(*) filter (where p.state <> 'pending'),
                                       'released', count(*) filter (where p.state = 'released'))
               from partition p where p.run_id = r.id) as partitions
       from summary join run r on r.id = summary.id`, [id]);
  return row;
}

export type RunType = {
  type: string; state: 'extracting' | 'done' | 'failed' | null; errorCode: string | null;
  files: number; filesDone: number; received: number; landed: number; deleted: number; unchanged: number; quarantined: number;
};

/** Live counts per resource type; received and quarantined count by what their file was announced for. */
export async function runTypes(db: Queryable, run: string): Promise<RunType[]> {
  const { rows } = await db.query<RunType>(
    `with counted as (
       select coalesce(f.type, '') as type, count(*) as files, count(*) filter (where f.state = 'done') as done,
              coalesce(sum(c.received), 0) as received, coalesce(sum(c.unchanged), 0) as unchanged, coalesce(sum(q.n), 0) as quarantined
         from run_file f
         left join (select file_id, sum(received) as received, sum(cardinality(unchanged)) as unchanged
                      from received_chunk where run_id = $1 group by file_id) c on c.file_id = f.id
         left join (select file_id, count(*) as n from quarantine where run_id = $1 group by file_id) q on q.file_id = f.id
        where f.run_id = $1 group by 1
     ), landed as (
       select of.type, sum((of.counts ->> 0)::int) as landed, sum((of.counts ->> 1)::int) as deleted
         from received_chunk c cross join lateral jsonb_each(c.became) as of (type, counts) where c.run_id = $1 group by of.type
     ), asked as (select type, state, error_code from run_type where run_id = $1)
     select type, state, error_code as "errorCode", coalesce(files, 0)::int as files, coalesce(done, 0)::int as "filesDone",
            coalesce(received, 0)::int as received, coalesce(landed, 0)::int as landed, coalesce(deleted, 0)::int as deleted,
            coalesce(unchanged, 0)::int as unchanged, coalesce(quarantined, 0)::int as quarantined
       from asked full join counted using (type) full join landed using (type) order by type`, [run]);
  return rows;
}

export type QuarantineReason = { errorCode: string; lines: number };

/** Why lines of the run became no version. */
export async function quarantineReasons(db: Queryable, run: string): Promise<QuarantineReason[]> {
  const { rows } = await db.query<QuarantineReason>(
    `select error_code as "errorCode", count(*)::int as lines from quarantine where run_id = $1 group by 1 order by 2 desc, 1`, [run]);
  return rows;
}

/** The source's run that is going on now. */
export async function runGoing(db: Queryable, source: string): Promise<string | undefined> {
  const { rows: [row] } = await db.query<{ id: string }>(
    `select r.id from run r join source s on s.id = r.source_id where s.name = $1 and r.state = 'running' order by r.id desc limit 1`, [source]);
  return row?.id;
}
