import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merkleRoot } from './merkle.ts';

/** RFC 6962 section 2.1, written as the RFC words it. */
function specified(entries: Uint8Array[]): Buffer {
  const [only] = entries;
  if (only === undefined) return createHash('sha256').digest();
  if (entries.length === 1) return createHash('sha256').update(Uint8Array.of(0)).update(only).digest();
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return createHash('sha256').update(Uint8Array.of(1))
    .update(specified(entries.slice(0, k))).update(specified(entries.slice(k))).digest();
}

test('is the tree hash of RFC 6962', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }), (entries) => {
    expect(merkleRoot(entries).toString('hex')).toBe(specified(entries).toString('hex'));
  }));
});
