import { fileAnchor } from '../../ledger/anchors/file-anchor.ts';
import { replaceKey, settleKey } from '../../ledger/anchors/key-file.ts';
import { witness } from '../../ledger/anchors/witness.ts';
import type { Signing } from '../../ledger/checkpoint.ts';
import { rotateKey } from '../../ledger/rotate.ts';
import { verifierKey } from '../../ledger/verify/note.ts';
import type { Database } from '../../storage/connect.ts';
import { ledgerHead } from '../../storage/ledger.ts';
import type { Config } from '../config.ts';
import { whoTypes } from './record-asking.ts';

/** What signs the ledger's checkpoints and remembers them, as configured. Witnesses come first, so that the file has their signatures. */
export async function ledgerSigning({ ledger }: Pick<Config, 'ledger'>, db: Database): Promise<Signing> {
  return {
    db, key: await settleKey(ledger.keyFile), ...(ledger.origin === undefined ? {} : { origin: ledger.origin }),
    anchors: [...ledger.witnesses.map(witness), fileAnchor(ledger.anchorFile)],
  };
}

/**
 * The next key is written beside the old one before the log names it, and takes its place afterwards:
 * a crash between leaves both, and the command goes on where it was.
 * @returns the new verifier key; undefined before the first checkpoint
 */
export async function rotateKeyFile({ ledger }: Pick<Config, 'ledger'>, db: Database): Promise<string | undefined> {
  const next = `${ledger.keyFile}.next`;
  const signing = await ledgerSigning({ ledger }, db);
  const key = await settleKey(next);
  if (await rotateKey(signing, key, whoTypes()) === undefined) return undefined;
  const { origin } = await ledgerHead(db);
  await replaceKey(ledger.keyFile, next, verifierKey(origin ?? '', signing.key).split('+').at(-2) ?? 'old');
  return verifierKey(origin ?? '', key);
}
