import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCacheDir, loadPackages } from '../../packages/load.ts';
import { readTgz } from '../../packages/tgz.ts';
import { createProfileValidator, type ProfileFinding } from '../../validators/profile/validator.ts';
import { lines } from './oracle-compare.ts';

const shared = join(import.meta.dirname, '../../../shared');
const usCore = join(shared, 'packages/hl7.fhir.us.core-6.1.0.tgz');
const mutated = join(shared, 'conformance/hl7-oracle/mutated-us-core.ndjson.gz');

describe.skipIf(!existsSync(usCore))('snapshots made from differentials (US Core 6.1.0)', () => {
  it('find in 2,894 mutated resources what the published ones find', async () => {
    const cacheDir = process.env['ASSAY_CACHE'] ?? defaultCacheDir();
    const folder = await mkdtemp(join(tmpdir(), 'assay-snapshots-'));
    try {
      const { resources } = await readTgz(await readFile(usCore));
      const file = join(folder, 'differentials.json');
      await writeFile(file, JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map(({ snapshot, ...resource }) => ({ resource: resource['resourceType'] === 'StructureDefinition' ? resource : { ...resource, snapshot } })) }));
      const published = createProfileValidator({ packages: await loadPackages([usCore], { cacheDir }) });
      const made = createProfileValidator({ packages: await loadPackages([file], { cacheDir }) });
      const keys = (findings: readonly ProfileFinding[]): Set<string> => new Set(findings.map((f) => `${f.severity} ${f.rule} ${f.expression} ${f.profile ?? ''}`));
      const differences = new Map<string, number>();
      for (const line of await lines(mutated)) {
        const bytes = Buffer.from(line);
        const [theirs, ours] = [keys(published.validate(bytes)), keys(made.validate(bytes))];
        for (const key of theirs.symmetricDifference(ours)) differences.set(key.replace(/\[\d+\]/g, ''), (differences.get(key.replace(/\[\d+\]/g, '')) ?? 0) + 1);
      }
      // Of every profile of the package a snapshot could be made, but where the base is in another package (SDC).
      const unmade = resources.filter((r) => r['resourceType'] === 'StructureDefinition' && made.program.profile(String(r['url'])) === undefined).map((r) => r['name']);
      expect(unmade).toEqual(['USCoreQuestionnaireResponseProfile']);
      expect(Object.fromEntries(differences)).toEqual({});
    } finally { await rm(folder, { recursive: true, force: true }); }
  }, 120_000);
});
