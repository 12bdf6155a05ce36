import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCacheDir, loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileFinding, type ProfileValidator } from '../../validators/profile/validator.ts';
import { lines } from './oracle-compare.ts';

const shared = join(import.meta.dirname, '../../../shared');
const oracle = join(shared, 'conformance/hl7-oracle');
const sets = [['mutated-r4', []], ['mutated-us-core', [join(shared, 'packages/hl7.fhir.us.core-6.1.0.tgz')]]] as const;

const validatorOf = async (packages: readonly string[]): Promise<ProfileValidator> =>
  createProfileValidator({ packages: await loadPackages(packages, { cacheDir: process.env['ASSAY_CACHE'] ?? defaultCacheDir() }) });
const textOf = (f: ProfileFinding): string => `${f.says} ${f.expression} ${f.rule} ${f.messageId ?? ''} ${f.profile ?? ''}`;

/** Every string and number of a resource, with the name it stands under. */
const values = (value: unknown, name: string, out: [name: string, value: string][]): void => {
  if (typeof value === 'string' || typeof value === 'number') out.push([name, String(value)]);
  else if (Array.isArray(value)) for (const item of value) values(item, name, out);
  else if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) values(item, key, out);
};
/** A value that says something of somebody: no URL of a definition, no word of the specification (`final`, `Patient`). */
const personal = ([name, value]: [string, string]): boolean =>
  value.length >= 4 && !['profile', 'url', 'system', 'resourceType'].includes(name) && !/^(https?|urn):/.test(value) && !/^[A-Za-z-]+$/.test(value);

/** A resource with every string but those that choose what is checked made a token of its own, and a key nobody knows. */
const marked = (value: unknown, key: string, next: () => string): unknown => {
  if (typeof value === 'string') return key === 'resourceType' || (key === 'profile' && value.startsWith('http')) ? value : next();
  if (Array.isArray(value)) return value.map((item) => marked(item, key, next));
  if (typeof value !== 'object' || value === null) return value;
  return { ...Object.fromEntries(Object.entries(value).map(([k, v]) => [k, marked(v, k, next)])), [next()]: 1 };
};

describe.skipIf(!existsSync(oracle))('no finding repeats a value of the record', () => {
  it.each(sets)('%s', async (name, packages) => {
    const validator = await validatorOf(packages);
    const leaks = new Set<string>();
    let findings = 0, sentences = 0;
    for (const line of await lines(join(oracle, `${name}.ndjson.gz`))) {
      const found = validator.validate(Buffer.from(line), { hints: true, bestPractice: true, displays: 'error' });
      let resource: unknown;
      try { resource = JSON.parse(line); } catch { continue; }
      const all: [string, string][] = [];
      values(resource, '', all);
      const of = [...new Set(all.filter(personal).map(([, value]) => value))];
      for (const f of found) {
        findings++;
        if (/^\S.{10,}[.)…:]?/s.test(f.says)) sentences++;
        const text = textOf(f);
        for (const value of of) if (text.includes(value)) leaks.add(`${f.rule}: ${f.says}`);
      }
      let n = 0;
      const tokens: string[] = [];
      const canary = marked(resource, '', () => { tokens.push(`Zq${n++}wKx`); return tokens.at(-1)!; });
      for (const f of validator.validate(Buffer.from(JSON.stringify(canary)), { hints: true, bestPractice: true, displays: 'error' })) {
        if (/Zq\d+wKx/.test(textOf(f))) leaks.add(`${f.rule}: ${f.says}`);
      }
    }
    expect([...leaks]).toEqual([]);
    expect(findings).toBeGreaterThan(5_000);
    expect(sentences).toBe(findings);
  }, 120_000);
});
