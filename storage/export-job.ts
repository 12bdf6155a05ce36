import type { Queryable } from './connect.ts';

/** The part of a Bulk Data manifest that is read: http://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---complete-status */
export type Manifest = {
  transactionTime?: string; requiresAccessToken?: boolean;
  output?: ManifestFile[]; deleted?: ManifestFile[]; error?: ManifestFile[];
};
export type ManifestFile = { type?: string; url: string; count?: number };

export type ExportJob = { run: string; intendedAt: Date; statusUrl: string | null; manifest: Manifest | null; releasedAt: Date | null };

const columns = `run_id as run, intended_at as "intendedAt", status_url as "statusUrl", manifest, released_at as "releasedAt"`;

/** [6] We are about to kick off: committed before. @returns false when that was on record already */
export async function recordIntent(db: Queryable, run: string): Promise<boolean> {
  const { rowCount } = await db.query('insert into export_job (run_id) values ($1) on conflict do nothing', [run]);
  return rowCount === 1;
}

export async function exportJob(db: Queryable, run: string): Promise<ExportJob | undefined> {
  return (await db.query<ExportJob>(`select ${columns} from export_job where run_id = $1`, [run])).rows[0];
}

/**
 * The source no longer knows an export of which nothing was taken yet: as if it had never been kicked off.
 * @returns false when that was so too often already
 */
export async function forgetKickOff(db: Queryable, run: string, atMost: number): Promise<boolean> {
  const { rowCount } = await db.query(
    'update export_job set status_url = null, progress = null, intended_at = now(), asked_again = asked_again + 1 where run_id = $1 and manifest is null and asked_again < $2', [run, atMost]);
  return rowCount === 1;
}

/** [6] Where the job is asked about: committed before the first poll. */
export async function recordStatusUrl(db: Queryable, run: string, url: string): Promise<void> {
  await db.query('update export_job set status_url = $2 where run_id = $1 and status_url is null', [run, url]);
}

export async function recordProgress(db: Queryable, run: string, progress: string): Promise<void> {
  await db.query('update export_job set progress = $2 where run_id = $1', [run, progress]);
}

export async function recordManifest(db: Queryable, run: string, manifest: Manifest): Promise<void> {
  await db.query('update export_job set manifest = $2 where run_id = $1', [run, JSON.stringify(manifest)]);
}

/** The job is gone from the server: DELETEd, or forgotten there. */
export async function recordReleased(db: Queryable, run: string): Promise<void> {
  await db.query('update export_job set released_at = coalesce(released_at, now()) where run_id = $1', [run]);
}

/** Jobs of the source's ended runs that may still stand on the server and block the next. */
export async function jobsLeft(db: Queryable, source: number, exceptRun: string): Promise<ExportJob[]> {
  return (await db.query<ExportJob>(
    `select ${columns} from export_job j join run r on r.id = j.run_id
      where r.source_id = $1 and j.run_id <> $2 and r.state <> 'running' and status_url is not null and released_at is null
      order by j.run_id desc limit 20`, [source, exceptRun])).rows;
}

/** How many resources the manifest announced for the file at this address; undefined where it does not say. */
export async function announcedCount(db: Queryable, run: string, url: string): Promise<number | undefined> {
  const { rows: [row] } = await db.query<{ count: number | null }>(
    `select (listed ->> 'count')::int as count
       from export_job, jsonb_array_elements(manifest -> 'output') as listed
      where run_id = $1 and listed ->> 'url' = $2 and jsonb_typeof(listed -> 'count') = 'number' limit 1`, [run, url]);
  return row?.count ?? undefined;
}
