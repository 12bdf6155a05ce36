import type { SourceItem } from '../../terms/resource-version.ts';
import type { Database } from '../../storage/connect.ts';
import type { FileToOpen } from '../../storage/run-files.ts';
import { isSnapshotPlanned, missingByType, planSnapshotDeletions, snapshotDeletions, type Missing } from '../../storage/snapshot.ts';
import { holdRun, type RunRow } from '../../storage/source.ts';
import type { Settings } from './settings.ts';
import { sinceOf } from './since.ts';

/** Share of the known ids that a snapshot may miss (contract 5). */
const TOLERANCE = 0.05;
/** A type of at least so many, all missing, was left out and not deleted. */
const WHOLE_TYPE = 10;
const PAGE = 1000;

export type SnapshotResult = { readonly missing: number; readonly held: boolean };

/** A declared full snapshot: what is known and did not come was deleted, unless that is too much to believe. */
export async function applySnapshot(db: Database, run: RunRow, settings: Settings, types: readonly string[]): Promise<SnapshotResult> {
  const declared = run.asked.full === true || settings.fullSnapshot === true;
  if (!declared || run.asked.movesWatermarks === false) return { missing: 0, held: false };
  if (await isSnapshotPlanned(db, run.run)) return { missing: 0, held: run.state === 'held' };
  const full = types.filter((type) => sinceOf(run.asked, type) === undefined);
  if (full.length === 0) return { missing: 0, held: false };
  const scope = full.includes('*') ? null : full;
  const counts = await missingByType(db, run.run, scope);
  const missing = sum(counts, 'missing');
  const tooMany = missing > (settings.snapshotTolerance ?? TOLERANCE) * sum(counts, 'known');
  const wholeTypes = counts.filter((one) => one.known >= WHOLE_TYPE && one.missing === one.known);
  if (tooMany || wholeTypes.length > 0) {
    const short = counts.filter((one) => one.missing > 0).map((one) => `${one.type} ${one.missing} of ${one.known}`);
    await holdRun(db, run.run, 'ASSAY_SOURCE_SNAPSHOT_SMALL', short.join(', '));
    return { missing, held: true };
  }
  if (missing > 0) await db.transaction((tx) => planSnapshotDeletions(tx, run.run, scope));
  return { missing, held: false };
}

const sum = (counts: readonly Missing[], key: 'known' | 'missing'): number => counts.reduce((total, one) => total + one[key], 0);

/** Items of the planned deletions: as rows keep them, so a restart meets the same lines. */
export async function* snapshotItems(db: Database, file: FileToOpen, fromLine: number): AsyncGenerator<SourceItem> {
  for (let line = fromLine; ;) {
    const page = await snapshotDeletions(db, file.file, line, PAGE);
    for (const { line: number, type, id } of page) yield { line: number, nextOffset: number, bytes: Buffer.alloc(0), deleted: { type, id } };
    if (page.length < PAGE) return;
    line = (page.at(-1)?.line ?? line) + 1;
  }
}
