import type { BusinessCalendar } from '../terms/business-calendar.ts';
import type { Queryable, Tx } from './connect.ts';

export type SourceKind = 'bulk' | 'search' | 'files';
export type SourceRow = { id: number; name: string; kind: SourceKind; settings: unknown };

/** The source is known under its name, with these settings; people of another person system are compared again. @returns changed: it was not, or with others */
export async function settleSource(db: Queryable, { name, kind, settings }: Omit<SourceRow, 'id'>): Promise<{ id: number; changed: boolean }> {
  const { rows: [moved] } = await db.query<{ id: number }>(
    `with before as (select id, settings ->> 'personSystem' as persons from source where name = $1),
          again as (update patient_key set judged = false from before where source_id = before.id and before.persons is distinct from $3::jsonb ->> 'personSystem')
     insert into source (name, kind, settings) values ($1, $2, $3)
     on conflict (name) do update set kind = excluded.kind, settings = excluded.settings
       where (source.kind, source.settings) is distinct from (excluded.kind, excluded.settings) returning id`,
    [name, kind, JSON.stringify(settings)]);
  if (moved !== undefined) return { id: moved.id, changed: true };
  return { id: one((await db.query<{ id: number }>('select id from source where name = $1', [name])).rows[0]).id, changed: false };
}

/** The same where no ledger is kept. */
export const registerSource = async (db: Queryable, source: Omit<SourceRow, 'id'>): Promise<number> => (await settleSource(db, source)).id;

export async function sources(db: Queryable): Promise<SourceRow[]> {
  return (await db.query<SourceRow>('select id, name, kind, settings from source order by name')).rows;
}

export async function sourceById(db: Queryable, id: number): Promise<SourceRow | undefined> {
  return (await db.query<SourceRow>('select id, name, kind, settings from source where id = $1', [id])).rows[0];
}

/** When the people work who decide about the source's records, where its settings say so. */
export async function calendarOf(db: Queryable, name: string): Promise<BusinessCalendar | undefined> {
  const { rows: [row] } = await db.query<{ calendar: BusinessCalendar | null }>(`select settings -> 'calendar' as calendar from source where name = $1`, [name]);
  return row?.calendar ?? undefined;
}

/** What a run was asked for, as its row keeps it. Times are ISO 8601. */
export type Asked = {
  readonly reassess?: boolean;
  readonly since?: string; readonly types?: readonly string[]; readonly group?: string; readonly full?: boolean;
  /** Per type what `since` came to; a type that is not named is read in full. '*': types nobody listed. */
  readonly sinceByType?: Readonly<Record<string, string>>;
  /** False for a part of what the source holds: it says nothing of where the next run may begin, or of deletions. */
  readonly movesWatermarks?: boolean;
};

export type RunRow = {
  run: string; source: number; sourceName: string; kind: SourceKind; settings: unknown; asked: Asked;
  state: 'running' | 'completed' | 'completed-with-errors' | 'failed' | 'cancelled' | 'held';
  transactionTime: Date | null; asOf: Date;
};

/** The run is on record; beginning it twice gives the same one. */
export async function beginRun(tx: Tx, source: number, startedBy: string, asked: Asked): Promise<string> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    `insert into run (source_id, started_by, asked) values ($1, $2, $3)
     on conflict (started_by) do update set started_by = excluded.started_by returning id`,
    [source, startedBy, JSON.stringify(asked)]);
  return one(row).id;
}

export async function runById(db: Queryable, run: string): Promise<RunRow | undefined> {
  return (await db.query<RunRow>(
    `select run.id as run, source.id as source, source.name as "sourceName", source.kind, source.settings, run.asked, run.state,
            run.transaction_time as "transactionTime", run.as_of as "asOf"
       from run join source on source.id = run.source_id where run.id = $1`, [run])).rows[0];
}

/** What was asked turned out to be this. */
export async function restateAsked(db: Queryable, run: string, asked: Asked): Promise<void> {
  await db.query('update run set asked = $2 where id = $1', [run, JSON.stringify(asked)]);
}

/** The source's own time of what it gives; the first statement of it stands. */
export async function stateTransactionTime(db: Queryable, run: string, at: Date): Promise<void> {
  await db.query('update run set transaction_time = coalesce(transaction_time, $2) where id = $1', [run, at]);
}

/**
 * Tables that the phase before has filled: without fresh statistics PostgreSQL plans for empty ones, and without a
 * visibility map it counts a compartment's heads in the table instead of the index.
 */
const filledBefore: Readonly<Record<string, readonly [string, ...string[]]>> = { assess: ['version'], release: ['assessment', 'verdict'] };
/** A run that adds less to a table leaves its statistics to autovacuum: reading millions of rows for hundreds would be most of its time. */
const MUCH = 0.05;

export async function enterPhase(db: Queryable, run: string, phase: string): Promise<void> {
  const filled = filledBefore[phase];
  if (filled !== undefined && await fills(db, run, filled[0])) await db.query(`vacuum (analyze, index_cleanup off, truncate off) ${filled.join()}`);
  await db.query('update run set phase = $2 where id = $1', [run, phase]);
}

async function fills(db: Queryable, run: string, table: string): Promise<boolean> {
  const { rows: [row] } = await db.query<{ much: boolean }>(
    `select coalesce((asked ->> 'reassess')::boolean, false)
            or (select count(*) from version where run_id = run.id) >= $3 * (select reltuples from pg_class where oid = to_regclass($2)) as much
       from run where id = $1`, [run, table, MUCH]);
  return row?.much ?? true;
}

/** The run waits for a person: it neither goes on nor takes anything back. */
export async function holdRun(db: Queryable, run: string, code: string, detail: string): Promise<void> {
  await db.query(`update run set state = 'held', error_code = $2, error_detail = $3 where id = $1`, [run, code, detail]);
}

/** Why the run is about to fail, in more words than its workflow may carry. */
export async function explainFailure(db: Queryable, run: string, code: string, detail: string | null): Promise<void> {
  await db.query('update run set error_code = $2, error_detail = $3 where id = $1', [run, code, detail]);
}

/** The run has ended; one that ended before, or was held, keeps its state. @returns first: it ended now */
export async function endRun(tx: Tx, run: string, state: RunRow['state'], code: string | null): Promise<{ state: RunRow['state']; first: boolean }> {
  const { rowCount } = await tx.query(
    `update run set state = case when state = 'running' then $2 else state end, phase = 'done',
                    error_code = coalesce(error_code, $3), finished_at = now() where id = $1 and finished_at is null`,
    [run, state, code]);
  const { rows: [row] } = await tx.query<{ state: RunRow['state'] }>('select state from run where id = $1', [run]);
  return { state: one(row).state, first: rowCount === 1 };
}

export type RunningRun = { run: string; source: number; startedBy: string; startedAt: Date };

/** Runs whose rows say that they go, oldest first. */
export async function runningRuns(db: Queryable): Promise<RunningRun[]> {
  return (await db.query<RunningRun>(
    `select id as run, source_id as source, started_by as "startedBy", started_at as "startedAt" from run where finished_at is null order by id`)).rows;
}

// Types

export async function startTypes(tx: Queryable, run: string, types: readonly string[]): Promise<void> {
  await tx.query(
    `insert into run_type (run_id, type, state) select $1, type, 'extracting' from unnest($2::text[]) as type
     on conflict do nothing`, [run, types]);
}

/** The type failed in this run: its watermark stays, rules that read it are unevaluated [5, 7]. */
export async function failType(db: Queryable, run: string, type: string, code: string): Promise<void> {
  await db.query(
    `insert into run_type (run_id, type, state, error_code) values ($1, $2, 'failed', $3)
     on conflict (run_id, type) do update set state = 'failed', error_code = coalesce(run_type.error_code, excluded.error_code)`,
    [run, type, code]);
}

export async function typesOf(db: Queryable, run: string): Promise<string[]> {
  const { rows } = await db.query<{ type: string }>('select type from run_type where run_id = $1 order by type', [run]);
  return rows.map((row) => row.type);
}

/** Types that this run names and that did not fail in it. */
export async function typesBrought(db: Queryable, run: string): Promise<string[]> {
  const { rows } = await db.query<{ type: string }>(`select type from run_type where run_id = $1 and type <> '*' and state <> 'failed'`, [run]);
  return rows.map((row) => row.type);
}

/** Types that did not fail are done. */
export async function finishTypes(tx: Tx, run: string): Promise<void> {
  await tx.query(`update run_type set state = 'done' where run_id = $1 and state = 'extracting'`, [run]);
}

export async function failedTypes(db: Queryable, run: string): Promise<string[]> {
  const { rows } = await db.query<{ type: string }>(
    `select type from run_type where run_id = $1 and state = 'failed' order by type`, [run]);
  return rows.map((row) => row.type);
}

// Watermarks

export async function watermarks(db: Queryable, source: number): Promise<Map<string, Date>> {
  const { rows } = await db.query<{ type: string; at: Date }>('select type, at from watermark where source_id = $1', [source]);
  return new Map(rows.map((row) => [row.type, row.at]));
}

/**
 * [5] The next run may begin where this one's source stood: for types without error. '*' stands for
 * types nobody listed, so any error keeps it, and its own error, or a failed file of no single type,
 * keeps them all. Never moves back.
 */
export async function moveWatermarks(tx: Tx, run: string): Promise<void> {
  await tx.query(
    `insert into watermark (source_id, type, at, run_id)
     select r.source_id, t.type, r.transaction_time, r.id
       from run r join run_type t on t.run_id = r.id
      where r.id = $1 and r.transaction_time is not null and t.state = 'done'
        and coalesce((r.asked ->> 'movesWatermarks')::boolean, true)
        and not exists (select from run_file f where f.run_id = r.id and f.state = 'failed' and f.type is null and f.kind <> 'hydrated')
        and not exists (select from run_type f where f.run_id = r.id and f.state = 'failed' and (f.type = '*' or t.type = '*'))
     on conflict (source_id, type) do update set at = excluded.at, run_id = excluded.run_id where watermark.at < excluded.at`,
    [run]);
}

// Groups

export async function recordMembers(tx: Tx, run: string, source: number, group: string, patients: readonly string[]): Promise<void> {
  await tx.query(
    `insert into group_member (source_id, group_id, patient, run_id)
     select $1, $2, patient, $3 from unnest($4::text[]) as patient on conflict do nothing`, [source, group, run, patients]);
}

/** How many of these patients no completed run of the group has asked for. */
export async function newMembers(db: Queryable, source: number, group: string, patients: readonly string[]): Promise<number> {
  const { rows: [row] } = await db.query<{ n: number }>(
    `select count(*)::int as n from unnest($3::text[]) as wanted (patient)
      where not exists (select from group_member m join run r on r.id = m.run_id and r.state = 'completed'
                         where m.source_id = $1 and m.group_id = $2 and m.patient = wanted.patient)`, [source, group, patients]);
  return one(row).n;
}

function one<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('a statement that gives one row gave none');
  return row;
}
