// Generated code against the closures: every invariant, over samples and over samples that were damaged.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileBoolean, interpretBoolean } from '../../validators/fhirpath/compile.ts';
import type { Json, JsonObject } from '../../validators/fhirpath/environment.ts';
import { FhirPathError } from '../../validators/fhirpath/fhirpath-error.ts';
import { isObject } from '../../validators/fhirpath/navigate.ts';
import { parse } from '../../validators/fhirpath/parse.ts';
import { requireForFile } from '../support/require.ts';
import { invariantsOf, placesOf, sampled } from './fhirpath-invariants.ts';
import { r4Definitions, r4Model } from './fhirpath-suite.ts';

const junk: readonly Json[] = [null, 7, 'x', '#c', true, [], {}, [null], ['a', 'a'], [{ id: 'a' }], { reference: '#c' }, '2026-02-30', '2026-11', '2026-11-23T10:00:00Z', 1e300, [[1]]];

/** A copy in which one property in twelve is replaced, doubled, or gets a sibling. */
const damaged = (value: Json, random: () => number): Json => {
  if (Array.isArray(value)) return value.map((item: Json) => damaged(item, random));
  if (!isObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(value)) {
    const kind = key === 'resourceType' ? 99 : Math.floor(random() * 48);
    const one = damaged(inner ?? null, random);
    if (kind === 0) copy[key] = junk[Math.floor(random() * junk.length)] ?? null;
    else if (kind === 1) copy[key] = [one, one];
    else if (kind === 2) copy[`_${key}`] = { extension: [{ url: 'u', valueString: 'v' }] };
    else copy[key] = one;
    if (kind === 3) copy[`_${key}`] = junk[Math.floor(random() * junk.length)] ?? null;
  }
  return copy;
};

/** Park and Miller's generator: fast-check draws the seed, so a failure can be repeated. */
const randomFrom = (seed: number): (() => number) => {
  let state = (seed % 2_147_483_646) + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

const answer = (run: () => boolean | undefined): string => {
  try {
    return String(run());
  } catch (error) {
    if (!(error instanceof FhirPathError)) throw error;
    return `error: ${error.message}`;
  }
};

if (requireForFile('synthea', 'synthea-2019')) {
  const model = r4Model();
  const byType = Map.groupBy(
    invariantsOf(r4Definitions(), model).map(({ type, key, expression }) => ({
      type, key,
      generated: compileBoolean(expression, { model, contextType: type }),
      closures: interpretBoolean(parse(expression), { model, contextType: type }),
    })),
    ({ type }) => type,
  );
  const differing = (root: JsonObject): string[] => {
    const found = new Set<string>();
    for (const { type, value, extra, resource } of placesOf(root, model)) {
      const env = { resource, rootResource: root };
      for (const { key, generated, closures } of byType.get(type) ?? []) {
        const [ours, theirs] = [answer(() => generated(value, env, extra)), answer(() => closures(value, env, extra))];
        // Generated code stops at the first item that decides; the closures go on and may meet an error behind it.
        if (ours !== theirs && !(theirs.startsWith('error') && !ours.startsWith('error'))) found.add(`${key} on ${type}: ${ours}, closures ${theirs}`);
      }
    }
    return [...found];
  };

  test('equal on what Synthea gives', () => {
    for (const root of [...sampled('r4-2019', 8), ...sampled('us-core-6.1.0', 8)]) expect(differing(root)).toEqual([]);
  });

  test('equal on damaged resources, with no error but FhirPathError', () => {
    const roots = [...sampled('r4-2019', 2), ...sampled('us-core-6.1.0', 2)];
    fc.assert(fc.property(fc.nat(roots.length - 1), fc.nat(), (which, seed) => {
      expect(differing(damaged(roots[which] as JsonObject, randomFrom(seed)) as JsonObject)).toEqual([]);
    }), { numRuns: 1500 });
  });
}
