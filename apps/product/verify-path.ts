import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readAnchors } from '../../ledger/anchors/file-anchor.ts';
import { checkpointsIn } from '../../ledger/anchors/topic-anchor.ts';
import { verifyArchive } from '../../ledger/verify/archive.ts';
import { parseCheckpoint, type Checkpoint } from '../../ledger/verify/checkpoint.ts';
import { verifyTiles } from '../../ledger/verify/folder.ts';
import { isProofFile, verifyProofFile } from '../../ledger/verify/proof-file.ts';
import type { Report } from '../../ledger/verify/trouble.ts';
import type { Config } from '../config.ts';
import { checkpointTopic } from './ledger-signing.ts';
import { AssayError } from '../../terms/errors.ts';

type Given = { readonly remembered: readonly Checkpoint[]; readonly trusted: readonly string[] };

/** Verifies a folder of tiles, a governance export, or the proof of an answer. @throws AssayError ASSAY_PATH_UNREADABLE, ASSAY_ARCHIVE_UNREADABLE */
export async function verifyPath(path: string, { remembered, trusted }: Given): Promise<Report> {
  const found = await stat(path).catch(() => { throw new AssayError('ASSAY_PATH_UNREADABLE'); });
  if (!found.isDirectory()) {
    const bytes = await readFile(path);
    if (isProofFile(bytes)) return verifyProofFile(bytes, trusted);
    return verifyArchive(bytes, trusted).catch(() => { throw new AssayError('ASSAY_ARCHIVE_UNREADABLE'); });
  }
  return verifyTiles((file) => readFile(join(path, file)).catch(() => undefined), { remembered, trusted });
}

/** Checkpoints that files remember: anchor files, or single signed notes. */
export async function rememberedIn(paths: readonly (string | undefined)[]): Promise<Checkpoint[]> {
  const all: Checkpoint[] = [];
  for (const path of paths) {
    if (path === undefined) continue;
    const single = parseCheckpoint(await readFile(path, 'utf8').catch(() => ''));
    all.push(...single === undefined ? await readAnchors(path) : [single]);
  }
  return all;
}

/** Checkpoints that the configured Kafka topic remembers; none where there is none. @throws AssayError ASSAY_LEDGER_TOPIC */
export async function rememberedInTopic(config: Pick<Config, 'ledger' | 'kafka'>): Promise<Checkpoint[]> {
  const topic = checkpointTopic(config);
  return topic === undefined ? [] : checkpointsIn(topic).catch((cause: unknown) => { throw new AssayError('ASSAY_LEDGER_TOPIC', undefined, { cause }); });
}
