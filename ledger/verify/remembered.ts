import type { Checkpoint } from './checkpoint.ts';
import { isSigned } from './keys.ts';
import type { VerifierKey } from './note.ts';
import type { Troubles } from './trouble.ts';

/** A tree that a restored backup lost, as a leaf says: what the log was named before, how far it was, how far the backup was. */
export type Restored = { readonly before: string; readonly lostSize: number; readonly backupSize: number };
export const restoredIn = (body: Readonly<Record<string, unknown>>): Restored =>
  ({ before: String(body['before']), lostSize: Number(body['lostSize']), backupSize: Number(body['backupSize']) });

type Compared = {
  readonly remembered: readonly Checkpoint[];
  /** Roots of the log as it stands, at the sizes that are asked for. */
  readonly roots: ReadonlyMap<number, Buffer>;
  readonly size: number;
  readonly keys: ReadonlyMap<string, VerifierKey>;
  readonly restored: readonly Restored[];
  readonly troubles: Troubles;
};

/** Every checkpoint that is remembered elsewhere must be the beginning of the log as it stands. */
export function checkRemembered({ remembered, roots, size, keys, restored, troubles }: Compared): void {
  for (const one of remembered) {
    // What the backup still had must be as it was.
    const said = restored.some(({ before, lostSize, backupSize }) => before === one.origin && one.size > backupSize && one.size <= lostSize);
    const root = roots.get(one.size);
    if (one.size > size && !said) {
      troubles.add({ kind: 'rolled-back', leaf: one.size, says: `A checkpoint of ${one.size} leaves is remembered; only ${size} are here. The log was rolled back.` });
    } else if (root?.equals(one.root) !== true && !said) {
      troubles.add({ kind: 'forked', leaf: one.size, says: `The checkpoint remembered at ${one.size} leaves is not of this log: history was rewritten, or this is a fork.` });
    }
    if (!isSigned(one, keys)) troubles.add({ kind: 'checkpoint-unsigned', leaf: one.size, says: `The checkpoint remembered at ${one.size} leaves is signed by no key of this log.` });
  }
}

/** What is lost for good, as the log itself says. Sentences. */
export const lost = (restored: readonly Restored[]): string[] => restored.map(({ before, lostSize, backupSize }) =>
  `The database was restored from a backup: of ${before} the first ${backupSize} leaves are here, and the ${lostSize - backupSize} behind them, which were remembered outside, are lost.`);
