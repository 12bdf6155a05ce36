import { fileAnchor } from '../../ledger/anchors/file-anchor.ts';
import { replaceKey, settleKey } from '../../ledger/anchors/key-file.ts';
import { topicAnchor } from '../../ledger/anchors/topic-anchor.ts';
import { witness } from '../../ledger/anchors/witness.ts';
import type { Signing } from '../../ledger/checkpoint.ts';
import { rotateKey } from '../../ledger/rotate.ts';
import { parseVerifierKey, verifierKey } from '../../ledger/verify/note.ts';
import { rememberingTopic, type RememberingTopic } from '../../pipelines/feed/remembering-topic.ts';
import type { Database } from '../../storage/connect.ts';
import { ledgerHead } from '../../storage/ledger.ts';
import type { Config } from '../config.ts';
import { whoTypes } from './record-asking.ts';

/** The topic that remembers checkpoints, where one is configured. */
export const checkpointTopic = ({ ledger, kafka }: Pick<Config, 'ledger' | 'kafka'>): RememberingTopic | undefined =>
  ledger.kafkaTopic === undefined || kafka === undefined ? undefined : rememberingTopic(kafka, ledger.kafkaTopic);

/** What signs the ledger's checkpoints and remembers them, as configured. Witnesses come first, so that the file has their signatures. */
export async function ledgerSigning(config: Pick<Config, 'ledger' | 'kafka'>, db: Database): Promise<Signing> {
  const { ledger } = config;
  const topic = checkpointTopic(config);
  return {
    db, key: await settleKey(ledger.keyFile), ...(ledger.origin === undefined ? {} : { origin: ledger.origin }),
    anchors: [...ledger.witnesses.map(witness), fileAnchor(ledger.anchorFile), ...(topic === undefined ? [] : [topicAnchor(topic)])],
  };
}

/**
 * The next key is written beside the old one before the log names it, and takes its place afterwards:
 * a crash between leaves both, and the command goes on where it was.
 * @returns the new verifier key; undefined before the first checkpoint
 */
export async function rotateKeyFile(config: Pick<Config, 'ledger' | 'kafka'>, db: Database): Promise<string | undefined> {
  const { ledger } = config;
  const next = `${ledger.keyFile}.next`;
  const signing = await ledgerSigning(config, db);
  const key = await settleKey(next);
  if (await rotateKey(signing, key, whoTypes()) === undefined) return undefined;
  const { origin } = await ledgerHead(db);
  await replaceKey(ledger.keyFile, next, parseVerifierKey(verifierKey(origin ?? '', signing.key))?.id ?? 'old');
  return verifierKey(origin ?? '', key);
}
