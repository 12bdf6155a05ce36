import type { appendEvent } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import type { Database } from '../../storage/connect.ts';
import { patientsOf, reachOf, recordRetraction, releasedVersions, settleRetraction, unsettledRetractions, type RetractionReach, type RetractionScope } from '../../storage/retraction.ts';
import { AssayError } from '../../terms/errors.ts';
import { purposes, type Purpose } from '../../terms/purpose.ts';

/** The release stage's: takes back versions for purposes, with their events. @returns how many entries were taken back */
export type TakeBack = (versions: readonly string[], purposes: readonly Purpose[], reason: 'reversed' | 'erased') => Promise<{ readonly retracted: number }>;
export type RetractionDeps = { readonly db: Database; readonly appendEvent: typeof appendEvent; readonly takeBack: TakeBack };
export type Retracting = { readonly scope: RetractionScope; readonly by: string; readonly because: string;
  /** How many versions the preview named: where there are others by now, nothing is begun. */
  readonly previewed?: number };

/** What taking back the scope would do now. */
export const previewRetraction = async (db: Database, scope: RetractionScope): Promise<RetractionReach> => reachOf(db, await releasedVersions(db, scope));

/**
 * The act is on record, with exactly the versions that it is about; `settleRetractions` does it.
 * @returns the retraction's number; undefined where nothing of the scope was ever released
 * @throws AssayError ASSAY_RETRACTION_MOVED when it is not what was previewed
 */
export async function beginRetraction({ db, appendEvent }: Pick<RetractionDeps, 'db' | 'appendEvent'>, { scope, by, because, previewed }: Retracting): Promise<{ id: string; versions: string[] } | undefined> {
  return db.transaction(async (tx) => {
    const versions = await releasedVersions(tx, scope);
    if (previewed !== undefined && versions.length !== previewed) throw new AssayError('ASSAY_RETRACTION_MOVED');
    if (versions.length === 0) return undefined;
    const id = await recordRetraction(tx, scope, versions, because, by);
    // A patient's own row touches his chain already.
    const about = 'patient' in scope ? [] : await patientsOf(tx, versions);
    await appendEvent(tx, 'reversed', { by, retraction: id, versions: versions.length }, await coveredRows(tx, 'retraction', [id]), about);
    return { id, versions };
  });
}

/** Takes back everything in a scope that was released: a tombstone in every feed. Cut short, a worker goes on with it. */
export async function retract(deps: RetractionDeps, scope: RetractionScope, by: string, because: string): Promise<{ versions: number; retracted: number }> {
  const begun = await beginRetraction(deps, { scope, by, because });
  if (begun === undefined) return { versions: 0, retracted: 0 };
  return { versions: begun.versions.length, retracted: await settle(deps, begun) };
}

/** Goes on with whatever was begun; two at once do no harm. @returns the numbers of those that are settled now */
export async function settleRetractions(deps: RetractionDeps): Promise<string[]> {
  const unsettled = await unsettledRetractions(deps.db);
  for (const one of unsettled) await settle(deps, one);
  return unsettled.map((one) => one.id);
}

async function settle({ db, takeBack }: RetractionDeps, { id, versions }: { id: string; versions: readonly string[] }): Promise<number> {
  const { retracted } = await takeBack(versions, purposes, 'reversed');
  await settleRetraction(db, id);
  return retracted;
}
