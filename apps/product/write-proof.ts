import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { proofOfAnswer } from '../../ledger/questions/proof-of-answer.ts';
import { sinceWhen, whoseChain, type ProofOf } from '../../ledger/questions/whose-chain.ts';
import type { Database } from '../../storage/connect.ts';
import { recordAsking } from './record-asking.ts';

/**
 * Writes the proof of the newest checkpoint; asking for a patient's is on record.
 * @param since ISO 8601
 * @returns how many events it links
 * @throws AssayError ASSAY_QUESTION_PARAMETER, ASSAY_CONSUMER_UNKNOWN, ASSAY_SOURCE_UNKNOWN, ASSAY_LEDGER_EMPTY, ASSAY_LEDGER_NO_CHAIN
 */
export async function writeProof(db: Database, asked: ProofOf, { out, since }: { out: string; since?: string }): Promise<number> {
  const proof = await proofOfAnswer(db, await whoseChain(db, asked), sinceWhen(since));
  await recordAsking(db, 'record-viewed', 'proof', { ...(asked.source === undefined ? {} : { source: asked.source }), ...(asked.patient === undefined ? {} : { patient: asked.patient }) });
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, `${JSON.stringify(proof)}\n`, { mode: 0o600 });
  return proof.chain.links.length;
}
