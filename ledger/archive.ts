import { hash, type KeyObject } from 'node:crypto';
import { pack } from 'tar-stream';
import type { Queryable } from '../storage/connect.ts';
import { ledgerHead } from '../storage/ledger.ts';
import { newestKey } from '../storage/ledger-keys.ts';
import { AssayError } from '../terms/errors.ts';
import { answerQuestion, patientKey, type Given } from './questions/all-questions.ts';
import type { Answer } from './questions/answer.ts';
import { asCsv, asNdjson } from './questions/as-text.ts';
import { proofOfAnswer } from './questions/proof-of-answer.ts';
import { MANIFEST_TITLE } from './verify/archive.ts';
import { isSignedBy, parseNote, parseVerifierKey, signNote } from './verify/note.ts';
import { report } from './report.ts';

export type Exporting = { readonly source: string; readonly patient: string; readonly by: string; readonly at: Date; readonly since?: Date };

const questions = ['patient', 'disclosures', 'viewers'] as const;

/**
 * A governance export: answers about a patient as CSV and NDJSON, the proof that they are complete, the
 * checkpoint, a readable report, and a manifest of all files' hashes, signed with the log's key.
 * @returns a tar archive
 * @throws AssayError ASSAY_LEDGER_KEY when the key is not the log's; what the questions throw
 */
export async function archive(db: Queryable, asked: Exporting, key: KeyObject): Promise<Buffer> {
  const { source, patient, by, at, since } = asked;
  const given: Given = { source, patient, until: at.toISOString() };
  const answers = new Map<string, Answer>();
  for (const name of questions) answers.set(name, await answerQuestion(db, name, given));
  const proof = await proofOfAnswer(db, await patientKey(db, source, patient), since);
  const { origin } = await ledgerHead(db);
  const known = await newestKey(db);
  const files = new Map<string, string>([
    ...[...answers].flatMap(([name, answer]) => [[`answers/${name}.csv`, asCsv(answer)], [`answers/${name}.ndjson`, asNdjson(answer)]] as const),
    ['proof.json', JSON.stringify(proof)], ['checkpoint', proof.checkpoint], ['key', `${known?.key ?? ''}\n`],
    ['report.html', report({ source, patient, by, at, answers, links: proof.chain.links.length, checkpoint: proof.checkpoint, key: known?.key ?? '' })],
  ]);
  const lines = [...files].map(([path, text]) => `${hash('sha256', text)}  ${path}`);
  const manifest = `${MANIFEST_TITLE}\n${origin ?? ''}\n${at.toISOString()}\n${lines.join('\n')}\n`;
  const signed = signNote(manifest, origin ?? '', key);
  if (!isByKey(signed, known?.key ?? '')) throw new AssayError('ASSAY_LEDGER_KEY', `the log's is ${known?.key ?? 'none yet'}`);
  return tar(new Map([['MANIFEST', signed], ...files]), at);
}

function isByKey(signed: string, key: string): boolean {
  const [note, parsed] = [parseNote(signed), parseVerifierKey(key)];
  return note !== undefined && parsed !== undefined && isSignedBy(note, parsed);
}

async function tar(files: ReadonlyMap<string, string>, mtime: Date): Promise<Buffer> {
  const archived = pack();
  for (const [name, text] of files) archived.entry({ name: `governance-export/${name}`, mtime }, text);
  archived.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archived) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
