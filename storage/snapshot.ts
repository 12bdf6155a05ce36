import type { Queryable, Tx } from './connect.ts';
import { addFile } from './run-files.ts';

export type Missing = { type: string; known: number; missing: number };

/** The file whose lines are what a full snapshot did not show. */
export const SNAPSHOT_FILE = 'deleted/snapshot';

/**
 * Known heads that this run neither landed nor met unchanged. Left out: what only hydration brought,
 * types that failed, and types of which a line went to quarantine (it may be the one that is missing).
 * $1 the run, $2 the types that it read in full; null for all.
 */
const heads = `
  with seen as materialized (
    select id from version where run_id = $1
    union select unnest(unchanged) from received_chunk where run_id = $1
  ), unsure as materialized (
    select type from run_type where run_id = $1 and state = 'failed'
    union select coalesce(f.type, '*') from quarantine q join run_file f on f.id = q.file_id where q.run_id = $1
    union select coalesce(type, '*') from run_file where run_id = $1 and state = 'failed' and kind <> 'hydrated'
  ), known as (
    select v.type, v.logical_id, exists (select from seen where seen.id = v.id) as seen
      from version v join run r on r.id = $1 and v.source_id = r.source_id join run_file f on f.id = v.file_id
     where v.head and not v.deletion and f.kind <> 'hydrated' and ($2::text[] is null or v.type = any($2))
       and not exists (select from unsure where unsure.type in (v.type, '*'))
  )`;

/** Types of which the source gave something that is still there, as far as we know. */
export async function knownTypes(db: Queryable, source: number): Promise<string[]> {
  const { rows } = await db.query<{ type: string }>(
    'select distinct type from version where source_id = $1 and head and not deletion order by type', [source]);
  return rows.map((row) => row.type);
}

export async function missingByType(db: Queryable, run: string, types: readonly string[] | null): Promise<Missing[]> {
  const { rows } = await db.query<Missing>(
    `${heads} select type, count(*)::int as known, count(*) filter (where not seen)::int as missing from known group by type order by type`,
    [run, types]);
  return rows;
}

/** What the snapshot did not show is to be landed as deletions; said once, it stays so. @returns how many */
export async function planSnapshotDeletions(tx: Tx, run: string, types: readonly string[] | null): Promise<number> {
  const file = await addFile(tx, run, { name: SNAPSHOT_FILE, kind: 'deleted', type: null, url: 'snapshot_deletion' });
  const { rowCount } = await tx.query(
    `${heads} insert into snapshot_deletion (file_id, line, type, logical_id)
     select $3, row_number() over (order by type, logical_id), type, logical_id from known where not seen`, [run, types, file]);
  return rowCount ?? 0;
}

export async function isSnapshotPlanned(db: Queryable, run: string): Promise<boolean> {
  return (await db.query('select from run_file where run_id = $1 and name = $2', [run, SNAPSHOT_FILE])).rowCount === 1;
}

export async function snapshotDeletions(db: Queryable, file: string, fromLine: number, limit: number): Promise<{ line: number; type: string; id: string }[]> {
  return (await db.query<{ line: number; type: string; id: string }>(
    'select line, type, logical_id as id from snapshot_deletion where file_id = $1 and line >= $2 order by line limit $3', [file, fromLine, limit])).rows;
}
