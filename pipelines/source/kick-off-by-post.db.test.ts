import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { testDatabase } from '../../test/support/database.ts';
import { textsOf, trySource } from '../../test/support/try-source.ts';
import { exportRequest } from './bulk.ts';

const { db } = await testDatabase();
const stage = trySource(db);
let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox({ auth: false, defects: false, exportSeconds: 0 }); });
afterAll(async () => { await stage.close(); await sandbox.stop(); });

type Part = { readonly resourceType: string; readonly id: string; readonly subject?: { readonly reference: string }; readonly valueQuantity?: object; readonly category?: readonly { readonly coding: readonly { readonly code: string }[] }[] };
const pull = async (source: number) => textsOf((await stage.pull(source)).items).map((text) => JSON.parse(text) as Part);
const count = (resources: readonly Part[], type: string): number => resources.filter(({ resourceType }) => resourceType === type).length;

test('an export POSTed is the one that was asked for by GET', async () => {
  const settings = { url: sandbox.fhirBase, types: ['Patient', 'Immunization'], hydrate: [] };
  const [got, posted] = [await pull(await stage.source('bulk', settings)), await pull(await stage.source('bulk', { ...settings, kickOffBy: 'post' }))];
  expect(posted.length).toBeGreaterThan(100);
  expect(posted).toEqual(got);
});

test('filters and elements', async () => {
  const found = await pull(await stage.source('bulk', {
    url: sandbox.fhirBase, types: ['Observation'], typeFilter: ['Observation?category=vital-signs', 'Observation?category=survey'], elements: ['Observation.category'], kickOffBy: 'post', hydrate: [] }));
  expect(new Set(found.map(({ category }) => category?.[0]?.coding[0]?.code))).toEqual(new Set(['vital-signs', 'survey']));
  expect(found.filter(({ valueQuantity }) => valueQuantity !== undefined)).toEqual([]);
});

test('a list of patients: only theirs comes; one who is new on it comes with the whole history', async () => {
  const [one, two] = [...sandbox.store.current('Patient')].map(({ id }) => id) as [string, string];
  const settings = (patients: readonly string[]) => ({ url: sandbox.fhirBase, types: ['Patient', 'Encounter'], patients, hydrate: [] });
  const source = await stage.source('bulk', settings([one]));
  const first = await pull(source);
  expect(first.filter(({ resourceType }) => resourceType === 'Patient').map(({ id }) => id)).toEqual([one]);
  expect(new Set(first.flatMap(({ subject }) => subject?.reference ?? []))).toEqual(new Set([`Patient/${one}`]));
  expect(await pull(source)).toEqual([]);
  await db.query('update source set settings = $2 where id = $1', [source, JSON.stringify(settings([one, two]))]);
  const second = await pull(source);
  expect(count(second, 'Patient')).toBe(2);
  expect(count(second, 'Encounter')).toBeGreaterThan(count(first, 'Encounter'));
});

test('what is sent is a Parameters resource; a list of patients is for the levels that have them', () => {
  const { url, body } = exportRequest('http://ehr.example/fhir', { url: '', patients: ['a'], typeFilter: ['Observation?code=1,2'], elements: ['id', 'status'] }, { since: '2026-01-01T00:00:00.000Z', types: ['Patient', 'Observation'] });
  expect(url).toBe('http://ehr.example/fhir/Patient/$export');
  expect(JSON.parse(body ?? '')).toEqual({ resourceType: 'Parameters', parameter: [
    { name: '_since', valueInstant: '2026-01-01T00:00:00.000Z' }, { name: '_type', valueString: 'Patient,Observation' },
    { name: '_typeFilter', valueString: 'Observation?code=1,2' }, { name: '_elements', valueString: 'id,status' }, { name: 'patient', valueReference: { reference: 'Patient/a' } }] });
  expect(() => exportRequest('http://ehr.example/fhir', { url: '', level: 'system', patients: ['a'] }, {})).toThrow('patients are for the levels patient and group');
});
