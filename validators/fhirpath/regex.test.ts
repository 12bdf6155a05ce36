import { expect, test } from 'vitest';
import { FhirPathError } from './fhirpath-error.ts';
import { regexOf } from './regex.ts';

test('published patterns', () => {
  expect(regexOf('^[0-9]{10}$').test('1234567893')).toBe(true);
  expect(regexOf('[A-Z]([A-Za-z0-9_]){0,254}').test('name')).toBe(false);
  expect(regexOf('^[A-Za-z0-9\\-\\.]{1,64}$').testWhole('a.b-c')).toBe(true);
  expect(regexOf('\\d{3}-(\\d+)').replace('a 123-45 b', '$1')).toBe('a 45 b');
  expect(regexOf('[^\\s]+(\\s[^\\s]+)*').testWhole('two words')).toBe(true);
});

test.each([['(a+)+$', `${'a'.repeat(50_000)}!`], ['(a|aa)+$', `${'a'.repeat(50_000)}!`], ['(.*a){20}', 'a'.repeat(5_000)], ['a*a*a*a*a*a*b', 'a'.repeat(20_000)], ['x+y', 'x'.repeat(100_000)]])('%s does not hang', (pattern, text) => {
  const start = performance.now();
  regexOf(pattern).test(text);
  expect(performance.now() - start).toBeLessThan(5_000);
});

test.each(['(', '(?=a)b', '(a)\\1', '[z-a]', '*'])('%s is refused', (pattern) => {
  expect(() => regexOf(pattern).test('a')).toThrow(FhirPathError);
});
