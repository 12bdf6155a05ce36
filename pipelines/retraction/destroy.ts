import { randomBytes } from 'node:crypto';
import type { appendEvent } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import { certificateRoot, patientRows, subjectUnder } from '../../ledger/erasure.ts';
import type { Database } from '../../storage/connect.ts';
import { certify, erase, isHeld, joinedVersions, liftHolds, lockKey, placeHold, rowsOfPatient, versionsOfPatient } from '../../storage/destruction.ts';
import { AssayError } from '../../terms/errors.ts';
import { purposes } from '../../terms/purpose.ts';
import type { RetractionDeps } from './retract.ts';

export type Destroying = { readonly source: number; readonly patient: string; readonly schedule: string; readonly because: string; readonly by: string };
type Deps = { readonly db: Database; readonly appendEvent: typeof appendEvent };

/** Nothing of the patient may be destroyed until it is lifted. */
export async function hold({ db, appendEvent }: Deps, on: { source: number; patient: string; because: string; by: string }): Promise<string> {
  return db.transaction(async (tx) => {
    const id = await placeHold(tx, on);
    await appendEvent(tx, 'legal-hold', { by: on.by, what: 'placed' }, await coveredRows(tx, 'legal_hold', [id]));
    return id;
  });
}

export async function lift({ db, appendEvent }: Deps, { source, patient, by }: { source: number; patient: string; by: string }): Promise<number> {
  return db.transaction(async (tx) => {
    const ids = await liftHolds(tx, source, patient, by);
    for (const id of ids) await appendEvent(tx, 'legal-hold', { by, what: 'lifted' }, await coveredRows(tx, 'legal_hold', [id]));
    return ids.length;
  });
}

/**
 * Destroys what is stored of a patient: first it is taken back from every feed, then, in one
 * transaction, the bytes, the names and the key are gone and the certificate is written. The hashes in
 * the ledger stay; without the key they tell nothing.
 * @returns the certificate's number
 * @throws AssayError ASSAY_DESTRUCTION_HELD, ASSAY_PATIENT_UNKNOWN
 */
export async function destroyPatient({ db, appendEvent, takeBack }: RetractionDeps, one: Destroying): Promise<{ certificate: string; versions: number; retracted: number }> {
  const { source, patient, by, schedule } = one;
  if (await isHeld(db, source, patient)) throw new AssayError('ASSAY_DESTRUCTION_HELD');
  const { retracted } = await takeBack(await versionsOfPatient(db, source, patient), purposes, 'erased');
  return db.transaction(async (tx) => {
    const key = await lockKey(tx, source, patient);
    if (key === undefined || patient === '') throw new AssayError('ASSAY_PATIENT_UNKNOWN');
    if (await isHeld(tx, source, patient)) throw new AssayError('ASSAY_DESTRUCTION_HELD');
    const versions = await versionsOfPatient(tx, source, patient);
    const rows = (await joinedVersions(tx, source, patient)).map((row) => ({ table: 'version', row, linked: false }));
    for (const table of patientRows) rows.push(...await rowsOfPatient(tx, table, { source, patient }));
    const standsIn = `destroyed-${randomBytes(9).toString('hex')}`;
    const certificate = await certify(tx, { ...one, standsIn, versions: versions.length, rows, erased: certificateRoot(rows), subject: subjectUnder(key) });
    await erase(tx, source, patient, standsIn);
    await appendEvent(tx, 'destroyed', { by, schedule, certificate, versions: versions.length }, await coveredRows(tx, 'destruction', [certificate]));
    return { certificate, versions: versions.length, retracted };
  });
}
