import type { appendEvent } from '../../ledger/append.ts';
import { exportJob, jobsLeft, recordIntent, recordManifest, recordProgress, recordReleased, recordStatusUrl } from '../../storage/export-job.ts';
import { addFiles, failedFiles, pendingFiles } from '../../storage/run-files.ts';
import * as source from '../../storage/source.ts';
import type { Database } from '../../storage/connect.ts';
import { AssayError } from '../../terms/errors.ts';
import * as bulk from './bulk.ts';
import type { Connections } from './connection.ts';
import { listFolder } from './files.ts';
import { bulkSettings, filesSettings, settingsOf } from './settings.ts';
import { resolveAsked } from './since.ts';

type Deps = {
  readonly db: Database; readonly connections: Connections; readonly appendEvent: typeof appendEvent; readonly beat: () => void;
};

export const createSourceActivities = ({ db, connections, appendEvent, beat }: Deps) => {
  const runOf = async (run: string): Promise<source.RunRow> => {
    const row = await source.runById(db, run);
    if (row === undefined) throw new AssayError('ASSAY_RUN_FAILED', `run ${run} is not there`);
    return row;
  };
  return {
    /** The run's row, with what it asks for worked out from the watermarks. */
    async beginRun({ source: id, startedBy, asked }: { source: number; startedBy: string; asked: source.Asked }): Promise<{ run: string }> {
      return db.transaction(async (tx) => {
        const row = await source.sourceById(tx, id);
        if (row === undefined) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
        const resolved = resolveAsked(row.kind, settingsOf(row.kind, row.settings), asked, await source.watermarks(tx, id));
        return { run: await source.beginRun(tx, id, startedBy, resolved) };
      });
    },

    async enterPhase(run: string, phase: string): Promise<void> {
      await source.enterPhase(db, run, phase);
    },

    /** [6] Intent, kick-off, status URL, each committed before the next. */
    async kickOff(run: string): Promise<void> {
      const row = await runOf(run);
      if (row.kind !== 'bulk') return;
      const settings = bulkSettings(row.settings);
      const connection = connections(settings);
      const known = await exportJob(db, run);
      if (known?.statusUrl != null) return;
      for (const job of await jobsLeft(db, row.source, run)) {
        if (job.statusUrl !== null && await bulk.releaseJob(connection, job.statusUrl)) await recordReleased(db, job.run);
      }
      const first = await recordIntent(db, run);
      const before = first ? undefined : 'an earlier kick-off of this run may still be going';
      await recordStatusUrl(db, run, await bulk.kickOff(connection, bulk.exportUrl(connection.base, settings, row.asked), before));
    },

    async pollExport(run: string): Promise<{ done: boolean; waitMs: number }> {
      const row = await runOf(run);
      if (row.kind !== 'bulk') return { done: true, waitMs: 0 };
      const job = await exportJob(db, run);
      if (job === undefined || job.statusUrl === null) throw new AssayError('ASSAY_SOURCE_EXPORT_GONE');
      if (job.manifest !== null) return { done: true, waitMs: 0 };
      const answer = await bulk.poll(connections(bulkSettings(row.settings)), job.statusUrl);
      if ('manifest' in answer) {
        await recordManifest(db, run, answer.manifest);
        return { done: true, waitMs: 0 };
      }
      if (answer.progress !== undefined) await recordProgress(db, run, answer.progress);
      return { done: false, waitMs: answer.waitMs };
    },

    /** What is to be landed becomes rows. */
    async discoverFiles(run: string): Promise<{ files: number }> {
      const row = await runOf(run);
      beat();
      const { files, at } = row.kind === 'files' ? await listFolder(filesSettings(row.settings).folder) : await listManifest(run);
      const types = [...new Set(files.flatMap((file) => file.type ?? []))];
      await db.transaction(async (tx) => {
        if (at !== undefined) await source.stateTransactionTime(tx, run, at);
        await source.startTypes(tx, run, [...types, ...(row.asked.types ?? ['*'])]);
        await addFiles(tx, run, files);
      });
      return { files: files.length };
    },

    async pendingFiles(run: string, limit: number): Promise<string[]> {
      return pendingFiles(db, run, limit);
    },

    async hydrate(_run: string): Promise<{ more: boolean }> {
      return { more: false };
    },
    async applySnapshotDeletions(_run: string): Promise<void> {},

    /** The run is complete: its types' watermarks move, the job on the server may go. */
    async closeRun(run: string): Promise<source.RunRow['state']> {
      const row = await runOf(run);
      if (row.kind === 'bulk') {
        const job = await exportJob(db, run);
        if (job?.statusUrl != null && job.releasedAt === null && await bulk.releaseJob(connections(bulkSettings(row.settings)), job.statusUrl).catch(() => false)) {
          await recordReleased(db, run);
        }
      }
      return db.transaction(async (tx) => {
        await source.finishTypes(tx, run);
        const failed = (await source.failedTypes(tx, run)).length + await failedFiles(tx, run);
        await source.moveWatermarks(tx, run);
        const state = await source.endRun(tx, run, failed > 0 ? 'completed-with-errors' : 'completed', null);
        await appendEvent(tx, 'run-closed', { run, state });
        return state;
      });
    },

    /** The run stopped before it was complete. */
    async endRun(run: string, state: 'failed' | 'cancelled', code: string): Promise<void> {
      await db.transaction(async (tx) => {
        const ended = await source.endRun(tx, run, state, state === 'failed' ? code : null);
        await appendEvent(tx, 'run-closed', { run, state: ended });
      });
    },
  };

  async function listManifest(run: string) {
    const manifest = (await exportJob(db, run))?.manifest;
    if (manifest == null) throw new AssayError('ASSAY_SOURCE_MANIFEST_INVALID');
    return { files: bulk.filesOf(manifest), at: manifest.transactionTime === undefined ? undefined : new Date(manifest.transactionTime) };
  }
};

export type SourceActivities = ReturnType<typeof createSourceActivities>;
