import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sampleFolders, startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { testDatabase } from '../../test/support/database.ts';
import { textsOf, trySource } from '../../test/support/try-source.ts';

const { db } = await testDatabase();
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: typeof ec.privateKey): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const stage = trySource(db, { secrets: { EC: pem(ec.privateKey), RSA: pem(rsa.privateKey), OTHER: pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey) } });
let sandbox: Sandbox;

beforeAll(async () => {
  const clients = [['ec', ec], ['rsa', rsa], ['epic', ec], ['cerner', ec], ['soarian', ec]] as const;
  sandbox = await startSandbox({
    defects: false, exportSeconds: 0, resourcesPerFile: 500,
    clients: clients.map(([clientId, { publicKey }]) => ({ clientId, publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString() })),
  });
});
afterEach(() => sandbox.behave());
afterAll(async () => { await stage.close(); await sandbox.stop(); });

const bulk = (more: object = {}, auth: object = { clientId: 'ec', privateKeyEnv: 'EC' }) => stage.source('bulk', { url: sandbox.fhirBase, auth, ...more });
/** A client of its own: what others have left on the server is not in its way. */
const client = (clientId: string) => ({ clientId, privateKeyEnv: 'EC' });
const sampleLines = (): string[] => sampleFolders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.gz'))
  .flatMap((name) => gunzipSync(readFileSync(join(folder, name))).toString().split('\n').filter(Boolean))).sort();
const jobOf = async (run: string) => (await db.query<{ status_url: string | null; released_at: Date | null; progress: string | null }>(
  'select status_url, released_at, progress from export_job where run_id = $1', [run])).rows[0];

test('a system export comes byte for byte, signed ES384 or RS384, and its job is gone afterwards', async () => {
  for (const auth of [{ clientId: 'ec', privateKeyEnv: 'EC' }, { clientId: 'rsa', privateKeyEnv: 'RSA' }]) {
    const { run, items, state } = await stage.pull(await bulk({}, auth));
    expect(textsOf(items).sort()).toEqual(sampleLines());
    expect(state).toBe('completed');
    expect((await jobOf(run))?.released_at).toBeInstanceOf(Date);
  }
});

test('a key that the EHR does not know is refused, in words that tell what to do', async () => {
  const run = await stage.begin(await bulk({}, { clientId: 'ec', privateKeyEnv: 'OTHER' }));
  await expect(stage.activities.kickOff(run)).rejects.toMatchObject({ code: 'ASSAY_SOURCE_TOKEN_REFUSED', detail: expect.stringContaining('invalid_client') });
});

describe('kick-off', () => {
  test('one export at a time (Epic): what an ended run left is DELETEd first, another’s job stops with an error', async () => {
    const source = await bulk({ types: ['Patient'] }, client('epic'));
    await sandbox.misbehave({ name: 'one-export-at-a-time' });
    const left = await stage.begin(source);
    await stage.activities.kickOff(left);
    const next = await stage.begin(source);
    const refused = { code: 'ASSAY_SOURCE_EXPORT_BUSY', detail: expect.stringContaining('HTTP 429') };
    await expect(stage.activities.kickOff(next)).rejects.toMatchObject(refused);
    await db.query(`update run set state = 'failed' where id = $1`, [left]);
    await stage.activities.kickOff(next);
    expect((await jobOf(left))?.released_at).toBeInstanceOf(Date);
    await stage.activities.endRun(next, 'cancelled', 'ASSAY_RUN_FAILED');
    expect((await jobOf(next))?.released_at).toBeInstanceOf(Date);
  });

  test('429 with a Retry-After of hours while an export runs (Cerner): the error says how long', async () => {
    await sandbox.misbehave({ name: 'slow-export', polls: 1000 });
    await sandbox.misbehave({ name: 'too-many-requests-while-exporting', retryAfterSeconds: 7200 });
    const first = await stage.begin(await bulk({ types: ['Patient'] }, client('cerner')));
    await stage.activities.kickOff(first);
    const second = await stage.begin(await bulk({ types: ['Patient'] }, client('cerner')));
    await expect(stage.activities.kickOff(second)).rejects.toMatchObject({ code: 'ASSAY_SOURCE_EXPORT_BUSY', detail: expect.stringContaining('7200 s') });
    const { rows } = await db.query<{ error_detail: string }>('select error_detail from run where id = $1', [second]);
    expect(rows[0]?.error_detail).toContain('7200 s');
    await stage.activities.endRun(first, 'cancelled', 'ASSAY_RUN_FAILED');
  });

  test('409 on a duplicate (Soarian) after the answer was lost (fhir-data-pipes#1170): the error names the lost kick-off', async () => {
    await sandbox.misbehave({ name: 'duplicate-kick-off-conflicts' });
    await sandbox.misbehave({ name: 'kick-off-answer-lost', times: 1 });
    const run = await stage.begin(await bulk({ types: ['Device'] }, client('soarian')));
    await expect(stage.activities.kickOff(run)).rejects.toMatchObject({ code: 'ASSAY_SOURCE_UNREACHABLE' });
    expect(await jobOf(run)).toMatchObject({ status_url: null });
    await expect(stage.activities.kickOff(run)).rejects.toMatchObject({ code: 'ASSAY_SOURCE_EXPORT_BUSY', detail: expect.stringContaining('got no answer') });
  });

  test('a lost answer is no matter where the EHR begins another; a stored status URL is not kicked off again', async () => {
    await sandbox.misbehave({ name: 'kick-off-answer-lost', times: 1 });
    const run = await stage.begin(await bulk({ types: ['Device'] }));
    await expect(stage.activities.kickOff(run)).rejects.toMatchObject({ code: 'ASSAY_SOURCE_UNREACHABLE' });
    await stage.activities.kickOff(run);
    const url = (await jobOf(run))?.status_url;
    expect(url).toContain(sandbox.fhirBase);
    await stage.activities.kickOff(run);
    expect((await jobOf(run))?.status_url).toBe(url);
  });

  test('_type is given once, as a list (Cerner)', async () => {
    await sandbox.misbehave({ name: 'type-may-not-repeat' });
    const { items, state } = await stage.pull(await bulk({ types: ['Patient', 'Encounter'] }));
    expect(state).toBe('completed');
    expect(new Set(textsOf(items).map((text) => (JSON.parse(text) as { resourceType: string }).resourceType))).toEqual(new Set(['Patient', 'Encounter']));
  });
});

describe('waiting', () => {
  test('days to weeks: each poll says how long to wait, and X-Progress is kept for people', async () => {
    await sandbox.misbehave({ name: 'slow-export', polls: 2 });
    await sandbox.misbehave({ name: 'retry-after-hours', seconds: 7200 });
    const run = await stage.begin(await bulk({ types: ['Patient'] }));
    await stage.activities.kickOff(run);
    expect(await stage.activities.pollExport(run)).toEqual({ done: false, waitMs: 7_200_000 });
    expect((await jobOf(run))?.progress).toMatch(/exported/);
    await stage.activities.pollExport(run);
    expect(await stage.activities.pollExport(run)).toEqual({ done: true, waitMs: 0 });
    expect(await stage.activities.pollExport(run)).toEqual({ done: true, waitMs: 0 });
  });

  test('Retry-After as an HTTP date (fhir-bulk-data-docs#30)', async () => {
    await sandbox.misbehave({ name: 'slow-export', polls: 2 });
    await sandbox.misbehave({ name: 'retry-after-hours', seconds: 7200 });
    await sandbox.misbehave({ name: 'retry-after-http-date' });
    const run = await stage.begin(await bulk({ types: ['Patient'] }));
    await stage.activities.kickOff(run);
    const { done, waitMs } = await stage.activities.pollExport(run);
    expect(done).toBe(false);
    expect(Math.abs(waitMs - 7_200_000)).toBeLessThan(5_000);
  });
});

test('partial success (Soarian): what came is kept, the type named in error[] failed and its watermark stays', async () => {
  await sandbox.misbehave({ name: 'partial-success', types: ['Observation'] });
  const source = await bulk({ types: ['Patient', 'Observation'] });
  const { run, items, state } = await stage.pull(source);
  expect(state).toBe('completed-with-errors');
  expect(await stage.failed(run)).toEqual({ Observation: 'ASSAY_SOURCE_EXPORT_PARTIAL' });
  expect(textsOf(items).length).toBeGreaterThan(0);
  expect(items.filter(({ skip }) => skip === 'export-error')).toHaveLength(1);
  const { rows } = await db.query<{ type: string }>('select type from watermark where source_id = $1', [source]);
  expect(rows).toEqual([{ type: 'Patient' }]);
});
