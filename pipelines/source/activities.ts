import type { Database } from '../../storage/connect.ts';
import { failedFiles, pendingFiles } from '../../storage/run-files.ts';
import { endRun, enterPhase, failedTypes, finishTypes, moveWatermarks, typesOf, type RunRow, type SourceKind } from '../../storage/source.ts';
import { begin, type Begin } from './begin.ts';
import type { Connections } from './connection.ts';
import { discover } from './discover.ts';
import { planRound } from './hydrate.ts';
import { pollOnce, releaseExport, startExport } from './run-export.ts';
import { settingsOf } from './settings.ts';
import { applySnapshot, type SnapshotResult } from './snapshot.ts';
import { knownRun, type SourceDeps } from './source-deps.ts';

/** Ids and counts in and out (contract 24). Each may be called again and then changes nothing. */
export const createSourceActivities = ({ db, appendEvent, beat, connections }: SourceDeps) => ({
  /** The run is on record with what it asks for: watermarks are worked in now. */
  beginRun: (input: Begin): Promise<{ run: string; kind: SourceKind }> => begin(db, input),

  enterPhase: (run: string, phase: string): Promise<void> => enterPhase(db, run, phase),

  /** Sources without exports have nothing to kick off. */
  async kickOff(run: string): Promise<void> {
    const known = await knownRun(db, run);
    if (known.kind === 'bulk') await startExport(db, connectionOf(connections, known), known);
  },

  /** @returns done false: wait so long, by a timer, and ask again */
  async pollExport(run: string): Promise<{ done: boolean; waitMs: number }> {
    const known = await knownRun(db, run);
    return known.kind === 'bulk' ? pollOnce(db, connectionOf(connections, known), known) : { done: true, waitMs: 0 };
  },

  /** The manifest's files, the searches' first pages or the folder's files are rows to be landed. */
  async discoverFiles(run: string): Promise<{ files: number }> {
    const known = await knownRun(db, run);
    beat();
    return { files: await discover(db, () => connectionOf(connections, known), known) };
  },

  /** Files still to be landed, oldest first. Landing a page adds the next: ask until there are none. */
  pendingFiles: (run: string, limit: number): Promise<string[]> => pendingFiles(db, run, limit),

  /** Plans a round of references to fetch, as pending files. @returns more: land them and call again */
  async hydrate(run: string): Promise<{ more: boolean; asked: number }> {
    const known = await knownRun(db, run);
    const asked = await planRound(db, run, settingsOf(known.kind, known.settings));
    return { more: asked > 0, asked };
  },

  /**
   * After a declared full snapshot: what is known and did not come is planned as a pending file of
   * deletions. @returns held: so much is missing that the run now waits for a person; nothing was taken back
   */
  async applySnapshotDeletions(run: string): Promise<SnapshotResult> {
    const known = await knownRun(db, run);
    return applySnapshot(db, known, settingsOf(known.kind, known.settings), await typesOf(db, run));
  },

  /** The export's job is DELETEd, watermarks move for the types without error, the run is closed. */
  async closeRun(run: string): Promise<RunRow['state']> {
    const known = await knownRun(db, run);
    await release(db, connections, known);
    return db.transaction(async (tx) => {
      if (known.state === 'running') {
        await finishTypes(tx, run);
        await moveWatermarks(tx, run);
      }
      const [types, files] = [await failedTypes(tx, run), await failedFiles(tx, run)];
      const { state, first } = await endRun(tx, run, types.length + files === 0 ? 'completed' : 'completed-with-errors', null);
      if (first) await appendEvent(tx, 'run-closed', { run, source: known.source, state, failedTypes: types, failedFiles: files });
      return state;
    });
  },

  /** The run ends without having gone through; its export's job is DELETEd so that the next can begin. */
  async endRun(run: string, state: 'failed' | 'cancelled', code: string): Promise<void> {
    const known = await knownRun(db, run);
    await release(db, connections, known);
    await db.transaction(async (tx) => {
      const ended = await endRun(tx, run, state, state === 'failed' ? code : null);
      if (ended.first) await appendEvent(tx, 'run-closed', { run, source: known.source, state: ended.state, code });
    });
  },
});

export type SourceActivities = ReturnType<typeof createSourceActivities>;

const connectionOf = (connections: Connections, run: RunRow) => connections(settingsOf(run.kind, run.settings));

/** A job that cannot be DELETEd now is DELETEd before the next kick-off. */
async function release(db: Database, connections: Connections, run: RunRow): Promise<void> {
  if (run.kind === 'bulk') await releaseExport(db, connectionOf(connections, run), run.run);
}
