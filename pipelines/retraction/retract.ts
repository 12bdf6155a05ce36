import type { appendEvent } from '../../ledger/append.ts';
import type { Database } from '../../storage/connect.ts';
import { patientsOf, releasedVersions, type RetractionScope } from '../../storage/retraction.ts';
import { purposes, type Purpose } from '../../terms/purpose.ts';

/** The release stage's: takes back versions for purposes, with their events. @returns how many entries were taken back */
export type TakeBack = (versions: readonly string[], purposes: readonly Purpose[], reason: 'reversed' | 'erased') => Promise<{ readonly retracted: number }>;
export type RetractionDeps = { readonly db: Database; readonly appendEvent: typeof appendEvent; readonly takeBack: TakeBack };

/**
 * Takes back everything in a scope that stands released: a tombstone in every feed. First the act is
 * on record, then the entries; repeated after a crash it takes back what is left.
 */
export async function retract({ db, appendEvent, takeBack }: RetractionDeps, scope: RetractionScope, by: string, because: string): Promise<{ versions: number; retracted: number }> {
  const versions = await releasedVersions(db, scope);
  if (versions.length === 0) return { versions: 0, retracted: 0 };
  await db.transaction(async (tx) => {
    await appendEvent(tx, 'reversed', { by, because, scope: Object.keys(scope).at(-1) ?? '', versions: versions.length }, [], await patientsOf(tx, versions));
  });
  const { retracted } = await takeBack(versions, purposes, 'reversed');
  return { versions: versions.length, retracted };
}
