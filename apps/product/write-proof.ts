import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { patientKey } from '../../ledger/questions/all-questions.ts';
import type { Whose } from '../../ledger/questions/chain-of.ts';
import { proofOfAnswer } from '../../ledger/questions/proof-of-answer.ts';
import type { Database } from '../../storage/connect.ts';
import { allConsumers } from '../../storage/feeds.ts';
import { AssayError } from '../../terms/errors.ts';
import { recordAsking } from './record-asking.ts';

export type Asked = { readonly source: string; readonly patient: string } | { readonly consumer: string } | { readonly viewer: string };

/**
 * Writes the proof of the newest checkpoint; asking for a patient's is on record.
 * @param since ISO 8601
 * @returns how many events it links
 * @throws AssayError ASSAY_QUESTION_PARAMETER, ASSAY_CONSUMER_UNKNOWN, ASSAY_SOURCE_UNKNOWN, ASSAY_LEDGER_EMPTY, ASSAY_LEDGER_NO_CHAIN
 */
export async function writeProof(db: Database, asked: Asked, { out, since }: { out: string; since?: string }): Promise<number> {
  const date = since === undefined ? undefined : new Date(since);
  if (date !== undefined && Number.isNaN(date.getTime())) throw new AssayError('ASSAY_QUESTION_PARAMETER', 'since');
  const proof = await proofOfAnswer(db, await whoseOf(db, asked), date);
  if ('patient' in asked) await recordAsking(db, 'record-viewed', 'proof', asked);
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, `${JSON.stringify(proof)}\n`, { mode: 0o600 });
  return proof.chain.links.length;
}

async function whoseOf(db: Database, asked: Asked): Promise<Whose> {
  if ('patient' in asked) return patientKey(db, asked.source, asked.patient);
  if ('viewer' in asked) return asked;
  const found = (await allConsumers(db)).find((one) => one.name === asked.consumer);
  if (found === undefined) throw new AssayError('ASSAY_CONSUMER_UNKNOWN');
  return { consumer: found.id };
}
