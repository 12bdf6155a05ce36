import { AssayError, errors } from '../../terms/errors.ts';
import type { Database } from '../../storage/connect.ts';
import { exportJob, forgetKickOff, jobsLeft, recordIntent, recordManifest, recordProgress, recordReleased, recordStatusUrl } from '../../storage/export-job.ts';
import { explainFailure, type RunRow } from '../../storage/source.ts';
import { exportRequest, kickOff, poll, releaseJob } from './bulk.ts';
import type { Connection } from './connection.ts';
import { askForNewMembers } from './group-members.ts';
import { bulkSettings } from './settings.ts';

/**
 * Begins the run's export (contract 6): the intent is committed before, the status URL before the
 * first poll. An intent without URL (we died in between) is kicked off again.
 */
export async function startExport(db: Database, connection: Connection, run: RunRow): Promise<void> {
  const settings = bulkSettings(run.settings);
  const first = await recordIntent(db, run.run);
  const job = await exportJob(db, run.run);
  if (job === undefined || job.statusUrl !== null) return;
  await releaseLeftJobs(db, connection, run);
  const asked = await askForNewMembers(db, connection, run, settings);
  const lost = first ? undefined : `a kick-off of ours at ${job.intendedAt.toISOString()} got no answer that we know of`;
  try {
    await recordStatusUrl(db, run.run, await kickOff(connection, exportRequest(connection.base, settings, asked), job.intendedAt, lost));
  } catch (error) {
    if (error instanceof AssayError && !errors[error.code].retry) await explainFailure(db, run.run, error.code, error.detail ?? null);
    throw error;
  }
}

/** So often a run asks anew for an export that the source forgot, as servers do that keep their jobs in memory and are restarted. */
const ASKED_AGAIN = 3;

/**
 * Asks once. An export that the source forgot before it was finished is kicked off again.
 * @returns done with the manifest stored, or how long the server asks to wait
 */
export async function pollOnce(db: Database, connection: Connection, run: RunRow): Promise<{ done: boolean; waitMs: number }> {
  const job = await exportJob(db, run.run);
  if (job === undefined) throw new AssayError('ASSAY_SOURCE_EXPORT_GONE', 'no kick-off');
  if (job.statusUrl === null) {
    await startExport(db, connection, run);
    return { done: false, waitMs: 0 };
  }
  if (job.manifest !== null) return { done: true, waitMs: 0 };
  try {
    const answer = await poll(connection, job.statusUrl, connection.http.now().getTime() - job.intendedAt.getTime());
    if ('manifest' in answer) {
      await recordManifest(db, run.run, answer.manifest);
      return { done: true, waitMs: 0 };
    }
    if (answer.progress !== undefined) await recordProgress(db, run.run, answer.progress);
    return { done: false, waitMs: answer.waitMs };
  } catch (error) {
    if (error instanceof AssayError && error.code === 'ASSAY_SOURCE_EXPORT_GONE' && await forgetKickOff(db, run.run, ASKED_AGAIN)) return { done: false, waitMs: 0 };
    if (error instanceof AssayError && !errors[error.code].retry) await explainFailure(db, run.run, error.code, error.detail ?? null);
    throw error;
  }
}

/** The run's job is DELETEd at the server; where that fails the next run tries again. */
export async function releaseExport(db: Database, connection: Connection, run: string): Promise<void> {
  const job = await exportJob(db, run);
  if (job === undefined || job.statusUrl === null || job.releasedAt !== null) return;
  if (await releaseJob(connection, job.statusUrl).catch(() => false)) await recordReleased(db, run);
}

/** Jobs of ended runs may block the next: one export a client at a time (Epic). */
async function releaseLeftJobs(db: Database, connection: Connection, run: RunRow): Promise<void> {
  for (const job of await jobsLeft(db, run.source, run.run)) await releaseExport(db, connection, job.run);
}
