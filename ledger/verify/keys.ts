import type { Checkpoint } from './checkpoint.ts';
import { isSignedBy, parseVerifierKey, type VerifierKey } from './note.ts';
import type { Troubles } from './trouble.ts';

/** A leaf of kind 'ledger-key': from it on, this key signs; `before` signed until then. */
export type KeyLeaf = { readonly leaf: number; readonly key: string; readonly before?: string };

/**
 * The log's keys, as its leaves name them. Whoever trusts one of them learns the next: a checkpoint
 * over its leaf must have both signatures.
 * @param trusted verifier keys that the reader had before; none: the log's own first key is taken
 */
export function knownKeys(leaves: readonly KeyLeaf[], checkpoints: readonly Checkpoint[], trusted: readonly string[], troubles: Troubles): Map<string, VerifierKey> {
  const keys = new Map<string, VerifierKey>();
  for (const { leaf, key, before } of leaves) {
    const parsed = parseVerifierKey(key);
    if (parsed === undefined) troubles.add({ kind: 'key-unknown', leaf, says: `Leaf ${leaf} names a key that is none.` });
    else keys.set(key, parsed);
    const old = before === undefined ? undefined : parseVerifierKey(before);
    const both = (one: Checkpoint): boolean => one.size > leaf && old !== undefined && parsed !== undefined && isSignedBy(one.note, old) && isSignedBy(one.note, parsed);
    if (before !== undefined && !checkpoints.some(both)) {
      troubles.add({ kind: 'key-unknown', leaf, says: `The key that leaf ${leaf} names took over without a checkpoint that the key before it signed too.` });
    }
  }
  if (trusted.length > 0 && !trusted.some((key) => keys.has(key.trim()))) {
    troubles.add({ kind: 'key-unknown', says: 'No key that the log names as its own is the one you trust.' });
  }
  return keys;
}

/** Whether one of the log's keys signed the checkpoint, under the checkpoint's own origin. */
export const isSigned = (checkpoint: Checkpoint, keys: ReadonlyMap<string, VerifierKey>): boolean =>
  [...keys.values()].some((key) => key.name === checkpoint.origin && isSignedBy(checkpoint.note, key));
