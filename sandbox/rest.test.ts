import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from './server.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ auth: false, defects: false });
});
afterAll(() => sandbox.stop());

type Bundle = { total: number; link: { relation: string; url: string }[]; entry?: { fullUrl: string; resource?: { id: string }; search?: unknown; request?: { method: string } }[] };
const get = async (path: string) => (await (await fetch(path.startsWith('http') ? path : sandbox.fhirBase + path)).json()) as Bundle;
const next = ({ link }: Bundle) => link.find(({ relation }) => relation === 'next')?.url;
const put = (resource: object & { resourceType: string; id: string }) =>
  fetch(`${sandbox.fhirBase}/${resource.resourceType}/${resource.id}`, { method: 'PUT', body: JSON.stringify(resource), headers: { 'content-type': 'application/fhir+json' } });

test('following next links meets every resource once, whatever is written meanwhile', async () => {
  const ids: string[] = [];
  let page: Bundle | undefined = await get('/Encounter?_count=50');
  const { total } = page;
  await put({ resourceType: 'Encounter', id: 'late' });
  while (page) {
    ids.push(...(page.entry ?? []).map(({ resource }) => resource?.id ?? ''));
    const link = next(page);
    page = link ? await get(link) : undefined;
  }
  expect(ids).toHaveLength(total);
  expect(new Set(ids).size).toBe(total);
  await fetch(`${sandbox.fhirBase}/Encounter/late`, { method: 'DELETE' });
});

test('a resource inside a Bundle has the bytes it has alone', async () => {
  const bundle = await (await fetch(`${sandbox.fhirBase}/Location?_count=1`)).text();
  const [{ id } = { id: '' }] = [...sandbox.store.current('Location')];
  const alone = await (await fetch(`${sandbox.fhirBase}/Location/${id}`)).text();
  expect(alone).toBe(sandbox.store.head('Location', id)?.bytes?.toString());
  expect(bundle).toContain(alone);
});

test('_id, patient, identifier and repeated _lastUpdated narrow a search', async () => {
  const [patient = ''] = [...sandbox.store.current('Patient')].map(({ id }) => id);
  expect(await get(`/Patient?_id=${patient},none`)).toMatchObject({ total: 1 });
  const all = await get('/Condition?_count=0'), hers = await get(`/Condition?patient=${patient}`);
  expect(hers.total).toBeGreaterThan(0);
  expect(hers.total).toBeLessThan(all.total);
  expect(await get(`/Condition?patient=Patient/${patient}`)).toMatchObject({ total: hers.total });
  const [practitioner] = [...sandbox.store.current('Practitioner')];
  const { identifier: [npi] } = JSON.parse(practitioner?.bytes?.toString() ?? '') as { identifier: [{ system: string; value: string }] };
  expect(await get(`/Practitioner?identifier=${encodeURIComponent(`${npi.system}|${npi.value}`)}`)).toMatchObject({ total: 1 });
  const put1 = await put({ resourceType: 'Basic', id: 'now' });
  const stamp = ((await put1.json()) as { meta: { lastUpdated: string } }).meta.lastUpdated;
  expect(await get(`/Basic?_lastUpdated=ge${stamp}`)).toMatchObject({ total: 1 });
  expect(await get(`/Basic?_lastUpdated=gt${stamp}`)).toMatchObject({ total: 0 });
  expect(await get(`/Basic?_lastUpdated=gt2026-01-02&_lastUpdated=le${stamp}`)).toMatchObject({ total: 1 });
  expect((await fetch(`${sandbox.fhirBase}/Basic?_lastUpdated=soon`)).status).toBe(400);
});

test('an unknown parameter is left out of the self link, or refused when handling is strict', async () => {
  const { link } = await get('/Patient?colour=blue&_id=x');
  expect(link[0]?.url).toBe(`${sandbox.fhirBase}/Patient?_id=x`);
  expect((await fetch(`${sandbox.fhirBase}/Patient?colour=blue`, { headers: { prefer: 'handling=strict' } })).status).toBe(400);
});

test('create, update, delete: versions, 410, history with the delete, then life again', async () => {
  const created = await put({ resourceType: 'Basic', id: 'b', });
  expect([created.status, created.headers.get('etag')]).toEqual([201, 'W/"1"']);
  expect((await put({ resourceType: 'Basic', id: 'b' })).status).toBe(200);
  expect((await fetch(`${sandbox.fhirBase}/Basic/b/_history/1`)).status).toBe(200);
  expect((await fetch(`${sandbox.fhirBase}/Basic/b`, { method: 'DELETE' })).status).toBe(204);
  expect((await fetch(`${sandbox.fhirBase}/Basic/b`)).status).toBe(410);
  expect((await fetch(`${sandbox.fhirBase}/Basic/none`)).status).toBe(404);
  const { entry = [] } = await get('/Basic/b/_history');
  expect(entry.map(({ request }) => request?.method)).toEqual(['DELETE', 'PUT', 'POST']);
  expect(entry[0]).not.toHaveProperty('resource');
  expect((await put({ resourceType: 'Basic', id: 'b' })).status).toBe(201);
  expect((await put({ resourceType: 'Patient', id: 'b' })).headers.get('location')).toContain('/Patient/b/_history/1');
  await fetch(`${sandbox.fhirBase}/Patient/b`, { method: 'DELETE' });
});

test('a type\'s history since an instant holds only what came then', async () => {
  const since = new Date(sandbox.store.stamp() + 1).toISOString();
  await new Promise((resolve) => setTimeout(resolve, 3));
  await put({ resourceType: 'Location', id: 'new' });
  await fetch(`${sandbox.fhirBase}/Location/new`, { method: 'DELETE' });
  const history = await get(`/Location/_history?_since=${since}`);
  expect(history.entry?.map(({ request }) => request?.method)).toEqual(['DELETE', 'POST']);
});

test('decimals keep their spelling through an update', async () => {
  const body = '{"resourceType":"Observation","id":"d","valueQuantity":{"value":1.10,"code":"1e3"},"x":1E2}';
  await fetch(`${sandbox.fhirBase}/Observation/d`, { method: 'PUT', body, headers: { 'content-type': 'application/json' } });
  const text = await (await fetch(`${sandbox.fhirBase}/Observation/d`)).text();
  expect(text).toContain('"valueQuantity":{"value":1.10,"code":"1e3"},"x":1E2}');
  await fetch(`${sandbox.fhirBase}/Observation/d`, { method: 'DELETE' });
});
