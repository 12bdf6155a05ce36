import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../storage/connect.ts';
import { runDetail, runs, type RunDetail } from '../../storage/runs.ts';

const phases: Readonly<Record<RunDetail['phase'], string>> = {
  extract: 'asking the source', land: 'landing', hydrate: 'fetching what is referenced', barrier: 'all has landed',
  assess: 'checking', release: 'releasing', close: 'closing', done: 'done',
};

/**
 * The run's row, once its workflow's first activity wrote it; undefined when nothing works on it for five
 * minutes (a busy machine may need one), or when its workflow is over without.
 */
export async function runStartedBy(db: Database, startedBy: string, stop: AbortSignal, over: () => boolean = () => false): Promise<string | undefined> {
  for (const end = Date.now() + 300_000; Date.now() < end && !stop.aborted; await sleep(100)) {
    const ended = over();
    const { rows: [row] } = await db.query<{ id: string }>('select id from run where started_by = $1', [startedBy]);
    if (row !== undefined) return row.id;
    if (ended) return undefined;
  }
  return undefined;
}

/**
 * The run that the source has going: its row is written a moment after its workflow began, and closed a moment before that ends.
 * @param ended when the workflow has: then it is the newest
 * @returns undefined where a minute brought none
 */
export async function goingRun(db: Database, source: number, stop: AbortSignal, ended: Promise<unknown>): Promise<{ run: string; startedBy: string } | undefined> {
  let over = false;
  void ended.catch(() => {}).then(() => { over = true; });
  for (const end = Date.now() + 60_000; Date.now() < end && !stop.aborted; await sleep(100)) {
    const { rows: [row] } = await db.query<{ run: string; startedBy: string }>(
      `select id as run, started_by as "startedBy" from run where source_id = $1 and ($2 or finished_at is null) order by id desc limit 1`, [source, over]);
    if (row !== undefined) return row;
  }
  return undefined;
}

/**
 * Shows a run's progress until it ends or the person asks us to stop.
 * @param show one line, to be written over the line before
 * @param failing what is tried again and again, as a sentence: shown in place of the progress
 */
export async function followRun(db: Database, run: string, show: (line: string) => void, stop: AbortSignal,
  failing: () => Promise<string | undefined> = async () => undefined): Promise<RunDetail | undefined> {
  for (;;) {
    const detail = await runDetail(db, run);
    if (detail === undefined) return undefined;
    show((detail.finishedAt === null ? await failing() : undefined) ?? progressLine(detail));
    if (detail.finishedAt !== null || stop.aborted) return detail;
    await sleep(400, undefined, { signal: stop }).catch(() => {});
  }
}

function progressLine(run: RunDetail): string {
  const parts = [phases[run.phase], `${run.received.toLocaleString('en')} received`, `${run.landed.toLocaleString('en')} landed`];
  if (run.files.total > 0) parts.push(`files ${run.files.done + run.files.failed}/${run.files.total}`);
  if (run.partitions.total > 0) parts.push(`checked ${run.partitions.assessed}/${run.partitions.total}, released ${run.partitions.released}/${run.partitions.total}`);
  return parts.join(' · ');
}

/** The newest run of a source, with the run's id. */
export const newestRun = async (db: Database, source: string) => (await runs(db, 1, { source }))[0];
