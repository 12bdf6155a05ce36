import { expect, test } from 'vitest';
import { isKnown, linearShare, stratifiedShare } from './stratified-share.ts';
import { wilson } from './wilson.ts';

test('of two shares, one taken from the other: Newcombe 1998, table II, method 10', () => {
  const difference = (a: readonly [number, number], b: readonly [number, number]) => linearShare([{ hits: a[0], of: a[1], weight: 1 }, { hits: b[0], of: b[1], weight: -1 }]);
  expect(difference([56, 70], [48, 80])).toMatchObject({ share: expect.closeTo(0.2, 10), low: expect.closeTo(0.0524, 4), high: expect.closeTo(0.3339, 4) });
  expect(difference([9, 10], [3, 10])).toMatchObject({ low: expect.closeTo(0.1705, 4), high: expect.closeTo(0.809, 4) });
  expect(difference([5, 56], [0, 29])).toMatchObject({ low: expect.closeTo(-0.0381, 4), high: expect.closeTo(0.1926, 4) });
});

test('one stratum has Wilson’s own interval; many are weighed by what they stand for', () => {
  expect(stratifiedShare([{ hits: 2, of: 20, size: 900 }])).toMatchObject({ share: expect.closeTo(0.1, 12), covered: 1, ...closely(wilson(2, 20)) });
  // 1 in 2 of a stratum of 10, none of 20 of one of 990: pooled it would be 1 in 22.
  const found = stratifiedShare([{ hits: 1, of: 2, size: 10 }, { hits: 0, of: 20, size: 990 }]);
  expect(found?.share).toBeCloseTo(0.005, 12);
  expect(found?.low).toBeGreaterThanOrEqual(0);
  expect(found?.high).toBeCloseTo(0.005 + Math.hypot(0.01 * (wilson(1, 2).high - 0.5), 0.99 * wilson(0, 20).high), 12);
});

test('what nobody looked at says nothing, and is said to be missing', () => {
  expect(stratifiedShare([{ hits: 0, of: 0, size: 10 }])).toBeUndefined();
  expect(stratifiedShare([])).toBeUndefined();
  expect(stratifiedShare([{ hits: 1, of: 4, size: 30 }, { hits: 0, of: 0, size: 10 }])).toMatchObject({ share: 0.25, covered: 0.75 });
});

test('a share is named when each stratum was looked at and it is known to within five points', () => {
  const known = (...strata: [hits: number, of: number, size: number][]) => isKnown(stratifiedShare(strata.map(([hits, of, size]) => ({ hits, of, size }))));
  expect(known()).toBe(false);
  expect(known([0, 3, 30])).toBe(false);
  expect(known([0, 34, 300])).toBe(false);
  expect(known([0, 35, 300])).toBe(true);
  expect(known([30, 100, 300])).toBe(false);
  expect(known([0, 100, 300], [0, 1, 3])).toBe(true);
  expect(known([0, 100, 300], [0, 0, 3])).toBe(false);
});

const closely = ({ low, high }: { low: number; high: number }) => ({ low: expect.closeTo(low, 12), high: expect.closeTo(high, 12) });
