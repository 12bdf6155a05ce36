import { userInfo } from 'node:os';
import { appendEvent } from '../../ledger/append.ts';
import { patientKey } from '../../ledger/questions/all-questions.ts';
import type { Database } from '../../storage/connect.ts';

/** Who types: the machine's account. */
export const whoTypes = (): string => `${userInfo().username} at the command line`;

/** An answer about a patient is a view of the record, and an export leaves: both are on record, in the patient's chain. */
export async function recordAsking(db: Database, kind: 'record-viewed' | 'export-made', asked: string, { source, patient }: { source?: string; patient?: string }): Promise<void> {
  if (source === undefined || patient === undefined) return;
  const about = [await patientKey(db, source, patient)];
  await db.transaction((tx) => appendEvent(tx, kind, { by: whoTypes(), screen: `audit ${asked}` }, [], about));
}
