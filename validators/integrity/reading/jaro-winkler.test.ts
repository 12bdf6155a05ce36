import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jaroWinkler } from './jaro-winkler.ts';

// Winkler's own examples, to three places.
test.each([['martha', 'marhta', 0.961], ['dwayne', 'duane', 0.84], ['dixon', 'dicksonx', 0.813], ['abc', 'xyz', 0], ['same', 'same', 1], ['', 'a', 0]])(
  '%s and %s', (one, other, expected) => { expect(jaroWinkler(one, other)).toBeCloseTo(expected, 2); });

test('symmetric, between 0 and 1', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
    const similarity = jaroWinkler(one, other);
    expect(similarity).toBeCloseTo(jaroWinkler(other, one), 1);
    expect(similarity).toBeGreaterThanOrEqual(0);
    expect(similarity).toBeLessThanOrEqual(1);
  }));
});
