import { expect, test } from 'vitest';
import { gwetAc1, wilson } from './wilson.ts';

test('Wilson: Newcombe 1998, table I, method 3', () => {
  expect(wilson(81, 263)).toMatchObject({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) });
  expect(wilson(15, 148)).toMatchObject({ low: expect.closeTo(0.0624, 4), high: expect.closeTo(0.1605, 4) });
  expect(wilson(0, 20)).toMatchObject({ low: 0, high: expect.closeTo(0.1611, 4) });
  expect(wilson(1, 29)).toMatchObject({ low: expect.closeTo(0.0061, 4), high: expect.closeTo(0.1718, 4) });
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});

const pairsOf = (names: readonly string[], table: readonly (readonly number[])[]): [string, string][] => table.flatMap((row, first) =>
  row.flatMap((count, second) => Array.from({ length: count }, (): [string, string] => [names[first]!, names[second]!])));

test('AC1: 100 abstracted charts in three categories, 0.8493305 by Gwet’s own irrCAC (its vignette “overview”, cont3x3abstractors)', () => {
  const found = gwetAc1(pairsOf(['ectopic', 'abnormal', 'normal'], [[13, 0, 0], [0, 20, 7], [0, 4, 56]]), 3);
  expect(found?.agreement).toBeCloseTo(0.89, 10);
  expect(found?.ac1).toBeCloseTo(0.8493305, 7);
});

test('AC1 where nearly all are of one category: kappa would be 0.43', () => {
  const found = gwetAc1(pairsOf(['yes', 'no'], [[118, 5], [0, 2]]), 2);
  expect(found?.agreement).toBeCloseTo(0.96, 10);
  expect(found?.ac1).toBeGreaterThan(0.95);
  expect(gwetAc1([], 2)).toBeUndefined();
});
