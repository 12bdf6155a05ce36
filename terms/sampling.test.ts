import fc from 'fast-check';
import { expect, test } from 'vitest';
import { saysAi, stratifiedSample } from './sampling.ts';

const candidates = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 200 })
  .map((strata) => strata.map((stratum, item) => ({ item, stratum })));

test('it has the size asked for where there is as much, no item twice, every stratum, and is the same again', () => {
  fc.assert(fc.property(candidates, fc.integer({ min: 4, max: 60 }), (given, size) => {
    const sample = stratifiedSample(given, size);
    expect(sample).toEqual(stratifiedSample(given, size));
    expect(new Set(sample).size).toBe(sample.length);
    expect(sample.length).toBe(Math.min(size, given.length));
    expect(new Set(sample.map((item) => given[item]?.stratum))).toEqual(new Set(given.map(({ stratum }) => stratum)));
  }));
});

test('small strata that get one each do not make it larger than asked for', () => {
  const given = ['d', 'd', 'a', 'd', 'b', 'c'].map((stratum, item) => ({ item, stratum }));
  expect(stratifiedSample(given, 4)).toEqual([2, 4, 5, 0]);
  expect(stratifiedSample(given, 2)).toHaveLength(4);
});

test('strata of which only a part was read get what all of theirs would', () => {
  const given = Array.from({ length: 60 }, (_, item) => ({ item, stratum: item < 20 ? 'a' : item < 40 ? 'b' : 'c' }));
  const shares = (records?: ReadonlyMap<string, number>) => { const sample = stratifiedSample(given, 30, records); return ['a', 'b', 'c'].map((stratum) => sample.filter((item) => given[item]?.stratum === stratum).length); };
  expect(shares()).toEqual([10, 10, 10]);
  expect(shares(new Map([['a', 20], ['b', 60], ['c', 120]]))).toEqual([3, 9, 18]);
  // No more than were read.
  expect(shares(new Map([['a', 20], ['c', 20_000]]))).toEqual([5, 5, 20]);
});

test('what says that a model made it', () => {
  expect(saysAi({ meta: { security: [{ code: 'AIAST' }] } })).toBe(true);
  expect(saysAi({ author: [{ reference: 'Device/1' }] })).toBe(true);
  expect(saysAi({ author: [{ reference: 'Practitioner/1' }], device: { reference: 'Device/1' } })).toBe(false);
});
