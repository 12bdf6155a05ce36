import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacKey, hmacSha256 } from './hmac.ts';

test('is the HMAC of node:crypto', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: 'grapheme', maxLength: 300 }), (key, message) => {
    expect(hmacSha256(hmacKey(key), message).toString('hex')).toBe(createHmac('sha256', key).update(message).digest('hex'));
  }));
});

test('refuses a key of more than one block', () => expect(() => hmacKey(new Uint8Array(65))).toThrow(RangeError));
