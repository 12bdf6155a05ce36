import { bucketOf, BUCKETS, headBytes, nextLink } from './chains.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { leafHash } from './merkle.ts';
import { isSignedBy, parseVerifierKey } from './note.ts';
import { checkConsistency, checkInclusion } from './tree.ts';

/** Hashes in base64, subjects in hex. */
export type AnswerProof = {
  /** C2SP signed note. */
  readonly checkpoint: string;
  /** An older checkpoint, and the RFC 6962 proof that it is the beginning of this one. */
  readonly older?: { readonly checkpoint: string; readonly consistency: readonly string[] };
  /** All that touched the patient, consumer or viewer, in order: the leaf, and the hash that is linked. */
  readonly chain: { readonly subject: string; readonly links: readonly { readonly leaf: number; readonly hash: string }[] };
  /** The checkpoint's last leaf, which names the root over all chain heads, and the way from this chain's head to it. */
  readonly heads: {
    readonly body: string; readonly inclusion: readonly string[];
    readonly place: number; readonly of: number; readonly inBucket: readonly string[]; readonly bucketRoot: string; readonly ofBuckets: readonly string[];
  };
  /** Events of the chain, with the proof that each is in the tree. */
  readonly leaves: readonly { readonly leaf: number; readonly body: string; readonly inclusion: readonly string[] }[];
};

export type ProofVerdict = { readonly troubles: readonly string[]; readonly links: number; readonly size: number; readonly origin: string };

const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
const all = (texts: readonly string[]): Buffer[] => texts.map(bytes);

/**
 * Checks a proof alone: no database, no other file.
 * @param trusted verifier keys; none: who signed the checkpoint is not looked at, and the reader must be told so
 */
export function checkAnswerProof(proof: AnswerProof, trusted: readonly string[]): ProofVerdict {
  const troubles: string[] = [];
  const must = (right: boolean, otherwise: string): void => { if (!right) troubles.push(otherwise); };
  const checkpoint = parseCheckpoint(proof.checkpoint);
  if (checkpoint === undefined) return { troubles: ['The checkpoint is none.'], links: 0, size: 0, origin: '' };
  const { size, root, origin } = checkpoint;
  const keys = trusted.flatMap((text) => parseVerifierKey(text) ?? []);
  must(trusted.length === 0 || keys.some((key) => isSignedBy(checkpoint.note, key)), 'The checkpoint is signed by no key that you trust.');

  const subject = Buffer.from(proof.chain.subject, 'hex');
  const link = proof.chain.links.reduce<Buffer>((before, one) => nextLink(before, one.leaf, bytes(one.hash)), subject);
  must(proof.chain.links.every((one, at, list) => at === 0 || one.leaf >= list[at - 1]!.leaf), 'The chain’s leaves are not in order.');
  const { heads } = proof;
  const head = leafHash(headBytes({ subject, count: proof.chain.links.length, link }));
  must(checkInclusion(all(heads.inBucket), heads.place, head, heads.of, bytes(heads.bucketRoot)), 'The chain does not end in the head that the checkpoint commits to: a link is missing, added or changed.');
  const body = bytes(heads.body);
  const named = JSON.parse(body.toString('utf8')) as { kind?: unknown; heads?: unknown };
  must(named.kind === 'chain-heads' && checkInclusion(all(heads.ofBuckets), bucketOf(subject), leafHash(bytes(heads.bucketRoot)), BUCKETS, Buffer.from(String(named.heads), 'hex')),
    'The head is not among those that the checkpoint’s last leaf commits to.');
  must(checkInclusion(all(heads.inclusion), size - 1, leafHash(body), size, root), 'The leaf that commits to the chains is not the last of the checkpoint’s tree.');

  for (const one of proof.leaves) {
    must(proof.chain.links.some((each) => each.leaf === one.leaf), `Leaf ${one.leaf} is in no link of the chain.`);
    must(checkInclusion(all(one.inclusion), one.leaf, leafHash(bytes(one.body)), size, root), `Leaf ${one.leaf} is not in the checkpoint’s tree.`);
  }
  if (proof.older !== undefined) {
    const older = parseCheckpoint(proof.older.checkpoint);
    must(older !== undefined && older.origin === origin && checkConsistency(all(proof.older.consistency), older.size, older.root, size, root), 'The older checkpoint is not the beginning of this log.');
  }
  return { troubles, links: proof.chain.links.length, size, origin };
}
