import { expect, test } from 'vitest';
import { gwetAc1, wilson } from './wilson.ts';

test('Wilson: Newcombe 1998, table I, method 3', () => {
  expect(wilson(81, 263)).toMatchObject({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) });
  expect(wilson(15, 148)).toMatchObject({ low: expect.closeTo(0.0624, 4), high: expect.closeTo(0.1605, 4) });
  expect(wilson(0, 20)).toMatchObject({ low: 0, high: expect.closeTo(0.1611, 4) });
  expect(wilson(1, 29)).toMatchObject({ low: expect.closeTo(0.0061, 4), high: expect.closeTo(0.1718, 4) });
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});

test('AC1: 118 and 2 of 125 agree, 5 differ (kappa is 0.43): 0.96, as Gwet 2008 computes such tables', () => {
  const pairs = [...Array<[string, string]>(118).fill(['yes', 'yes']), ...Array<[string, string]>(5).fill(['yes', 'no']), ...Array<[string, string]>(2).fill(['no', 'no'])];
  const found = gwetAc1(pairs, 2);
  expect(found?.agreement).toBeCloseTo(0.96, 10);
  const yes = (118 * 2 + 5) / 250;
  const chance = 2 * yes * (1 - yes);
  expect(found?.ac1).toBeCloseTo((0.96 - chance) / (1 - chance), 10);
  expect(found?.ac1).toBeGreaterThan(0.95);
  expect(gwetAc1([], 2)).toBeUndefined();
});
