import { fileAnchor } from '../../ledger/anchors/file-anchor.ts';
import { settleKey } from '../../ledger/anchors/key-file.ts';
import { witness } from '../../ledger/anchors/witness.ts';
import type { Signing } from '../../ledger/checkpoint.ts';
import type { Database } from '../../storage/connect.ts';
import type { Config } from '../config.ts';

/** What signs the ledger's checkpoints and remembers them, as configured. Witnesses come first, so that the file has their signatures. */
export async function ledgerSigning({ ledger }: Pick<Config, 'ledger'>, db: Database): Promise<Signing> {
  return {
    db, key: await settleKey(ledger.keyFile), ...(ledger.origin === undefined ? {} : { origin: ledger.origin }),
    anchors: [...ledger.witnesses.map(witness), fileAnchor(ledger.anchorFile)],
  };
}
