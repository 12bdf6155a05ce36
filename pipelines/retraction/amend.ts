import type { appendEvent } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import type { Database } from '../../storage/connect.ts';
import { notifyRecipients, recordStep, stepsOf, stepsToTell, type Amendment, type AmendmentStep } from '../../storage/amendments.ts';
import { AssayError } from '../../terms/errors.ts';

type Deps = { readonly db: Database; readonly appendEvent: typeof appendEvent };

/** What may come next: 45 CFR 164.526(b)–(d). */
const next: Readonly<Record<AmendmentStep, readonly AmendmentStep[]>> = {
  requested: ['accepted', 'denied'], accepted: [], denied: ['statement-of-disagreement'], 'statement-of-disagreement': ['rebuttal'], rebuttal: [],
};

/**
 * A step of an amendment: the EHR decides, we carry. Whoever the patient named, and whoever was given
 * one of the versions, is told (164.526(c)(3)); of the request itself nobody is told before an answer.
 * @returns the step's id, and how many are told
 * @throws AssayError ASSAY_AMENDMENT_STEP
 */
export async function amend({ db, appendEvent }: Deps, step: Amendment): Promise<{ id: string; told: number }> {
  return db.transaction(async (tx) => {
    const before = step.request === null ? [] : await stepsOf(tx, step.request);
    const last = before.at(-1);
    if (step.request === null ? step.step !== 'requested' : last === undefined || !next[last.step].includes(step.step)) throw new AssayError('ASSAY_AMENDMENT_STEP');
    const [first] = before;
    const recorded = first === undefined ? step : { ...step, source: first.source, patient: first.patient, versions: first.versions };
    const id = await recordStep(tx, recorded);
    const named = [...new Set([...first?.named ?? [], ...step.named])];
    const notices = step.step === 'requested' ? [] : await notifyRecipients(tx, id, recorded.versions, named);
    await appendEvent(tx, 'amendment', { by: step.by, step: step.step, amendment: step.request ?? id, told: notices.length },
      [...await coveredRows(tx, 'amendment', [id]), ...(notices.length === 0 ? [] : await coveredRows(tx, 'amendment_notice', notices))]);
    return { id, told: notices.length };
  });
}

/** Who was given a record after a step about it is told as well: what was said goes with every later disclosure (164.526(d)(5)). @returns how many are told */
export async function tellLaterRecipients({ db, appendEvent }: Deps): Promise<number> {
  let told = 0;
  for (const { id, request, step, versions, named } of await stepsToTell(db)) {
    told += await db.transaction(async (tx) => {
      await stepsOf(tx, request); // locked: another worker tells nobody twice
      const notices = await notifyRecipients(tx, id, versions, named);
      if (notices.length > 0) await appendEvent(tx, 'amendment', { by: 'system', step, amendment: request, told: notices.length }, await coveredRows(tx, 'amendment_notice', notices));
      return notices.length;
    });
  }
  return told;
}
