import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { archive } from '../../ledger/archive.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { logFiles } from '../../ledger/tiled-log.ts';
import type { Database } from '../../storage/connect.ts';
import { AssayError } from '../../terms/errors.ts';
import type { Config } from '../config.ts';
import { ledgerSigning } from './ledger-signing.ts';
import { recordAsking, whoTypes } from './record-asking.ts';

/** @returns how many files @throws AssayError ASSAY_LEDGER_EMPTY */
export async function writeTiles(db: Database, folder: string): Promise<number> {
  let files = 0;
  for await (const { path, bytes } of logFiles(db)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
    files++;
  }
  if (files === 0) throw new AssayError('ASSAY_LEDGER_EMPTY');
  return files;
}

/** The export is on record before it is made, and in the checkpoint that it is proved by. */
export async function writeExport(db: Database, config: Pick<Config, 'ledger' | 'kafka'>, { out, source, patient, since }: { out: string; source: string; patient: string; since?: string }): Promise<void> {
  const date = since === undefined ? undefined : new Date(since);
  if (date !== undefined && Number.isNaN(date.getTime())) throw new AssayError('ASSAY_QUESTION_PARAMETER', 'since');
  await recordAsking(db, 'export-made', 'export', { source, patient });
  const signing = await ledgerSigning(config, db);
  await makeCheckpoint(signing);
  const bytes = await archive(db, { source, patient, by: whoTypes(), at: new Date(), ...(date === undefined ? {} : { since: date }) }, signing.key);
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, bytes, { mode: 0o600 });
}
