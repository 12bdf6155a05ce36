import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { appendEvent } from '../../ledger/append.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { answerQuestion } from '../../ledger/questions/all-questions.ts';
import { asCsv } from '../../ledger/questions/as-text.ts';
import { verifyArchive } from '../../ledger/verify/archive.ts';
import { verifierKey } from '../../ledger/verify/note.ts';
import { describeConsumer } from '../../pipelines/feed/describe-consumer.ts';
import { whoTypes } from '../../apps/product/record-asking.ts';
import { writeProof } from '../../apps/product/write-proof.ts';
import { runCli } from '../../apps/cli.ts';
import { archive } from '../../ledger/archive.ts';
import { consoleApi } from '../support/console-api.ts';
import { testDatabase } from '../support/database.ts';
import { ledgerHistory, type LedgerHistory } from '../support/ledger-history.ts';
import { makeScratch } from '../support/scratch.ts';

const { db } = await testDatabase();
let ledger: LedgerHistory;
let source: string;
let token: string;

beforeAll(async () => {
  ledger = await ledgerHistory(db, 5, 0);
  source = (await db.query<{ name: string }>('select name from source')).rows[0]!.name;
  ({ token } = await ledger.history.consumer('cohort', 'care', ['risk@2']));
  await ledger.history.govern([{ type: 'Patient', id: 'q' }, { type: 'Observation', id: 'q1', patient: 'q', text: 'fine' }, { type: 'Observation', id: 'q2', patient: 'q', text: 'fine, too' }]);
  await ledger.history.read(token);
  ledger.history.raiseRule(2);
  await ledger.history.govern([{ type: 'Observation', id: 'q1', patient: 'q', text: 'held now' }]);
  await describeConsumer({ db, appendEvent }, 'cohort', { legalName: 'Cohort, Inc.', address: '1 Main St', relation: 'disclosure', purpose: 'research', legalBasis: '164.512(i)', agreement: 'DUA 7', by: 'ada' });
  await makeCheckpoint(ledger.signing);
});
const ask = async (name: string, given: Record<string, string>) => (await answerQuestion(db, name, given)).rows;

describe('the questions', () => {
  test('1 and 2: where a version went, and where an entry comes from', async () => {
    const version = (await db.query<{ id: string }>(`select id from version where logical_id = 'q2'`)).rows[0]!.id;
    const went = await ask('version', { version });
    expect(went.filter((row) => row['consumer'] === 'cohort')).toMatchObject([{ kind: 'release', purpose: 'care', feed: 'care' }]);
    const steps = await ask('entry', { entry: String(went[0]?.['sequence']) });
    expect(steps.map((row) => row['step'])).toEqual(['received', 'assessed', 'judged', 'release']);
    for (const step of steps) expect(step['leaf']).toBeTypeOf('number');
  });

  test('3: everything about a patient; the accounting sums up, and leaves out what is suspended or internal', async () => {
    expect((await ask('patient', { source, patient: 'q' })).filter((row) => row['consumer'] === 'cohort')).toHaveLength(3);
    const [row] = await ask('disclosures', { source, patient: 'q' });
    expect(row).toMatchObject({ recipient: 'Cohort, Inc.', description: '2 Observation, 1 Patient', basis: '164.512(i)', times: 1 });
    await db.query(`insert into accounting_suspension (consumer_id, because, from_at, until_at, by_person) select id, 'asked by the agency', now(), now() + interval '1 day', 'ada' from consumer where name = 'cohort'`);
    expect(await ask('disclosures', { source, patient: 'q' })).toEqual([]);
    expect(await ask('disclosures', { source, patient: 'q', until: new Date(Date.now() + 172_800_000).toISOString() })).toHaveLength(1);
    expect(await ask('disclosures', { source, patient: 'q', until: new Date(Date.now() + 7 * 366 * 86_400_000).toISOString() })).toEqual([]);
    await db.query('delete from accounting_suspension');
  });

  test('4: what was released under a version of a rule and fails a later one, once it is assessed again', async () => {
    const person = { type: 'Patient', id: 'r' };
    await ledger.history.govern([person, { type: 'Observation', id: 'r1', patient: 'r', text: 'fails since 3' }, { type: 'Observation', id: 'r2', patient: 'r', text: 'fine' }]);
    const failing = { rule: 'reference-missing', released: '2', failing: '3' };
    expect(await ask('failing', failing)).toEqual([]);
    ledger.history.raiseRule(3);
    await ledger.history.govern([{ type: 'Observation', id: 'r2', patient: 'r', text: 'fine again' }]); // its compartment moves to the new rule set
    expect((await ask('failing', failing)).map((row) => `${row['id'] as string} ${row['purpose'] as string}`).sort()).toEqual(['r1 care', 'r1 payment', 'r1 quality', 'r1 research', 'r1 training']);
    expect(await ask('failing', { ...failing, released: '1' })).toEqual([]);
    expect(await ask('failing', { ...failing, rule: 'reference' })).toEqual([]);
  });

  test('8: what the model saw then is not what it would see now', async () => {
    const saw = (await ask('model', { model: 'risk@2', at: new Date().toISOString(), source, patient: 'q' })).map((row) => row['id']);
    expect(saw.sort()).toEqual(['q', 'q1', 'q2']);
    expect(await ask('model', { model: 'risk@2', at: '2020-01-01', source, patient: 'q' })).toEqual([]);
    expect(await ask('model', { model: 'risk@2', at: new Date().toISOString(), recordedBy: '2020-01-01' })).toEqual([]);
  });

  test('a retraction waits for the consumer’s word, given over HTTP', async () => {
    const { rows } = await db.query<{ id: string }>(`select id from version where logical_id = 'q2'`);
    await ledger.history.retract(rows.map((row) => row.id), ['care'], 'reversed');
    expect(await ask('retractions', {})).toMatchObject([{ consumer: 'cohort', feed: 'care', retractions: 1, overdue: false }]);
    const head = (await db.query<{ n: number }>('select n::int from feed_head')).rows[0]!.n;
    expect(await ledger.history.acknowledge(token, 'care', head + 1)).toBe(400);
    expect(await ledger.history.acknowledge(token, 'training', head)).toBe(403);
    expect(await ledger.history.acknowledge(token, 'care', head)).toBe(204);
    expect(await ask('retractions', {})).toEqual([]);
  });

  test('what does not fit is refused by name', async () => {
    await expect(ask('entry', {})).rejects.toMatchObject({ code: 'ASSAY_QUESTION_PARAMETER', detail: 'entry' });
    await expect(ask('entry', { entry: '1; drop table event' })).rejects.toMatchObject({ code: 'ASSAY_QUESTION_PARAMETER' });
    await expect(ask('patient', { source: 'none', patient: 'q' })).rejects.toMatchObject({ code: 'ASSAY_SOURCE_UNKNOWN' });
  });
});

test('an export verifies offline, and one changed byte in any file of it is named', async () => {
  const scratch = await makeScratch('export');
  const key = verifierKey('hospital.example/assay', ledger.signing.key);
  await makeCheckpoint(ledger.signing);
  const bytes = await archive(db, { source, patient: 'q', by: 'ada', at: new Date(), since: new Date() }, ledger.signing.key);
  expect((await verifyArchive(bytes, [key])).troubles).toEqual([]);
  for (const text of ['Cohort, Inc.', '"subject"', 'What proves this']) {
    const changed = Buffer.from(bytes);
    changed[changed.indexOf(text)]! ^= 1;
    expect((await verifyArchive(changed, [key])).troubles.map((trouble) => trouble.kind), text).toContain('file-changed');
  }
  const file = join(scratch.path, 'export.tar');
  await writeFile(file, bytes);
  let out = '';
  const terminal = { out: (text: string) => { out += text; }, err: () => {}, env: {}, cwd: scratch.path, stop: new AbortController().signal };
  expect(await runCli(['audit', 'verify', file, '--key', key], terminal)).toBe(0);
  expect(out).toContain('Nothing was changed, removed or added.');
  await writeFile(file, (await readFile(file)).map((byte, at) => (at === 1_000 ? byte ^ 1 : byte)));
  expect(await runCli(['audit', 'verify', file, '--key', key], terminal)).toBe(1);
  await scratch.remove();
});

test('a proof of a patient, a consumer or a viewer is written to a file, and verifies alone', async () => {
  const scratch = await makeScratch('proof');
  const key = verifierKey('hospital.example/assay', ledger.signing.key);
  let out = '';
  const terminal = { out: (text: string) => { out += text; }, err: () => {}, env: {}, cwd: scratch.path, stop: new AbortController().signal };
  const file = join(scratch.path, 'proof.json');
  await makeCheckpoint(ledger.signing);
  for (const asked of [{ source, patient: 'q' }, { consumer: 'cohort' }]) {
    expect(await writeProof(db, asked, { out: file, since: new Date().toISOString() })).toBeGreaterThan(1);
    expect(await runCli(['audit', 'verify', file, '--key', key], terminal)).toBe(0);
  }
  await makeCheckpoint(ledger.signing);
  expect(await writeProof(db, { viewer: whoTypes() }, { out: file })).toBe(1);
  expect(out).toContain('Nothing was changed, removed or added.');
  out = '';
  expect(await runCli(['audit', 'verify', file], terminal)).toBe(1);
  expect(out).toContain('no key was given, so that nobody knows who made this');
  expect(out).not.toContain('CHANGED');
  expect(out).not.toContain('Nothing was changed');
  const proof = JSON.parse(await readFile(file, 'utf8')) as { chain: { links: unknown[] } };
  await writeFile(file, JSON.stringify({ ...proof, chain: { ...proof.chain, links: [] } }));
  expect(await runCli(['audit', 'verify', file, '--key', key], terminal)).toBe(1);
  await expect(writeProof(db, { consumer: 'nobody' }, { out: file })).rejects.toMatchObject({ code: 'ASSAY_CONSUMER_UNKNOWN' });
  await scratch.remove();
});

test('a spreadsheet takes no cell for a formula', () => {
  expect(asCsv({ asks: '', columns: { a: 'A' }, rows: [{ a: '=1+1' }, { a: 'x,"y"' }], leavesOut: [] })).toBe('A\r\n\'=1+1\r\n"x,""y"""\r\n');
});

test('the API answers the same, and asking is on record', async () => {
  const app = await consoleApi(db);
  const { questions } = (await app.inject('/api/audit')).json<{ questions: { name: string }[] }>();
  expect(questions.map((one) => one.name)).toContain('disclosures');
  const answer = await app.inject(`/api/audit/questions/patient?source=${source}&patient=q`);
  expect(answer.statusCode).toBe(200);
  expect(answer.json<{ rows: unknown[] }>().rows.length).toBeGreaterThan(3);
  expect((await app.inject(`/api/audit/questions/patient?source=${source}`)).statusCode).toBe(400);
  expect((await app.inject('/api/audit/questions/nonsense')).statusCode).toBe(404);
  const proof = await app.inject(`/api/audit/proof?source=${source}&patient=q`);
  expect(proof.json<{ links: number }>().links).toBeGreaterThan(3);
  const later = await app.inject(`/api/audit/proof?consumer=cohort&since=${new Date().toISOString()}`);
  expect(later.json<object>()).toMatchObject({ links: expect.any(Number) as number, older: { size: expect.any(Number) as number, checkpoint: expect.stringContaining('hospital.example/assay') as string } });
  expect((await app.inject(`/api/audit/proof?viewer=${encodeURIComponent(whoTypes())}&since=2020-01-01`)).json<object>()).toMatchObject({ links: 1, older: null });
  for (const [query, status] of [['', 400], ['patient=q', 400], ['consumer=cohort&viewer=ada', 400], ['consumer=nobody', 404], ['viewer=nobody', 404], ['consumer=cohort&since=then', 400]] as const) {
    expect((await app.inject(`/api/audit/proof?${query}`)).statusCode, query).toBe(status);
  }
  const bundle = await app.inject(`/api/audit/fhir?source=${source}&patient=q`);
  expect(bundle.headers['content-type']).toContain('application/fhir+json');
  expect(bundle.json<{ entry: { resource: { resourceType: string } }[] }>().entry.map((one) => one.resource.resourceType)).toContain('AuditEvent');
  expect((await app.inject('/api/audit/fhir?entry=1')).json<object>()).toMatchObject({ entry: [{ resource: { resourceType: 'Provenance' } }] });
  expect((await app.inject('/api/audit/fhir')).statusCode).toBe(400);
  await app.close();
  await makeCheckpoint(ledger.signing);
  expect((await ask('viewers', { source, patient: 'q' })).map((row) => row['where'])).toEqual(['audit proof', 'audit patient', 'audit proof', 'audit fhir']);
});
