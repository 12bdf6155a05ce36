import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../server.ts';
import { exportAll, filesOf } from '../trial-client.ts';

// Misbehaviours of search and of references: no-last-updated, next-link-expires, outcome-in-searchset,
// search-mode-absent, observation-category-refused, search-needs-parameter, absolute-references,
// versioned-references, contained-resources.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ auth: false, defects: false, exportSeconds: 0 });
});
afterEach(() => sandbox.behave());
afterAll(() => sandbox.stop());

type Bundle = { total: number; link: { relation: string; url: string }[]; entry: { resource: { resourceType: string }; search?: { mode?: string } }[] };
const statusOf = async (path: string) => (await fetch(path.startsWith('http') ? path : sandbox.fhirBase + path)).status;
const get = async (path: string) => (await (await fetch(path.startsWith('http') ? path : sandbox.fhirBase + path)).json()) as Bundle;
const nextOf = ({ link }: Bundle) => link.find(({ relation }) => relation === 'next')?.url ?? '';
const exported = async (type: string) => (await filesOf(await exportAll(sandbox, `?_type=${type}`))).join('');

test('no-last-updated: refused, or ignored and out of the self link; not in the CapabilityStatement', async () => {
  const metadata = async () => (await fetch(`${sandbox.fhirBase}/metadata`)).text();
  const future = '/Patient?_lastUpdated=gt2999';
  expect((await get(future)).total).toBe(0);
  expect(await metadata()).toContain('"_lastUpdated"');
  await sandbox.misbehave({ name: 'no-last-updated' });
  expect(await statusOf(future)).toBe(400);
  expect(await metadata()).not.toContain('"_lastUpdated"');
  expect(JSON.parse(await metadata())).toMatchObject({ resourceType: 'CapabilityStatement' });
  await sandbox.misbehave({ name: 'no-last-updated', answer: 'ignore' });
  const everybody = await get(future);
  expect([everybody.total, everybody.link[0]?.url]).toEqual([[...sandbox.store.current('Patient')].length, `${sandbox.fhirBase}/Patient`]);
});

test('next-link-expires: the second next page is gone, of each search', async () => {
  await sandbox.misbehave({ name: 'next-link-expires', afterPages: 1 });
  for (let search = 0; search < 2; search++) {
    const second = await get(nextOf(await get('/Encounter?_count=10')));
    expect(second.entry).toHaveLength(10);
    expect(await statusOf(nextOf(second))).toBe(410);
  }
});

test('outcome-in-searchset: an entry more on every page, with or without its mode', async () => {
  await sandbox.misbehave({ name: 'outcome-in-searchset' });
  const first = await get('/Encounter?_count=10');
  for (const { entry } of [first, await get(nextOf(first))])
    expect(entry.map(({ resource, search }) => [resource.resourceType, search?.mode]).at(-1)).toEqual(['OperationOutcome', 'outcome']);
  await sandbox.misbehave({ name: 'outcome-in-searchset', mode: false });
  expect((await get('/Encounter?_count=10')).entry.at(-1)).not.toHaveProperty('search');
});

test('search-mode-absent: no entry says its mode', async () => {
  expect((await get('/Patient')).entry[0]?.search?.mode).toBe('match');
  await sandbox.misbehave({ name: 'search-mode-absent' });
  for (const entry of (await get('/Patient')).entry) expect(entry).not.toHaveProperty('search');
});

test('observation-category-refused: the categories named, and none at all when one is required', async () => {
  await sandbox.misbehave({ name: 'observation-category-refused', categories: ['survey'], required: true });
  expect(await statusOf('/Observation?category=survey')).toBe(400);
  expect(await statusOf('/Observation?category=http://terminology.hl7.org/CodeSystem/observation-category|survey')).toBe(400);
  expect(await statusOf('/Observation')).toBe(400);
  expect((await get('/Observation?category=laboratory')).total).toBeGreaterThan(0);
});

test('search-needs-parameter: EpisodeOfCare without type', async () => {
  await sandbox.misbehave({ name: 'search-needs-parameter' });
  expect(await statusOf('/EpisodeOfCare?patient=x')).toBe(400);
  expect(await statusOf('/EpisodeOfCare?patient=x&type=y')).toBe(200);
});

const references = (text: string) => [...text.matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) => reference ?? '');

test('absolute-references: below the base, in files, pages and reads; conditional ones stay', async () => {
  await sandbox.misbehave({ name: 'absolute-references' });
  const text = await exported('Encounter');
  for (const reference of references(text)) expect(reference.startsWith(`${sandbox.fhirBase}/`) || reference.includes('?identifier=')).toBe(true);
  expect(references(text).some((reference) => reference.includes('?identifier='))).toBe(true);
  expect(references(await (await fetch(`${sandbox.fhirBase}/Encounter?_count=5`)).text())[0]).toContain('http://');
});

test('versioned-references: each names a version that can be read', async () => {
  await sandbox.misbehave({ name: 'versioned-references' });
  const [reference = ''] = references(await exported('Condition'));
  expect(reference).toMatch(/^Patient\/[\w-]+\/_history\/1$/);
  expect(await statusOf(`/${reference}`)).toBe(200);
});

test('contained-resources: the medication is inside, and referred to so', async () => {
  await sandbox.misbehave({ name: 'contained-resources' });
  const requests = (await exported('MedicationRequest')).split('\n').filter((line) => line.includes('"medicationReference"'));
  expect(requests.length).toBeGreaterThan(0);
  for (const line of requests) {
    const { contained, medicationReference } = JSON.parse(line) as { contained: { resourceType: string; id: string }[]; medicationReference: { reference: string } };
    expect([contained[0]?.resourceType, `#${contained[0]?.id}`]).toEqual(['Medication', medicationReference.reference]);
  }
});
