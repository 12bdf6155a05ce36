import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDatabase } from '../test/support/database.ts';
import { bigints, booleans, byteStrings, instants, integers, smallints, texts } from './array-parameters.ts';

const { db } = await testDatabase();
const lists = <T>(value: fc.Arbitrary<T>) => fc.array(fc.option(value), { maxLength: 20 });
const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0'));

test('lists arrive as pg’s own text form of them does', async () => {
  await fc.assert(fc.asyncProperty(fc.record({
    b: lists(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)), i: lists(fc.integer()), s: lists(fc.integer({ min: -32_768, max: 32_767 })),
    o: lists(fc.boolean()), t: lists(text), d: lists(fc.date({ min: new Date('1850-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })),
    h: lists(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))),
  }), async ({ b, i, s, o, t, d, h }) => {
    const { rows } = await db.query(
      `select $1::bigint[] = $7::bigint[] and $2::int[] = $8::int[] and $3::smallint[] = $9::smallint[] and $4::bool[] = $10::bool[]
              and $5::text[] = $11::text[] and $6::timestamptz[] = $12::timestamptz[] and $13::bytea[] = $14::bytea[] as same`,
      [bigints(b), integers(i), smallints(s), booleans(o), texts(t), instants(d), b, i, s, o, t, d, byteStrings(h), h]);
    expect(rows).toEqual([{ same: true }]);
  }), { numRuns: 60 });
});
