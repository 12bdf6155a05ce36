import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outOfBand } from './monitor.ts';

// Ordinary runs: Poisson-like counts around a level, from a seeded generator.
const ordinary = fc.integer({ min: 50, max: 20_000 }).chain((level) => fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 21, maxLength: 21 })
  .map((noise) => noise.map((n) => ({ count: Math.round(level + (n / 100) * 2 * Math.sqrt(level)) }))));

test('twenty ordinary runs stay silent', () => {
  fc.assert(fc.property(ordinary, (runs) => { for (let at = 5; at < runs.length; at++) expect(outOfBand(runs.slice(0, at), runs[at] ?? { count: 0 })).toBe(false); }));
});

test('forty percent less is found in the run after', () => {
  fc.assert(fc.property(ordinary.filter((runs) => (runs[0]?.count ?? 0) > 2_000), (runs) => {
    expect(outOfBand(runs.slice(0, 20), { count: Math.round((runs[20]?.count ?? 0) * 0.6) })).toBe(true);
  }));
});
