// The official FHIRPath tests (FHIR/fhir-test-cases, r4/fhirpath), all of them. The rest: fhirpath-differences.md.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { requireForFile } from '../support/require.ts';
import { officialTests, outcome } from './fhirpath-suite.ts';

const listed = new Set([...readFileSync(new URL('fhirpath-differences.md', import.meta.url), 'utf8').matchAll(/^\| `([A-Za-z0-9-]+)` \|/gm)].map(([, name]) => name as string));

if (requireForFile('conformance')) {
  describe('official FHIRPath tests', () => {
    const tests = officialTests();
    const failed = tests.map((one) => ({ name: one.name, came: outcome(one) })).filter(({ came }) => came !== undefined);

    test('at least 99% pass', () => {
      const passed = tests.length - failed.length;
      console.log(`official FHIRPath tests: ${passed} of ${tests.length} pass (${((100 * passed) / tests.length).toFixed(2)}%)`);
      expect(tests.length).toBe(935);
      expect(passed / tests.length).toBeGreaterThanOrEqual(0.99);
    });

    test('those that do not are listed with a reason, and no others are', () => {
      expect(failed.map(({ name }) => name).sort()).toEqual([...listed].sort());
    });
  });
}
