import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleFolders, startSandbox, type Sandbox } from './server.ts';
import { exportAll, filesOf, kickOff, linesOf } from './trial-client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ auth: false, defects: false, exportSeconds: 0, resourcesPerFile: 500 });
});
afterAll(() => sandbox.stop());

const files = sampleFolders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.gz')).map((name) => ({ type: name.split('.')[0] ?? '', path: join(folder, name) })));
const sample = (type: string) => files.filter((file) => file.type === type).map(({ path }) => gunzipSync(readFileSync(path)).toString()).join('');

test('a system export gives every line of the sample, byte for byte', async () => {
  const manifest = await exportAll(sandbox);
  expect(manifest).toMatchObject({ request: `${sandbox.fhirBase}/$export`, requiresAccessToken: false, deleted: [], error: [] });
  for (const type of new Set(files.map((file) => file.type))) {
    expect((await filesOf(manifest, type)).join('')).toBe(sample(type));
  }
});

test('large types come in several files, whose counts are their lines', async () => {
  const { output } = await exportAll(sandbox, '?_type=Observation');
  expect(output.length).toBeGreaterThan(1);
  expect(output.reduce((sum, { count }) => sum + count, 0)).toBe(sample('Observation').split('\n').length - 1);
});

test('a download resumes by range, and a range outside the file is refused', async () => {
  const { output } = await exportAll(sandbox, '?_type=Patient');
  const url = output[0]?.url ?? '';
  const whole = await (await fetch(url)).text();
  const rest = await fetch(url, { headers: { range: 'bytes=1001-' } });
  expect(rest.status).toBe(206);
  expect(rest.headers.get('content-range')).toBe(`bytes 1001-${whole.length - 1}/${whole.length}`);
  expect(await rest.text()).toBe(whole.slice(1001));
  expect((await fetch(url, { headers: { range: `bytes=${whole.length}-` } })).status).toBe(416);
});

test('patient level and group level follow the compartment', async () => {
  const patients = linesOf(await filesOf(await exportAll(sandbox, '?_type=Patient', '/Patient')));
  const [first] = patients.map((line) => String((JSON.parse(line) as { id: string }).id));
  sandbox.put({ resourceType: 'Group', id: 'one', type: 'person', actual: true, member: [{ entity: { reference: `Patient/${first}` } }] });
  const manifest = await exportAll(sandbox, '?_type=Patient,Encounter,Practitioner', '/Group/one');
  expect(linesOf(await filesOf(manifest, 'Patient'))).toHaveLength(1);
  for (const line of linesOf(await filesOf(manifest, 'Encounter')))
    expect((JSON.parse(line) as { subject: { reference: string } }).subject.reference).toBe(`Patient/${first}`);
  expect(linesOf(await filesOf(manifest, 'Practitioner')).length).toBeGreaterThan(0);
  expect((await kickOff(sandbox, '', '/Group/none')).status).toBe(404);
  sandbox.remove('Group', 'one');
});

test('_since gives what changed after it, and deletions as Bundles', async () => {
  const { transactionTime } = await exportAll(sandbox, '?_type=Patient');
  sandbox.put({ resourceType: 'Basic', id: 'gone', code: { text: 'x' } });
  const { transactionTime: then } = await exportAll(sandbox, '?_type=Basic');
  sandbox.put({ resourceType: 'Basic', id: 'new', code: { text: 'x' } });
  sandbox.remove('Basic', 'gone');
  const manifest = await exportAll(sandbox, `?_since=${then}`);
  expect(manifest.output.map(({ type, count }) => [type, count])).toEqual([['Basic', 1]]);
  const [bundle] = linesOf([await (await fetch(manifest.deleted[0]?.url ?? '')).text()]);
  expect(JSON.parse(bundle ?? '')).toEqual({ resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'DELETE', url: 'Basic/gone' } }] });
  expect(Date.parse(then)).toBeGreaterThan(Date.parse(transactionTime));
});

test('a running job answers 202 with progress, and a deleted one 404', async () => {
  const slow = await startSandbox({ auth: false, defects: false, exportSeconds: 30 });
  const statusUrl = (await kickOff(slow)).headers.get('content-location') ?? '';
  const polled = await fetch(statusUrl);
  expect([polled.status, polled.headers.get('x-progress'), polled.headers.get('retry-after')]).toEqual([202, '0% exported', '30']);
  expect((await fetch(statusUrl, { method: 'DELETE' })).status).toBe(202);
  expect((await fetch(statusUrl)).status).toBe(404);
  await slow.stop();
});

test('a kick-off may be POSTed, and says what it cannot do', async () => {
  const body = JSON.stringify({ resourceType: 'Parameters', parameter: [{ name: '_type', valueString: 'Patient' }] });
  const headers = { prefer: 'respond-async', accept: 'application/fhir+json', 'content-type': 'application/fhir+json' };
  expect((await fetch(`${sandbox.fhirBase}/$export`, { method: 'POST', headers, body })).status).toBe(202);
  expect((await kickOff(sandbox, '?_outputFormat=text/csv')).status).toBe(400);
  expect((await kickOff(sandbox, '', '', { prefer: '' })).status).toBe(400);
});

test('what is exported may be filtered by searches, cut to elements, and limited to patients by POST', async () => {
  const filtered = linesOf(await filesOf(await exportAll(sandbox, '?_type=Observation&_typeFilter=Observation%3Fcategory%3Dvital-signs&_elements=Observation.category'), 'Observation'))
    .map((line) => JSON.parse(line) as { category?: { coding: { code: string }[] }[]; meta: { tag: { code: string }[] }; valueQuantity?: unknown });
  expect(new Set(filtered.map(({ category, valueQuantity }) => `${category?.[0]?.coding[0]?.code} ${valueQuantity}`))).toEqual(new Set(['vital-signs undefined']));
  expect(filtered[0]?.meta.tag.map(({ code }) => code)).toContain('SUBSETTED');
  expect((await kickOff(sandbox, '?_typeFilter=Observation%3Fstrange%3D1')).status).toBe(400);
  expect((await kickOff(sandbox, '?patient=Patient/x', '/Patient')).status).toBe(400);
});
