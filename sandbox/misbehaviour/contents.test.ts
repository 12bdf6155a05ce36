import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../server.ts';
import { exportAll, filesOf, linesOf } from '../trial-client.ts';

// Misbehaviours of what an export holds: partial-success, deletions-omitted, since-misses-new-members,
// history-in-export, linked-resources-omitted, files-expire, same-resource-twice, truncated-last-line, blank-lines,
// byte-order-mark, huge-line.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ auth: false, defects: false, exportSeconds: 0 });
});
afterEach(() => sandbox.behave());
afterAll(() => sandbox.stop());

const file = async (type: string) => (await filesOf(await exportAll(sandbox, `?_type=${type}`), type)).join('');
const idsIn = (text: string) => linesOf([text]).map((line) => String((JSON.parse(line) as { id: string }).id));

test('partial-success: the other types come, the failed one is an error file', async () => {
  await sandbox.misbehave({ name: 'partial-success', types: ['Device'] });
  const manifest = await exportAll(sandbox, '?_type=Device,Patient');
  expect(manifest.output.map(({ type }) => type)).toEqual(['Patient']);
  const [outcome] = linesOf([await (await fetch(manifest.error[0]?.url ?? '')).text()]);
  expect(JSON.parse(outcome ?? '')).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] });
});

test('deletions-omitted: a deletion is not told', async () => {
  sandbox.put({ resourceType: 'Basic', id: 'b' });
  const { transactionTime } = await exportAll(sandbox, '?_type=Basic');
  sandbox.remove('Basic', 'b');
  expect((await exportAll(sandbox, `?_since=${transactionTime}`)).deleted).toHaveLength(1);
  await sandbox.misbehave({ name: 'deletions-omitted' });
  expect((await exportAll(sandbox, `?_since=${transactionTime}`)).deleted).toEqual([]);
});

test('since-misses-new-members: the history of who joined after _since is absent, else it is there', async () => {
  const [one, two] = [...sandbox.store.current('Patient')].map(({ id }) => id);
  const member = (id: string | undefined) => ({ entity: { reference: `Patient/${id}` } });
  sandbox.put({ resourceType: 'Group', id: 'g', type: 'person', actual: true, member: [member(one)] });
  const { transactionTime } = await exportAll(sandbox, '?_type=Patient', '/Group/g');
  sandbox.put({ resourceType: 'Group', id: 'g', type: 'person', actual: true, member: [member(one), member(two)] });
  const since = `?_type=Patient&_since=${transactionTime}`;
  expect(idsIn((await filesOf(await exportAll(sandbox, since, '/Group/g'))).join(''))).toEqual([two]);
  await sandbox.misbehave({ name: 'since-misses-new-members' });
  expect((await exportAll(sandbox, since, '/Group/g')).output).toEqual([]);
  sandbox.remove('Group', 'g');
});

test('history-in-export: both versions, the older first', async () => {
  sandbox.put({ resourceType: 'Basic', id: 'h', code: { text: 'one' } });
  sandbox.put({ resourceType: 'Basic', id: 'h', code: { text: 'two' } });
  expect(linesOf([await file('Basic')])).toHaveLength(1);
  await sandbox.misbehave({ name: 'history-in-export' });
  const versions = linesOf([await file('Basic')]).map((line) => JSON.parse(line) as { id: string; meta: { versionId: string } }).filter(({ id }) => id === 'h');
  expect(versions.map(({ meta }) => meta.versionId)).toEqual(['1', '2']);
  sandbox.remove('Basic', 'h');
});

test('linked-resources-omitted: not in the export, and still to be read', async () => {
  await sandbox.misbehave({ name: 'linked-resources-omitted' });
  const types = new Set((await exportAll(sandbox)).output.map(({ type }) => type));
  expect(types.has('MedicationRequest')).toBe(true);
  expect(types.has('Medication')).toBe(false);
  const [medication] = sandbox.store.current('Medication');
  expect((await fetch(`${sandbox.fhirBase}/Medication/${medication?.id}`)).status).toBe(200);
});

test('files-expire: the manifest stays, its files go when it said', async () => {
  await sandbox.misbehave({ name: 'files-expire', seconds: 0 });
  const { output } = await exportAll(sandbox, '?_type=Patient');
  expect((await fetch(output[0]?.url ?? '')).status).toBe(404);
  sandbox.behave('files-expire');
  expect((await fetch(output[0]?.url ?? '')).status).toBe(200);
});

test('same-resource-twice: the first comes again at the end', async () => {
  const before = idsIn(await file('Patient'));
  await sandbox.misbehave({ name: 'same-resource-twice' });
  expect(idsIn(await file('Patient'))).toEqual([...before, before[0]]);
});

test('truncated-last-line: the file ends in the middle of a line', async () => {
  const before = await file('Patient');
  await sandbox.misbehave({ name: 'truncated-last-line', type: 'Patient' });
  const after = await file('Patient');
  expect(before.startsWith(after)).toBe(true);
  expect(() => JSON.parse(after.split('\n').at(-1) ?? '') as unknown).toThrow();
  expect(await file('Location')).toMatch(/\n$/);
});

test('blank-lines: between the resources and at the end, no resource fewer', async () => {
  const before = await file('Patient');
  await sandbox.misbehave({ name: 'blank-lines', every: 2 });
  const after = await file('Patient');
  expect(after).toContain('\n\n');
  expect(after.replace(/\n+/g, '\n')).toBe(before);
});

test('byte-order-mark: three bytes before the first line', async () => {
  await sandbox.misbehave({ name: 'byte-order-mark' });
  const { output } = await exportAll(sandbox, '?_type=Patient');
  const bytes = Buffer.from(await (await fetch(output[0]?.url ?? '')).arrayBuffer());
  expect([...bytes.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x7b]);
});

test('huge-line: one resource longer than asked', async () => {
  await sandbox.misbehave({ name: 'huge-line', bytes: 20_000_000 });
  const longest = linesOf([await file('DocumentReference')]).at(-1) ?? '';
  expect(longest.length).toBeGreaterThan(20_000_000);
  expect(JSON.parse(longest)).toMatchObject({ resourceType: 'DocumentReference', id: 'huge-line' });
});
