import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { terminologyServer } from '../../packages/terminology-server.ts';
import { createProfileValidator, type ProfileValidator } from '../../validators/profile/validator.ts';
import { startRun } from '../../apps/temporal/runs.ts';
import { registerSource } from '../../storage/source.ts';
import { testDatabase } from '../support/database.ts';
import { startHapi, type Hapi } from '../support/hapi.ts';
import { testProduct } from '../support/product.ts';
import { readFeed } from '../support/read-feed.ts';
import { requireForFile } from '../support/require.ts';
import { makeScratch } from '../support/scratch.ts';
import { stalling } from '../support/stalling-proxy.ts';
import { textsOf, trySource } from '../support/try-source.ts';

// A server that nobody here wrote, pulled by search and by bulk; what changes between two runs.

if (requireForFile('java', 'maven', 'hapi', 'synthea-2019')) {
  const { db } = await testDatabase();
  const stage = trySource(db);
  let hapi: Hapi;
  const product = await testProduct();
  beforeAll(async () => { hapi = await startHapi({ patients: 2, settings: { HAPI_PAGE: '50' } }); }, 920_000);
  afterAll(async () => { await stage.close(); await hapi?.stop(); });

  const types = ['Patient', 'Encounter', 'Condition', 'Observation', 'Device'];
  const write = async (resource: { resourceType: string; id: string } & Record<string, unknown>): Promise<void> => {
    const answer = await fetch(`${hapi.fhir}/${resource.resourceType}/${resource.id}`, {
      method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(resource) });
    expect(answer.status, await answer.text()).toBeLessThan(300);
  };
  const remove = async (reference: string): Promise<void> => {
    const answer = await fetch(`${hapi.fhir}/${reference}`, { method: 'DELETE' });
    expect(answer.status, await answer.text()).toBe(200);
  };
  const total = async (type: string): Promise<number> => {
    const answer = await fetch(`${hapi.fhir}/${type}?_summary=count`, { headers: { 'cache-control': 'no-cache' } });
    return ((await answer.json()) as { total: number }).total;
  };
  const device = (id: string, status: string) => ({ resourceType: 'Device', id, status });
  const landed = async (run: string) => (await db.query<{ key: string; deletion: boolean; head: boolean }>(
    `select type || '/' || logical_id as key, deletion, head from version where run_id = $1 order by 1`, [run])).rows;
  const heads = async (source: number) => Object.fromEntries((await db.query<{ type: string; n: number }>(
    'select type, count(*)::int as n from version where source_id = $1 and head and not deletion group by type', [source])).rows.map(({ type, n }) => [type, n]));

  describe('as terminology server', () => {
    const [tumours, benign] = ['http://hospital.example/tumours', 'http://hospital.example/benign'];
    const observation = (system: string, code: string) => Buffer.from(JSON.stringify({ resourceType: 'Observation', status: 'final', code: { coding: [{ system, code }] } }));
    const asked = [[tumours, 'a'], [tumours, 'z'], ['http://nobody.example/has', 'this']] as const;
    const said = (validator: ProfileValidator, system: string, code: string, profiles: readonly string[] = []) => validator.validate(observation(system, code), { profiles })
      .filter((f) => f.rule.startsWith('terminology-')).map((f) => `${f.severity} ${f.rule}${f.unevaluated ? ' unevaluated' : ''}`);
    beforeAll(async () => {
      await write({ resourceType: 'CodeSystem', id: 'tumours', url: tumours, status: 'active', content: 'complete', caseSensitive: true,
        concept: [{ code: 'a', display: 'Benign' }, { code: 'b', display: 'Malignant' }] });
      await write({ resourceType: 'ValueSet', id: 'benign', url: benign, status: 'active', compose: { include: [{ system: tumours, concept: [{ code: 'a' }] }] } });
    });

    test('it tells which codes its own code system has; without it they were not checked', async () => {
      const server = await terminologyServer({ url: hapi.fhir });
      const packages = await loadPackages();
      const [alone, asking] = [createProfileValidator({ packages }), createProfileValidator({ packages, facts: server.facts })];
      for (const validator of [alone, asking]) for (const [system, code] of asked) expect(said(validator, system, code)).toEqual(['warning terminology-system unevaluated']);
      expect(await server.resolve()).toEqual({ asked: 3, open: 0 });
      expect(asked.map(([system, code]) => said(asking, system, code))).toEqual([[], ['error terminology-code'], ['warning terminology-system unevaluated']]);
      // What was answered is not asked again, nor what the server could not tell.
      expect(await server.resolve()).toEqual({ asked: 0, open: 0 });
      for (const [system, code] of asked) expect(said(alone, system, code)).toEqual(['warning terminology-system unevaluated']);
    }, 60_000);

    // This HAPI has no ValueSet/$validate-code (packages/terminology-server.test.ts has a server that does): what it refuses is said not to have been checked.
    test('what it refuses to judge, as a value set, was not checked', async () => {
      const folder = await makeScratch('binding');
      try {
        const profile = { resourceType: 'StructureDefinition', url: 'http://hospital.example/tumour', name: 'Tumour', status: 'active', kind: 'resource', abstract: false, type: 'Observation', derivation: 'constraint',
          baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation', differential: { element: [{ id: 'Observation.code', path: 'Observation.code', binding: { strength: 'required', valueSet: benign } }] } };
        const file = join(folder.path, 'tumour.json');
        await writeFile(file, JSON.stringify(profile));
        const server = await terminologyServer({ url: hapi.fhir });
        const validator = createProfileValidator({ packages: await loadPackages([file]), facts: server.facts });
        const found = (code: string) => said(validator, tumours, code, [profile.url]);
        expect(found('a')).toContain('warning terminology-binding unevaluated');
        found('b');
        expect((await server.resolve()).open).toBe(0);
        expect([found('a'), found('b')]).toEqual([['warning terminology-binding unevaluated'], ['warning terminology-binding unevaluated']]);
      } finally { await folder.remove(); }
    }, 60_000);

    test('a server that has no time leaves the question open, and is asked again', async () => {
      const slow = await stalling(hapi.fhir);
      try {
        const waiting = await terminologyServer({ url: slow.url, timeoutMs: 500 });
        const impatient = createProfileValidator({ packages: await loadPackages(), facts: waiting.facts });
        said(impatient, tumours, 'a');
        slow.stall(true);
        const began = performance.now();
        expect(await waiting.resolve()).toEqual({ asked: 1, open: 1 });
        expect(performance.now() - began).toBeLessThan(10_000);
        expect(said(impatient, tumours, 'a')).toEqual(['warning terminology-system unevaluated']);
        slow.stall(false);
        expect(await waiting.resolve()).toEqual({ asked: 1, open: 0 });
        expect(said(impatient, tumours, 'a')).toEqual([]);
      } finally { slow.close(); }
    }, 60_000);
  });

  describe.each([
    ['search', { pageSize: 40 }],
    ['search', { pageSize: 500, overlapSeconds: 0 }],
    ['bulk', {}],
    ['bulk', { kickOffBy: 'post' }],
  ] as const)('by %s, %j', (kind, settings) => {
    test('the first run has all there is; the second lands what changed, and a deletion for what was deleted', async () => {
      const name = (what: string) => `${kind}-${Object.keys(settings).length}-${what}`;
      await write(device(name('stays'), 'active'));
      await write(device(name('changes'), 'active'));
      await write(device(name('goes'), 'active'));
      const source = await stage.source(kind, { url: hapi.fhir, types, hydrate: [], ...settings });
      const first = await stage.pull(source);
      expect(first.state).toBe('completed');
      expect(await stage.failed(first.run)).toEqual({});
      for (const type of types) expect([type, (await heads(source))[type] ?? 0]).toEqual([type, await total(type)]);
      expect(textsOf(first.items).every((text) => text.startsWith('{') && text.endsWith('}'))).toBe(true);

      // The watermark is a Date header or a transactionTime: whole seconds with some servers.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await write(device(name('changes'), 'inactive'));
      await write(device(name('comes'), 'active'));
      await remove(`Device/${name('goes')}`);
      const second = await stage.pull(source);
      expect(second.state).toBe('completed');
      expect(await landed(second.run)).toEqual([
        { key: `Device/${name('changes')}`, deletion: false, head: true },
        { key: `Device/${name('comes')}`, deletion: false, head: true },
        { key: `Device/${name('goes')}`, deletion: true, head: true },
      ]);
      for (const type of types) expect([type, (await heads(source))[type] ?? 0]).toEqual([type, await total(type)]);
    }, 240_000);
  });

  test('a search asked again within a minute is not answered from before', async () => {
    const source = await stage.source('search', { url: hapi.fhir, types: ['Device'], hydrate: [] });
    await stage.pull(source);
    await write(device('written-between', 'active'));
    expect(await landed((await stage.pull(source, { full: true })).run)).toEqual([{ key: 'Device/written-between', deletion: false, head: true }]);
  });

  test('what the search gave is byte for byte a slice of what the server sent', async () => {
    await write({ ...device('decimal', 'active'), extension: [{ url: 'http://example.org/d', valueDecimal: 1 }] });
    const source = await stage.source('search', { url: hapi.fhir, types: ['Device'], hydrate: [], queries: { Device: ['_id=decimal'] } });
    const { items } = await stage.pull(source);
    const sent = await (await fetch(`${hapi.fhir}/Device?_id=decimal&_count=200`, { headers: { accept: 'application/fhir+json' } })).text();
    expect(textsOf(items)).toHaveLength(1);
    expect(sent).toContain(textsOf(items)[0]);
  });

  describe.each(['search', 'bulk'] as const)('governed, by %s', (kind) => {
    test('all of it reaches the feed; of the second run what changed, and a retraction for what was deleted', async () => {
      const [stays, changes, goes] = ['stays', 'changes', 'goes'].map((what) => `governed-${kind}-${what}`) as [string, string, string];
      for (const id of [stays, changes, goes]) await write(device(id, 'active'));
      const id = await registerSource(product.db, { name: `hapi-${kind}`, kind, settings: { url: hapi.fhir, types } });
      const pull = async () => {
        const { run, state } = await (await startRun(product.temporal, id)).ended();
        expect([state, (await product.reconciled(run)).balances]).toEqual(['completed', true]);
        return run;
      };
      const fed = async (after: number) => (await readFeed(product.db, 'care', after)).filter(({ source }) => source === `hapi-${kind}`);
      await pull();
      const first = await fed(0);
      const { rows: released } = await product.db.query<{ n: number }>(
        `select count(*)::int as n from version v join verdict d on d.version_id = v.id and d.current
          where v.source_id = $1 and v.head and 'care' = any (d.purposes) and d.outcome like 'release%'`, [id]);
      expect(first).toHaveLength(released[0]?.n ?? 0);
      expect(first.length).toBeGreaterThan(100);
      expect(first.every(({ value, hash }) => createHash('sha256').update(value ?? '').digest('hex') === hash)).toBe(true);

      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await write(device(changes, 'inactive'));
      await remove(`Device/${goes}`);
      const second = await pull();
      expect((await product.db.query<{ key: string }>(`select logical_id as key from version where run_id = $1 order by 1`, [second])).rows).toEqual([{ key: changes }, { key: goes }]);
      const news = await fed(first.at(-1)?.sequence ?? 0);
      expect(news.map(({ kind: what, id: of, reason }) => [what, of, reason])).toEqual(expect.arrayContaining([['release', changes, undefined], ['retraction', goes, 'deleted']]));
      expect(news).toHaveLength(2);
      expect(news.find(({ id: of }) => of === goes)?.about).toBe(first.find(({ id: of }) => of === goes)?.sequence);
    }, 300_000);
  });
}
