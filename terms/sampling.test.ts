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

test('what says that a model made it', () => {
  expect(saysAi({ meta: { security: [{ code: 'AIAST' }] } })).toBe(true);
  expect(saysAi({ author: [{ reference: 'Device/1' }] })).toBe(true);
  expect(saysAi({ author: [{ reference: 'Practitioner/1' }], device: { reference: 'Device/1' } })).toBe(false);
});
