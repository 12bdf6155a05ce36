import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalBytes, canonicalRow } from './canonical-json.ts';

const primitive = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));

test('a row has the bytes that RFC 8785 gives any object', () => {
  fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(primitive, fc.array(primitive))), (row) => {
    expect(canonicalRow(row).equals(canonicalBytes(row))).toBe(true);
  }));
});
