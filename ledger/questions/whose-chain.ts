import type { Queryable } from '../../storage/connect.ts';
import { allConsumers } from '../../storage/feeds.ts';
import { AssayError } from '../../terms/errors.ts';
import { patientKey } from './all-questions.ts';
import type { Whose } from './chain-of.ts';

/** Of whom a proof is asked, by name: one of a patient with the source, a consumer, a viewer. */
export type ProofOf = { readonly source?: string | undefined; readonly patient?: string | undefined; readonly consumer?: string | undefined; readonly viewer?: string | undefined };

/** @throws AssayError ASSAY_QUESTION_PARAMETER unless exactly one is named; ASSAY_CONSUMER_UNKNOWN, ASSAY_SOURCE_UNKNOWN */
export async function whoseChain(db: Queryable, { source, patient, consumer, viewer }: ProofOf): Promise<Whose> {
  if ([patient, consumer, viewer].filter((one) => one !== undefined).length !== 1) throw new AssayError('ASSAY_QUESTION_PARAMETER', 'exactly one of patient, consumer, viewer');
  if (viewer !== undefined) return { viewer };
  if (patient !== undefined) {
    if (source === undefined) throw new AssayError('ASSAY_QUESTION_PARAMETER', 'source');
    return patientKey(db, source, patient);
  }
  const found = (await allConsumers(db)).find((one) => one.name === consumer);
  if (found === undefined) throw new AssayError('ASSAY_CONSUMER_UNKNOWN');
  return { consumer: found.id };
}

/** @param since ISO 8601 @throws AssayError ASSAY_QUESTION_PARAMETER */
export function sinceWhen(since: string | undefined): Date | undefined {
  if (since === undefined || since === '') return undefined;
  const at = new Date(since);
  if (Number.isNaN(at.getTime())) throw new AssayError('ASSAY_QUESTION_PARAMETER', 'since');
  return at;
}
