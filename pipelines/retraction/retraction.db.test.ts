import { afterAll, describe, expect, test } from 'vitest';
import { appendEvent, appendEvents } from '../../ledger/append.ts';
import { asQuery } from '../../ledger/as-query.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { proofOfAnswer } from '../../ledger/questions/proof-of-answer.ts';
import { checkAnswerProof } from '../../ledger/verify/answer-proof.ts';
import { verifierKey } from '../../ledger/verify/note.ts';
import { verifyStore } from '../../ledger/verify/store.ts';
import { createReleaseActivities } from '../release/activities.ts';
import { openNotices } from '../../storage/amendments.ts';
import { testDatabase } from '../../test/support/database.ts';
import { ledgerHistory } from '../../test/support/ledger-history.ts';
import { answerQuestion } from '../../ledger/questions/all-questions.ts';
import { amend, tellLaterRecipients } from './amend.ts';
import { destroyPatient, previewDestruction } from './destroy.ts';
import { escalateSilence } from './escalate.ts';
import { hold, lift, setSchedule, suspendAccounting } from './keep.ts';
import { beginRetraction, previewRetraction, retract, settleRetractions } from './retract.ts';

const { db } = await testDatabase();
const ledger = await ledgerHistory(db, 11, 6);
afterAll(ledger.remove);
const { source } = ledger.history;
const deps = { db, appendEvent, takeBack: createReleaseActivities({ db, appendEvents }).retractVersions };
const verified = async () => (await verifyStore({ query: asQuery(db) })).troubles;
const one = async (sql: string): Promise<string> => (await db.query<{ x: string }>(sql)).rows[0]!.x;

const takenBack = async (ids: readonly string[]): Promise<string[]> => (await db.query<{ id: string }>(
  `select logical_id as id from feed_entry where kind = 'retraction' and logical_id = any($1) group by 1 having count(*) = 5 order by 1`, [ids])).rows.map((row) => row.id);

describe('retraction', () => {
  test('by run: everything that stands is taken back, and again nothing', async () => {
    const run = await ledger.history.govern([{ type: 'Patient', id: 'pr' }, { type: 'Observation', id: 'r1', patient: 'pr' }, { type: 'Observation', id: 'r2', patient: 'pr' }]);
    expect(await retract(deps, { run }, 'ada', 'The feed of the laboratory was broken.')).toEqual({ versions: 3, retracted: 15 });
    expect(await retract(deps, { run }, 'ada', 'Again.')).toEqual({ versions: 3, retracted: 0 });
  });

  test('by patient and version', async () => {
    await ledger.history.govern([{ type: 'Patient', id: 'pm' }, { type: 'Observation', id: 'm1', patient: 'pm' }, { type: 'Observation', id: 'm2', patient: 'pm' }]);
    const version = await one(`select id as x from version where logical_id = 'm2'`);
    expect(await retract(deps, { version }, 'ada', 'Wrong.')).toEqual({ versions: 1, retracted: 5 });
    expect(await retract(deps, { source, patient: 'pm' }, 'ada', 'Wrong person.')).toEqual({ versions: 3, retracted: 10 });
    expect(await verified()).toEqual([]);
  });

  test('by model: what names its Device, and what a Provenance that names it is about', async () => {
    await ledger.history.govern([
      { type: 'Patient', id: 'pv' }, { type: 'Observation', id: 'by-model', patient: 'pv' }, { type: 'Observation', id: 'by-hand', patient: 'pv' },
      { type: 'Provenance', id: 'said-by', target: 'Observation/by-model', agent: 'Device/sepsis-3' },
    ]);
    expect(await retract(deps, { source, device: 'none' }, 'ada', 'No such model.')).toEqual({ versions: 0, retracted: 0 });
    expect(await retract(deps, { source, device: 'sepsis-3' }, 'ada', 'The model was trained on the wrong labels.')).toEqual({ versions: 1, retracted: 5 });
    expect(await takenBack(['by-model', 'by-hand', 'said-by'])).toEqual(['by-model']);
    expect(await verified()).toEqual([]);
  });

  test('by rule: what was released and it now finds wrong, nothing else', async () => {
    await ledger.history.govern([{ type: 'Patient', id: 'pf' }, { type: 'Observation', id: 'fails', patient: 'pf', text: 'fails since 2' }, { type: 'Observation', id: 'passes', patient: 'pf' }]);
    expect(await retract(deps, { rule: 'reference' }, 'ada', 'No such rule.')).toEqual({ versions: 0, retracted: 0 });
    ledger.history.raiseRule(2);
    await ledger.history.govern([{ type: 'Observation', id: 'also-passes', patient: 'pf' }]);
    const { retracted } = await retract(deps, { rule: 'reference-missing' }, 'ada', 'A reference was lost on the way.');
    expect(retracted).toBeGreaterThanOrEqual(5);
    expect(await takenBack(['fails', 'passes', 'also-passes'])).toEqual(['fails']);
    expect(await verified()).toEqual([]);
  });
});

describe('a retraction that is decided on a page', () => {
  test('does what the preview named, or nothing; cut short it is gone on with; the loop is closed by the readers’ word', async () => {
    const { token } = await ledger.history.consumer('previewed');
    await ledger.history.govern([{ type: 'Patient', id: 'pp' }, { type: 'Observation', id: 'p1', patient: 'pp' }]);
    await ledger.history.read(token, { limit: 100_000 });
    const scope = { source, patient: 'pp' };
    expect(await previewRetraction(db, scope)).toMatchObject({ versions: 2, patients: 1, entries: 10, readers: expect.arrayContaining([{ consumer: 'previewed', entries: 2 }]) as unknown });
    await ledger.history.govern([{ type: 'Observation', id: 'p2', patient: 'pp' }]);
    await expect(beginRetraction(deps, { scope, by: 'ada', because: 'Wrong person.', previewed: 2 })).rejects.toMatchObject({ code: 'ASSAY_RETRACTION_MOVED' });
    const begun = await beginRetraction(deps, { scope, by: 'ada', because: 'Wrong person.', previewed: 3 });
    expect(begun?.versions).toHaveLength(3);
    const newest = async () => (await answerQuestion(db, 'retracted', {})).rows[0];
    expect(await newest()).toMatchObject({ what: 'patient', entries: 0, done: false, closed: false });
    const cut: typeof deps.takeBack = async (versions, purposes, reason) => {
      await deps.takeBack(versions.slice(0, 1), purposes, reason);
      throw new Error('killed');
    };
    await expect(settleRetractions({ ...deps, takeBack: cut })).rejects.toThrow('killed');
    expect(await settleRetractions(deps)).toEqual([begun?.id]);
    expect(await settleRetractions(deps)).toEqual([]);
    expect(await newest()).toMatchObject({ entries: 15, done: true, waiting: expect.stringContaining('previewed') as unknown, closed: false });
    const head = Number(await one('select n as x from feed_head'));
    expect(await ledger.history.acknowledge(token, 'care', head)).toBe(204);
    expect(await newest()).toMatchObject({ waiting: null, closed: true });
    expect(await verified()).toEqual([]);
  });

  test('silence is told to the privacy officers, then to the governors, once each', async () => {
    const { token } = await ledger.history.consumer('silent');
    await ledger.history.govern([{ type: 'Patient', id: 'ps' }]);
    await ledger.history.read(token, { limit: 100_000 });
    await retract(deps, { source, patient: 'ps' }, 'ada', 'Wrong person.');
    expect((await answerQuestion(db, 'retractions', {})).rows.filter((row) => row['consumer'] === 'silent')).toMatchObject([{ days: 0, told: null }]);
    await db.transaction(async (tx) => { // eight days go by
      await tx.query(`update feed_span set at = at - interval '8 days' where logical_id = 'ps'`);
      const told = await escalateSilence({ db: { ...db, query: tx.query.bind(tx), transaction: async (work) => work(tx) } as typeof db, appendEvent });
      expect(told).toBeGreaterThanOrEqual(1);
      expect((await tx.query(`select role from notice where kind = 'retraction-unacknowledged' and about like 'silent,%'`)).rows).toEqual([{ role: 'privacy-officer' }]);
      await tx.query(`update feed_span set at = at + interval '8 days' where logical_id = 'ps'`);
    });
    expect((await answerQuestion(db, 'retractions', {})).rows.find((row) => row['consumer'] === 'silent')).toMatchObject({ told: 'privacy-officer' });
    expect(await verified()).toEqual([]);
  });
});

test('amendment: step by step, with those told who were given it or were named', async () => {
  const { token, consumer } = await ledger.history.consumer('reader');
  const other = (await ledger.history.consumer('named')).consumer;
  await ledger.history.govern([{ type: 'Patient', id: 'pa' }, { type: 'Observation', id: 'a1', patient: 'pa' }]);
  await ledger.history.read(token, { limit: 100_000 });
  const version = await one(`select id as x from version where logical_id = 'a1'`);
  const step = { source, patient: 'pa', versions: [version], says: 'It was the left side.', named: [other.id], by: 'ada' };
  const { id: request, told } = await amend(deps, { ...step, step: 'requested', request: null });
  expect(told).toBe(0);
  await expect(amend(deps, { ...step, step: 'rebuttal', request })).rejects.toMatchObject({ code: 'ASSAY_AMENDMENT_STEP' });
  expect((await amend(deps, { ...step, step: 'denied', request, says: 'The record is right.' })).told).toBeGreaterThanOrEqual(2);
  await expect(amend(deps, { ...step, step: 'accepted', request })).rejects.toMatchObject({ code: 'ASSAY_AMENDMENT_STEP' });
  await amend(deps, { ...step, step: 'statement-of-disagreement', request, says: 'It is not.' });
  expect((await openNotices(db, consumer.id)).map((notice) => [notice.step, notice.because, notice.resources])).toEqual([
    ['denied', 'was-given', ['Observation/a1']], ['statement-of-disagreement', 'was-given', ['Observation/a1']]]);
  expect((await openNotices(db, other.id)).map((notice) => notice.because)).toEqual(['named', 'named']);
  expect((await openNotices(db, other.id)).map((notice) => notice.says)).toEqual(['The record is right.', 'It is not.']);
  const later = await ledger.history.consumer('later');
  expect(await tellLaterRecipients(deps)).toBe(0);
  await ledger.history.read(later.token, { limit: 100_000 });
  expect(await tellLaterRecipients(deps)).toBe(2);
  expect(await tellLaterRecipients(deps)).toBe(0);
  expect((await openNotices(db, later.consumer.id)).map((notice) => notice.says)).toEqual(['The record is right.', 'It is not.']);
  const { rows } = await answerQuestion(db, 'amendments', { source: await one(`select name as x from source where id = ${source}`), patient: 'pa' });
  expect(rows).toMatchObject([{ step: 'requested', told: 0, records: 'Observation/a1' }, { step: 'denied', amended: false }, { step: 'statement-of-disagreement', waiting: expect.stringContaining('later') as unknown }]);
  expect(await verified()).toEqual([]);
});

test('an accounting is suspended by word of mouth for 30 days at most', async () => {
  await ledger.history.consumer('agency');
  const asked = { consumer: 'agency', because: 'Asked by the inspector.', by: 'ada' };
  const days = (n: number): Date => new Date(Date.now() + n * 86_400_000);
  await expect(suspendAccounting(deps, { ...asked, until: days(-1), written: true })).rejects.toMatchObject({ code: 'ASSAY_SUSPENSION_TIME' });
  await expect(suspendAccounting(deps, { ...asked, until: days(31), written: false })).rejects.toMatchObject({ code: 'ASSAY_SUSPENSION_TIME' });
  await expect(suspendAccounting(deps, { ...asked, consumer: 'nobody', until: days(9), written: false })).rejects.toMatchObject({ code: 'ASSAY_CONSUMER_UNKNOWN' });
  await suspendAccounting(deps, { ...asked, until: days(90), written: true });
  expect((await answerQuestion(db, 'suspensions', {})).rows).toMatchObject([{ consumer: 'agency', lasts: true }]);
  expect((await answerQuestion(db, 'recipients', {})).rows.find((row) => row['consumer'] === 'agency')).toMatchObject({ name: null });
  expect(await verified()).toEqual([]);
});

describe('destruction', () => {
  test('stops at a legal hold, then leaves nothing but the proof', async () => {
    await ledger.history.govern([
      { type: 'Patient', id: 'pd-canary', text: 'canary name' }, { type: 'Observation', id: 'd1-canary', patient: 'pd-canary', text: 'canary text' },
      { type: 'Provenance', id: 'd2-canary', target: 'Observation/d1-canary' }, { type: 'Observation', id: 'd3-canary', patient: 'pd-canary', text: 'held canary' },
    ]);
    await ledger.history.govern([{ type: 'Observation', id: 'd1-canary', patient: 'pd-canary', text: 'canary text, changed' }]);
    await makeCheckpoint(ledger.signing);
    await setSchedule(deps, { name: 'adult records, 10 years', years: 10, because: 'State law.', by: 'ada' });
    const one = { source, patient: 'pd-canary', schedule: 'adult records, 10 years', because: 'The time is over.', by: 'ada' };
    await expect(destroyPatient(deps, { ...one, schedule: 'none' })).rejects.toMatchObject({ code: 'ASSAY_SCHEDULE_UNKNOWN' });
    await expect(destroyPatient(deps, one)).rejects.toMatchObject({ code: 'ASSAY_RETENTION_NOT_OVER' });
    await setSchedule(deps, { name: one.schedule, years: 0, because: 'For this test.', by: 'ada' });
    expect((await answerQuestion(db, 'due', { schedule: one.schedule })).rows.map((row) => row['patient'])).toContain('pd-canary');
    await hold(deps, { ...one, because: 'A suit is pending.' });
    expect((await answerQuestion(db, 'due', { schedule: one.schedule })).rows.map((row) => row['patient'])).not.toContain('pd-canary');
    expect((await answerQuestion(db, 'holds', {})).rows).toMatchObject([{ patient: 'pd-canary', because: 'A suit is pending.', lifted: null }]);
    expect(await previewDestruction(db, one)).toMatchObject({ versions: 5, held: true, over: true });
    await expect(destroyPatient(deps, one)).rejects.toMatchObject({ code: 'ASSAY_DESTRUCTION_HELD' });
    expect(await lift(deps, one)).toBe(1);
    await expect(lift(deps, one)).rejects.toMatchObject({ code: 'ASSAY_HOLD_UNKNOWN' });
    await beginRetraction(deps, { scope: { source, patient: 'pd-canary' }, by: 'ada', because: 'canary, before it is destroyed' });
    expect(await destroyPatient(deps, one)).toMatchObject({ versions: 5 });
    await expect(destroyPatient(deps, one)).rejects.toMatchObject({ code: 'ASSAY_PATIENT_UNKNOWN' });
    await makeCheckpoint(ledger.signing);
    expect(await settleRetractions(deps)).toHaveLength(1); // what was begun ends, with nothing left to take back
    expect((await answerQuestion(db, 'destructions', {})).rows).toMatchObject([{ certificate: '1', versions: 5, schedule: one.schedule }]);
    expect(await verified()).toEqual([]);
    await expect(proofOfAnswer(db, { source, patient: 'pd-canary' })).rejects.toMatchObject({ code: 'ASSAY_LEDGER_NO_CHAIN' });
  });

  test('no table holds a word of it', async () => {
    const { rows: tables } = await db.query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`);
    for (const { name } of tables) {
      const { rowCount } = await db.query(`select from ${name} t where t::text like '%canary%' or t::text like '%63616e617279%'`);
      expect(rowCount, name).toBe(0);
    }
  });

  test('a row named as destroyed that was not is found', async () => {
    await db.query(`insert into erased_row (table_name, row_id, linked, destruction_id) select 'version', min(v.id), true, max(d.id) from version v, destruction d`);
    expect((await verified()).map((trouble) => trouble.table)).toContain('erased_row');
    await db.query(`delete from erased_row where row_id = (select min(id) from version) and table_name = 'version'`);
  });
});

test('the proof of an answer stands alone, and refuses a chain with a link less', async () => {
  await makeCheckpoint(ledger.signing);
  const key = verifierKey('hospital.example/assay', ledger.signing.key);
  const proof = await proofOfAnswer(db, { source, patient: 'pa' }, new Date());
  const read = checkAnswerProof(proof, [key]);
  expect(read.troubles).toEqual([]);
  expect(read.links).toBeGreaterThan(3);
  expect(proof.older).toBeDefined();
  const short = { ...proof, chain: { ...proof.chain, links: proof.chain.links.slice(0, -1) }, leaves: proof.leaves.slice(0, -1) };
  expect(checkAnswerProof(short, [key]).troubles).not.toEqual([]);
  expect(checkAnswerProof(proof, [verifierKey('another.example/log', ledger.signing.key)]).troubles).toEqual(['The checkpoint is signed by no key that you trust.']);
  await ledger.history.govern([{ type: 'Observation', id: 'a2', patient: 'pa' }]); // the chain has moved on: the proof is of the checkpoint
  expect(checkAnswerProof(await proofOfAnswer(db, { source, patient: 'pa' }), [key]).troubles).toEqual([]);
});
