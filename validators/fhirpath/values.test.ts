// Decimal, Moment, Quantity and UCUM: what the official tests do not reach.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from './decimal.ts';
import { Moment } from './moment.ts';
import { Quantity, compareQuantities } from './quantity.ts';
import { canonicalUnit } from './ucum.ts';

const decimal = (text: string): Decimal => Decimal.parse(text) as Decimal;
const quantity = (text: string): Quantity => Quantity.parse(text) as Quantity;
const moment = (text: string): Moment => Moment.parse(text, 'DateTime') as Moment;

describe('Decimal', () => {
  test('keeps its precision as text', () => {
    for (const text of ['1.50', '0.00', '-0.120', '12345678901234567890.10']) expect(String(decimal(text))).toBe(text);
    expect(String(decimal('1.5e3'))).toBe('1500');
    expect(String(decimal('15e-3'))).toBe('0.015');
  });
  test('refuses what is no number, and exponents that would fill the memory', () => {
    for (const text of ['', '1.', '.5', '1e999', '1e999999999', 'NaN', '0x1', '1 ']) expect(Decimal.parse(text)).toBeUndefined();
  });
  const cents = fc.integer({ min: -1e9, max: 1e9 });
  test('adds and compares exactly', () => {
    fc.assert(fc.property(cents, cents, (a, b) => {
      const [x, y] = [new Decimal(BigInt(a), 2), new Decimal(BigInt(b), 3)];
      expect(x.plus(y).minus(y).compare(x)).toBe(0);
      expect(Math.sign(x.compare(y))).toBe(Math.sign(a * 10 - b));
      if (b !== 0) expect(x.div(y)).toBe(BigInt(Math.trunc((a * 10) / b)));
    }));
  });
});

describe('Moment', () => {
  test.each(['2015-02-30', '2015-13', '2015-02-04T25:00', '20150204', '2015-02T10:00', ''])('%j is no dateTime', (text) => {
    expect(Moment.parse(text, 'DateTime')).toBeUndefined();
  });
  test('29 February by the calendar', () => {
    expect(['2024-02-29', '2000-02-29', '1900-02-29', '2023-02-29'].map((text) => Moment.parse(text, 'Date') !== undefined)).toEqual([true, true, false, false]);
  });
  test.each([
    ['2015-02-04T10:00:00Z', '2015-02-04T11:00:00+01:00', 0],
    ['2015-02-04T23:30:00-05:00', '2015-02-05T04:29:59Z', 1],
    ['2015-02-04', '2015-02-04T10:00:00Z', undefined],
    ['2015', '2016-01', -1],
    ['2015-02-04T10:00:00', '2015-02-04T10:00:00Z', undefined],
    ['2015-02-04T10:00:00', '2015-02-06T10:00:00Z', -1],
  ])('%s against %s: %s', (a, b, order) => {
    expect(moment(a).compare(moment(b))).toBe(order);
    expect(moment(b).compare(moment(a))).toBe(order === undefined ? undefined : order === 0 ? 0 : -order);
  });
  test('months end where the calendar says', () => {
    expect(String(moment('2024-01-31').plus(1, 'month'))).toBe('2024-02-29');
    expect(String(moment('2024-02-29').plus(1, 'year'))).toBe('2025-02-28');
    expect(moment('9999-12-31').plus(1, 'day')).toBeUndefined();
  });
});

describe('quantities', () => {
  test.each([
    ["1 'g'", "1000 'mg'", 0], ["1 'mmol/L'", "1 'mol/m3'", 0], ["37 'Cel'", "98.6 '[degF]'", 0], ["100 'Cel'", "373.15 'K'", 0],
    ["120 'mm[Hg]'", "15 'kPa'", 1], ["1 '{score}'", "1 '{other}'", 0], ["1 'mL/min/{1.73_m2}'", "1 'mL/min'", 0], ["2 'h'", '119 minutes', 1],
    ["1 'g'", "1 'm'", undefined], ["1 '[IU]/mL'", "1 '/mL'", undefined], ["1 'nonsense'", "1 'g'", undefined], ["1 'mo'", '1 month', undefined], ['1 year', '12 months', 0],
  ])('%s against %s: %s', (a, b, order) => {
    expect(compareQuantities(quantity(a), quantity(b))).toBe(order);
  });
  test('any text as a unit is answered', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (unit) => {
      canonicalUnit(unit);
    }));
    expect(canonicalUnit('m'.repeat(10_000))).toBeUndefined();
  });
});
