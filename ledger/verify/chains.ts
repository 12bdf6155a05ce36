import { hash } from 'node:crypto';
import { hmacSha256, type HmacKey } from './hmac.ts';
import { digestBytes, digestOf, leafHash, rootOfHashes, type Digest } from './merkle.ts';

/**
 * Chains: one for each patient, consumer and viewer, one link for each event that touches it. That a
 * chain has no gap, and how long it is, proves that an answer made of its links is complete.
 *
 * - subject, 32 bytes: a patient's is HMAC-SHA-256(its key, "chain"), so that it tells nothing when
 *   the key is destroyed; a consumer's or viewer's is SHA-256("consumer/12").
 * - link n = SHA-256(link n-1 || leaf index, 8 bytes big-endian || hash, 32 bytes); link 0 is the subject.
 * - head = subject || count, 8 bytes big-endian || last link.
 * - root of all heads: heads are sorted by subject and divided into 4,096 buckets by the subject's
 *   first 12 bits; the tree hash of RFC 6962 over each bucket's heads, then over the buckets' roots.
 */
export type ChainHead = { readonly subject: Buffer; readonly count: number; readonly link: Buffer };

export const BUCKETS = 4_096;

export const patientSubject = (key: HmacKey): Buffer => hmacSha256(key, 'chain');
export const namedSubject = (kind: 'consumer' | 'viewer', name: string | number): Buffer => hash('sha256', `${kind}/${name}`, 'buffer');

export const nextLink = (previous: Buffer, leaf: number, hashed: Buffer): Buffer => digestBytes(nextDigest(digestOf(previous), leaf, digestOf(hashed)));

const linkScratch = Buffer.alloc(72);
export function nextDigest(previous: Digest, leaf: number, hashed: Digest): Digest {
  linkScratch.write(previous, 0, 'latin1');
  linkScratch.writeUInt32BE(Math.floor(leaf / 2 ** 32), 32);
  linkScratch.writeUInt32BE(leaf % 2 ** 32, 36);
  linkScratch.write(hashed, 40, 'latin1');
  return hash('sha256', linkScratch, 'binary');
}

export const headBytes = (head: ChainHead): Buffer => Buffer.concat([head.subject, eightBytes(head.count), head.link]);
export const bucketOf = (subject: Buffer): number => subject.readUInt16BE(0) >> 4;

/** @param heads those of one bucket */
export const bucketRoot = (heads: readonly ChainHead[]): Buffer =>
  rootOfHashes([...heads].sort((a, b) => Buffer.compare(a.subject, b.subject)).map((head) => leafHash(headBytes(head))));

const EMPTY_BUCKET = bucketRoot([]);

/** @param roots by bucket; those that are not there are empty */
export const headsRoot = (roots: ReadonlyMap<number, Buffer>): Buffer => rootOfHashes(bucketLeaves(roots));

export const bucketLeaves = (roots: ReadonlyMap<number, Buffer>): Buffer[] =>
  Array.from({ length: BUCKETS }, (_, bucket) => leafHash(roots.get(bucket) ?? EMPTY_BUCKET));

function eightBytes(n: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(n));
  return bytes;
}
