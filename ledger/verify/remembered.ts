import type { Checkpoint } from './checkpoint.ts';
import { isSigned } from './keys.ts';
import type { VerifierKey } from './note.ts';
import type { Troubles } from './trouble.ts';

type Compared = {
  readonly remembered: readonly Checkpoint[];
  /** Roots of the log as it stands, at the sizes that are asked for. */
  readonly roots: ReadonlyMap<number, Buffer>;
  readonly size: number;
  readonly keys: ReadonlyMap<string, VerifierKey>;
  readonly restored: readonly { readonly before: string; readonly lostSize: number }[];
  readonly troubles: Troubles;
};

/** Every checkpoint that is remembered elsewhere must be the beginning of the log as it stands. */
export function checkRemembered({ remembered, roots, size, keys, restored, troubles }: Compared): void {
  for (const one of remembered) {
    const said = restored.some(({ before, lostSize }) => before === one.origin && one.size <= lostSize);
    const root = roots.get(one.size);
    if (one.size > size && !said) {
      troubles.add({ kind: 'rolled-back', leaf: one.size, says: `A checkpoint of ${one.size} leaves is remembered; only ${size} are here. The log was rolled back.` });
    } else if (root?.equals(one.root) !== true && !said) {
      troubles.add({ kind: 'forked', leaf: one.size, says: `The checkpoint remembered at ${one.size} leaves is not of this log: history was rewritten, or this is a fork.` });
    }
    if (!isSigned(one, keys)) troubles.add({ kind: 'checkpoint-unsigned', leaf: one.size, says: `The checkpoint remembered at ${one.size} leaves is signed by no key of this log.` });
  }
}
