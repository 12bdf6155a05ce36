import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalBytes, canonicalRow } from './canonical-json.ts';

const primitive = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));

test('a row has the bytes that RFC 8785 gives any object', () => {
  fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }).filter((key) => key !== 'table'), fc.oneof(primitive, fc.array(primitive))), (row) => {
    expect(canonicalRow('row', row)).toBe(canonicalBytes({ ...row, table: 'row' }).toString('utf8'));
  }));
});

test('rows of one shape, whatever order their keys were given in, and one that lost a key', () => {
  const rows: Record<string, unknown>[] = [{ b: 'x', a: 1 }, { a: null, b: [] }, { b: 2, a: 'y' }, { b: 'z' }, { a: 1, c: 2 }, { z: 1, u: 2 }, {}];
  for (const row of rows) expect(canonicalRow('shape', row)).toBe(canonicalBytes({ ...row, table: 'shape' }).toString('utf8'));
});
