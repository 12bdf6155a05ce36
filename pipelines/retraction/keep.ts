import type { appendEvent } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import type { Database } from '../../storage/connect.ts';
import { liftHolds, lockKey, placeHold } from '../../storage/destruction.ts';
import { putSchedule, type Schedule } from '../../storage/retention.ts';
import { recordSuspension, type Suspension } from '../../storage/suspensions.ts';
import { AssayError } from '../../terms/errors.ts';

export type KeepDeps = { readonly db: Database; readonly appendEvent: typeof appendEvent };
export type Held = { readonly source: number; readonly patient: string; readonly by: string };

/** Nothing of the patient may be destroyed until it is lifted. @returns the hold's number */
export async function hold({ db, appendEvent }: KeepDeps, on: Held & { because: string }): Promise<string> {
  return db.transaction(async (tx) => {
    await lockKey(tx, on.source, on.patient); // a destruction that is going on ends first
    const id = await placeHold(tx, on);
    await appendEvent(tx, 'legal-hold', { by: on.by, what: 'placed' }, await coveredRows(tx, 'legal_hold', [id]));
    return id;
  });
}

/** @returns how many holds end @throws AssayError ASSAY_HOLD_UNKNOWN when none is on the record */
export async function lift({ db, appendEvent }: KeepDeps, { source, patient, by }: Held): Promise<number> {
  return db.transaction(async (tx) => {
    const ids = await liftHolds(tx, source, patient, by);
    if (ids.length === 0) throw new AssayError('ASSAY_HOLD_UNKNOWN');
    for (const id of ids) await appendEvent(tx, 'legal-hold', { by, what: 'lifted' }, await coveredRows(tx, 'legal_hold', [id]));
    return ids.length;
  });
}

/** How long records of a schedule are kept, from now on. */
export async function setSchedule({ db, appendEvent }: KeepDeps, schedule: Schedule): Promise<string> {
  return db.transaction(async (tx) => {
    const id = await putSchedule(tx, schedule);
    await appendEvent(tx, 'retention-set', { by: schedule.by, schedule: id, years: schedule.years }, await coveredRows(tx, 'retention_schedule', [id]));
    return id;
  });
}

/** 45 CFR 164.528(a)(2)(ii): what an agency asked for by word of mouth lasts 30 days at most. */
const SPOKEN_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * What a consumer is given is left out of accountings for a time, as an oversight or law enforcement agency asked (164.528(a)(2)).
 * @param written whether the agency's statement is in writing
 * @throws AssayError ASSAY_SUSPENSION_TIME, ASSAY_CONSUMER_UNKNOWN
 */
export async function suspendAccounting({ db, appendEvent }: KeepDeps, suspension: Suspension & { readonly written: boolean }, now = new Date()): Promise<string> {
  const lasts = suspension.until.getTime() - now.getTime();
  if (!(lasts > 0) || (!suspension.written && lasts > SPOKEN_DAYS * DAY_MS)) throw new AssayError('ASSAY_SUSPENSION_TIME');
  return db.transaction(async (tx) => {
    const recorded = await recordSuspension(tx, suspension);
    if (recorded === undefined) throw new AssayError('ASSAY_CONSUMER_UNKNOWN');
    await appendEvent(tx, 'accounting-suspended', { by: suspension.by, consumer: recorded.consumer, written: suspension.written }, await coveredRows(tx, 'accounting_suspension', [recorded.id]));
    return recorded.id;
  });
}
