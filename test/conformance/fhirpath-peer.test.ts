// Every invariant of R4 core and US Core over samples of both Synthea populations: ours against the npm package `fhirpath`.
import fhirpath, { type Model } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { expect, test } from 'vitest';
import { compileBoolean } from '../../validators/fhirpath/compile.ts';
import { FhirPathError } from '../../validators/fhirpath/fhirpath-error.ts';
import { requireForFile } from '../support/require.ts';
import { invariantsOf, placesOf, sampled, usCoreDefinitions } from './fhirpath-invariants.ts';
import { r4Definitions, r4Model } from './fhirpath-suite.ts';

const truthOf = (answer: unknown): boolean | undefined => {
  const items = answer as readonly unknown[];
  if (items.length === 0) return undefined;
  return items.length === 1 && typeof items[0] === 'boolean' ? items[0] : true;
};
const answered = (run: () => boolean | undefined, known: (error: unknown) => boolean): string => {
  try {
    return String(run());
  } catch (error) {
    if (!known(error)) throw error;
    return 'error';
  }
};

/** Explained in fhirpath-differences.md: `key type`. */
const explained = new Set(['ele-1 xhtml', 'eld-3 string']);

if (requireForFile('synthea', 'synthea-2019', 'us-core-package')) {
  test('the answers are equal, or the difference is explained', async () => {
    const model = r4Model();
    const byType = new Map<string, { key: string; ours: ReturnType<typeof compileBoolean>; theirs: (node: unknown, variables: object) => unknown }[]>();
    const all = invariantsOf([...r4Definitions(), ...(await usCoreDefinitions())], model);
    for (const { type, key, expression } of all) {
      const theirs = fhirpath.compile({ base: type, expression }, r4 as Model, { traceFn: () => undefined }) as (node: unknown, variables: object) => unknown;
      const list = byType.get(type) ?? [];
      byType.set(type, list);
      list.push({ key, ours: compileBoolean(expression, { model, contextType: type }), theirs });
    }
    const different = new Map<string, number>();
    let compared = 0;
    let refused = 0;
    for (const root of [...sampled('r4-2019', 6), ...sampled('us-core-6.1.0', 6)]) {
      for (const { type, value, extra, resource } of placesOf(root, model)) {
        if (value === undefined) continue; // the package cannot start at a primitive without value
        for (const { key, ours, theirs } of byType.get(type) ?? []) {
          const us = answered(() => ours(value, { resource, rootResource: root }, extra), (error) => error instanceof FhirPathError);
          const they = answered(() => truthOf(theirs(value, { resource, rootResource: root })), () => true);
          if (they === 'error' && us !== 'error') refused++;
          else compared++;
          if (they !== us && they !== 'error') different.set(`${key} ${type}`, (different.get(`${key} ${type}`) ?? 0) + 1);
        }
      }
    }
    console.log(`${all.length} invariants by type, ${compared} answers compared, ${refused} where the package gives an error; explained differences: ${[...different].map(([key, count]) => `${key} ${count}`).join(', ')}`);
    expect(compared).toBeGreaterThan(30_000);
    expect([...different.keys()].filter((key) => !explained.has(key))).toEqual([]);
    expect([...explained].filter((key) => !different.has(key))).toEqual([]);
  });
}
