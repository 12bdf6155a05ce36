import { randomBytes } from 'node:crypto';
import { coveredRows } from '../../ledger/covered-rows.ts';
import { certificateRoot, patientRows, subjectUnder } from '../../ledger/erasure.ts';
import type { Database } from '../../storage/connect.ts';
import { certify, erase, isHeld, joinedVersions, lockKey, rowsOfPatient, versionsOfPatient } from '../../storage/destruction.ts';
import { isOver, patientRecord, scheduleNamed } from '../../storage/retention.ts';
import { reachOf, type RetractionReach } from '../../storage/retraction.ts';
import { AssayError } from '../../terms/errors.ts';
import { purposes } from '../../terms/purpose.ts';
import type { RetractionDeps } from './retract.ts';

export type Destroying = {
  readonly source: number; readonly patient: string;
  /** The name of a retention schedule. */
  readonly schedule: string;
  readonly because: string; readonly by: string;
};
export type DestructionPreview = {
  readonly versions: number;
  /** When the newest of them was written. */
  readonly newest: string | null;
  readonly held: boolean;
  /** The schedule's years have gone by since. */
  readonly over: boolean;
  readonly entries: number; readonly readers: RetractionReach['readers'];
};

/** What a destruction would take, and what stands against it. @throws AssayError ASSAY_SCHEDULE_UNKNOWN */
export async function previewDestruction(db: Database, { source, patient, schedule }: Pick<Destroying, 'source' | 'patient' | 'schedule'>): Promise<DestructionPreview> {
  const known = await scheduleNamed(db, schedule);
  if (known === undefined) throw new AssayError('ASSAY_SCHEDULE_UNKNOWN');
  const { versions, newest } = await patientRecord(db, source, patient);
  const { entries, readers } = await reachOf(db, await versionsOfPatient(db, source, patient));
  return {
    versions, newest: newest?.toISOString() ?? null, held: await isHeld(db, source, patient),
    over: newest !== null && await isOver(db, newest, known.years), entries, readers,
  };
}

/**
 * Destroys what is stored of a patient: first it is taken back from every feed, then, in one
 * transaction, the bytes, the names and the key are gone and the certificate is written. The hashes in
 * the ledger stay; without the key they tell nothing.
 * @returns the certificate's number
 * @throws AssayError ASSAY_SCHEDULE_UNKNOWN, ASSAY_RETENTION_NOT_OVER, ASSAY_DESTRUCTION_HELD, ASSAY_PATIENT_UNKNOWN
 */
export async function destroyPatient({ db, appendEvent, takeBack }: RetractionDeps, one: Destroying): Promise<{ certificate: string; versions: number; retracted: number }> {
  const { source, patient, by, schedule } = one;
  const { versions: stored, held, over } = await previewDestruction(db, one);
  if (held) throw new AssayError('ASSAY_DESTRUCTION_HELD');
  if (stored === 0 || patient === '') throw new AssayError('ASSAY_PATIENT_UNKNOWN');
  if (!over) throw new AssayError('ASSAY_RETENTION_NOT_OVER');
  const { retracted } = await takeBack(await versionsOfPatient(db, source, patient), purposes, 'erased');
  return db.transaction(async (tx) => {
    const key = await lockKey(tx, source, patient);
    if (key === undefined) throw new AssayError('ASSAY_PATIENT_UNKNOWN');
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
