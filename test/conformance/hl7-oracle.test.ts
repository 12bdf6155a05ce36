import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCacheDir, loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from '../../validators/profile/validator.ts';
import { expectedErrors, foundErrors, lines, normal, silentThere, type Expected } from './oracle-compare.ts';

const shared = join(import.meta.dirname, '../../../shared');
const oracle = join(shared, 'conformance/hl7-oracle');
const usCore = join(shared, 'packages/hl7.fhir.us.core-6.1.0.tgz');
const validatorOf = async (packages: readonly string[]): Promise<ProfileValidator> =>
  createProfileValidator({ packages: await loadPackages(packages, { cacheDir: process.env['ASSAY_CACHE'] ?? defaultCacheDir() }) });

/** A mutated set against the engine's findings: error or none by resource, and for agreeing errors the same places. */
const compare = async (name: string, packages: readonly string[]) => {
  const validator = await validatorOf(packages);
  const [resources, expected] = await Promise.all(['', '.expected'].map((part) => lines(join(oracle, `${name}${part}.ndjson.gz`))));
  const count = { resources: 0, agree: 0, missed: 0, extra: 0, places: 0, samePlaces: 0, setsCompared: 0, sameSets: 0, apart: 0 };
  const causes = new Map<string, number>();
  const note = (cause: string): void => { causes.set(cause, (causes.get(cause) ?? 0) + 1); };
  resources!.forEach((resource, i) => {
    const wanted = expectedErrors(JSON.parse(expected![i]!) as Expected);
    const all = foundErrors(validator.validate(Buffer.from(resource)));
    const found = all.filter((f) => !silentThere.has(f.rule));
    if (all.length > found.length) count.apart++;
    count.resources++;
    if ((wanted.length > 0) !== (found.length > 0)) {
      if (wanted.length > 0) { count.missed++; note(`missed: ${wanted[0]!.messageId ?? wanted[0]!.text ?? ''}`); } else { count.extra++; note(`extra: ${found[0]!.rule}`); }
      return;
    }
    count.agree++;
    if (wanted.length === 0) return;
    const [theirs, ours] = [new Set(wanted.map((w) => normal(w.expression))), new Set(found.map((f) => normal(f.expression)))];
    for (const place of theirs) { count.places++; if (ours.has(place)) count.samePlaces++; else note('place missing'); }
    count.setsCompared++;
    if (theirs.size === ours.size && [...theirs].every((p) => ours.has(p))) count.sameSets++;
  });
  console.table({ [name]: count });
  console.table(Object.fromEntries([...causes].sort((a, b) => b[1] - a[1]).slice(0, 20)));
  return count;
};

describe.skipIf(!existsSync(oracle))('the HL7 engine as oracle (../shared/conformance/hl7-oracle)', () => {
  it.each([['mutated-r4', []], ['mutated-us-core', [usCore]]] as const)('%s: 98% the same verdict, 95% the same places', async (name, packages) => {
    const count = await compare(name, packages);
    expect(count.agree / count.resources).toBeGreaterThanOrEqual(0.98);
    expect(count.samePlaces / count.places).toBeGreaterThanOrEqual(0.95);
    expect(count.sameSets / count.setsCompared).toBeGreaterThanOrEqual(0.95);
  }, 300_000);

  it.each([['r4-2019', []], ['us-core-6.1.0', [usCore]]] as const)('%s: no error where the engine has none', async (name, packages) => {
    const validator = await validatorOf(packages);
    const expected = await lines(join(oracle, `synthea-${name}.expected.ndjson.gz`));
    const files = new Map<string, string[]>();
    const wrong = new Map<string, number>();
    let silentHere = 0;
    for (const line of expected) {
      const want = JSON.parse(line) as Expected & { file: string; line: number };
      let resources = files.get(want.file);
      if (!resources) { files.clear(); files.set(want.file, resources = await lines(join(shared, 'synthea', name, want.file))); }
      const found = foundErrors(validator.validate(Buffer.from(resources[want.line - 1]!)));
      silentHere += found.filter((f) => silentThere.has(f.rule)).length;
      if (expectedErrors(want).length === 0) for (const f of found) if (!silentThere.has(f.rule)) wrong.set(`${want.resourceType} ${f.rule}`, (wrong.get(`${want.resourceType} ${f.rule}`) ?? 0) + 1);
    }
    console.table({ [name]: { resources: expected.length, wrong: wrong.size, 'reference targets and unknown extensions': silentHere } });
    expect([...wrong]).toEqual([]);
  }, 300_000);
});
