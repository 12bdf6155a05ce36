import { hash } from 'node:crypto';
import { digestBytes, type Digest } from './merkle.ts';

/** A key made ready: its inner and outer pads, the outer with room for the inner hash. */
export type HmacKey = { readonly inner: Buffer; readonly outer: Buffer };

const BLOCK = 64;

/** @param key at most 64 bytes */
export function hmacKey(key: Uint8Array): HmacKey {
  if (key.length > BLOCK) throw new RangeError('an HMAC-SHA-256 key of more than one block');
  const padded = Buffer.alloc(BLOCK);
  padded.set(key);
  return { inner: Buffer.from(padded.map((byte) => byte ^ 0x36)), outer: Buffer.concat([padded.map((byte) => byte ^ 0x5c), Buffer.alloc(32)]) };
}

/** The inner pad and the message; grows to the longest. */
let scratch = Buffer.alloc(4_096);

/**
 * HMAC-SHA-256 (RFC 2104) by two one-shot hashes. node:crypto's Hmac makes a key object each time,
 * which was a tenth of a run: a key here is used for thousands of rows.
 * @param message as UTF-8
 */
export function hmacDigest({ inner, outer }: HmacKey, message: string): Digest {
  const longest = BLOCK + 3 * message.length;
  if (scratch.length < longest) scratch = Buffer.alloc(longest);
  scratch.set(inner);
  const end = BLOCK + scratch.write(message, BLOCK);
  outer.write(hash('sha256', scratch.subarray(0, end), 'binary'), BLOCK, 'binary');
  return hash('sha256', outer, 'binary');
}

export const hmacSha256 = (key: HmacKey, message: string): Buffer => digestBytes(hmacDigest(key, message));
