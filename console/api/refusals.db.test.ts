import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordDay } from '../../test/support/console-day.ts';
import { testDatabase } from '../../test/support/database.ts';
import { asker, exceptionStage, finding, heldCase, view } from '../../test/support/held-cases.ts';
import { beginRun, everyPurpose, judgeRun, landItems, releaseRun, resource } from '../../test/support/recorded-run.ts';
import { signedInApi, type SignedInApi, type Visitor } from '../../test/support/sign-in.ts';
import { people } from '../../sandbox/people.ts';

const { db } = await testDatabase();
const ask = asker(db, exceptionStage(db));
let api: SignedInApi;
let day: { complete: string; troubled: string; going: string };
beforeAll(async () => {
  day = await recordDay(db);
  // Everybody of the sandbox, and five who belong to one hospital each.
  api = await signedInApi(db, {}, { emil: { facilities: ['st-agnes'] }, omar: { facilities: ['st-agnes'] }, ines: { facilities: ['elsewhere'] }, aiko: { facilities: ['st-agnes'] }, lena: { facilities: ['north'] } });
  await Promise.all(people.filter(({ roles }) => !roles.includes('consumer')).map(({ subject }) => api.as(subject)));
});
afterAll(() => api.stop());

describe('another facility', () => {
  let emil: Visitor, omar: Visitor;
  beforeAll(async () => { [emil, omar] = [await api.as('emil'), await api.as('omar')]; });
  const list = async <T>(who: Visitor, path: string, key: string): Promise<T[]> => (await who.get<Record<string, T[]>>(path)).body[key] ?? [];

  test('runs: those of one’s own alone', async () => {
    expect((await list<{ source: string }>(omar, '/api/runs', 'runs')).map(({ source }) => source)).toEqual(['st-agnes']);
    expect(await list(omar, '/api/runs?source=lakeside', 'runs')).toEqual([]);
    expect((await omar.get(`/api/runs/${day.going}`)).status).toBe(200);
    for (const run of [day.complete, day.troubled]) expect(await omar.get(`/api/runs/${run}`)).toMatchObject({ status: 403, body: { code: 'ASSAY_FORBIDDEN_FACILITY' } });
  });
  test('sources: seen and started', async () => {
    expect((await list<{ name: string }>(omar, '/api/sources', 'sources')).map(({ name }) => name)).toEqual(['st-agnes']);
    expect(await emil.send('POST', '/api/sources/lakeside/runs', {})).toMatchObject({ status: 403, body: { code: 'ASSAY_FORBIDDEN_FACILITY' } });
  });
  test('rules, oversight, quality: figures of one’s own', async () => {
    const sum = async (who: Visitor, path: string, key: string): Promise<number> => (await list<{ open: number }>(who, path, key)).reduce((all, { open }) => all + open, 0);
    const grace = await api.as('grace');
    for (const [path, key] of [['/api/rules', 'rules'], ['/api/oversight', 'models']] as const) {
      expect(await sum(grace, path, key), path).toBeGreaterThan(0);
      expect(await sum(omar, path, key), path).toBe(0);
    }
    type Machine = { settledByMachine: { of: number } };
    expect((await grace.get<Machine>('/api/quality')).body.settledByMachine.of).toBeGreaterThan(100);
    expect((await omar.get<Machine>('/api/quality')).body.settledByMachine.of).toBe(0);
  });
  test('the queue with its counts, cases, lineage, scores, alarms', async () => {
    expect((await omar.get('/api/exceptions/counts')).body).toMatchObject({ open: 0, matching: 0, late: 0 });
    expect(await list(omar, '/api/exceptions?source=lakeside', 'exceptions')).toEqual([]);
    const { rows: [one] } = await db.query<{ id: string }>(`select e.id from exception e join source s on s.id = e.source_id where s.name = 'lakeside' limit 1`);
    for (const path of [`/api/exceptions/${one?.id}`, `/api/exceptions/${one?.id}/history`, `/api/exceptions/${one?.id}/packet`, '/api/scores?source=lakeside',
      '/api/lineage?source=lakeside&type=Observation&id=t1-0']) expect(await omar.get(path), path).toMatchObject({ status: 403, body: { code: 'ASSAY_FORBIDDEN_FACILITY' } });
    expect(await list(omar, '/api/alarms?source=lakeside', 'alarms')).toEqual([]);
  });
  test('a case whose evidence is a record of another: the place is told, the record is not named and not opened', async () => {
    const { rows: [foreign] } = await db.query<{ id: string }>(`select v.id from version v join source s on s.id = v.source_id where s.name = 'lakeside' and v.bytes is not null limit 1`);
    const { run } = await beginRun(db, 'north');
    await landItems(db, run, 'Patient', [resource('Patient', 'n', 1, {})]);
    const alike = { ...finding('identity-duplicate-pair'), evidence: [{ version: foreign?.id ?? '', expression: 'Patient.birthDate', role: 'for' as const }] };
    await judgeRun(db, run, () => everyPurpose('hold', alike), { owner: 'identity' });
    await releaseRun(db, run);
    const { rows: [one] } = await db.query<{ id: string }>(`select e.id from exception e join source s on s.id = e.source_id where s.name = 'north'`);
    type Detail = { members: { evidence: { version: string; of?: object }[] }[] };
    const evidenceFor = async (who: Visitor) => (await who.get<Detail>(`/api/exceptions/${one?.id}`)).body.members[0]?.evidence[0];
    const [grace, lena] = [await api.as('grace'), await api.as('lena')];
    expect((await evidenceFor(grace))?.of).toBeDefined();
    expect(await evidenceFor(lena)).toEqual({ version: foreign?.id, expression: 'Patient.birthDate', role: 'for' });
    expect(await lena.get(`/api/versions/${foreign?.id}/content?exception=${one?.id}`)).toMatchObject({ status: 403, body: { code: 'ASSAY_FORBIDDEN_FACILITY' } });
  });
});

describe('giving a case away', () => {
  test('to somebody of its team and facility; to nobody else', async () => {
    const mara = await api.as('mara');
    const { exception } = await heldCase(db, ['a']); // documentation's
    const give = (to: string | null) => mara.act(exception, { act: 'assign', to });
    for (const to of ['grace', 'mara', null]) expect((await give(to)).status).toBe(200);
    expect(await give('theo')).toMatchObject({ status: 409, body: { code: 'ASSAY_CASE_ASSIGNEE' } }); // a coding auditor
    expect(await give('aiko')).toMatchObject({ status: 409, body: { code: 'ASSAY_CASE_ASSIGNEE' } }); // of another hospital
    expect(await give('nobody-here')).toMatchObject({ status: 404, body: { code: 'ASSAY_PERSON_UNKNOWN' } });
  });
});

describe('a second look is blind', () => {
  test('what others wrote is hidden until one has spoken, and who had a hand in the case gets none', async () => {
    const [grace, henrik, paul] = [await api.as('grace'), await api.as('henrik'), await api.as('paul')];
    const { exception } = await heldCase(db, ['a']);
    await ask(exception, { act: 'comment', text: 'I think that it is swapped.' }, 'henrik', ['governor']);
    await ask(exception, { act: 'decide', view: view({ reason: 'a reason to be hidden' }) }, 'mara');
    await db.query(`insert into review_item (kind, decision_id) select 'second-look', id from decision where exception_id = $1`, [exception]);
    const items = async (who: Visitor) => (await who.send<{ items: { item: string; asks: string }[] }>('POST', '/api/quality/items')).body.items.filter(({ asks }) => asks === 'validity');
    expect(await items(henrik)).toEqual([]);
    expect(JSON.stringify((await paul.get(`/api/exceptions/${exception}/history`)).body)).toContain('a reason to be hidden');
    const [mine] = await items(grace);
    const blind = (await grace.get<{ decisions: object[] }>(`/api/exceptions/${exception}/history`)).body;
    expect(blind).toMatchObject({ blind: true, decisions: [], precision: null });
    expect(JSON.stringify(blind)).not.toMatch(/a reason to be hidden|swapped|mara|henrik/i);
    expect((await grace.send('POST', `/api/quality/items/${mine?.item}`, { validity: 'true-finding', reason: 'Looked.' })).status).toBe(204);
    expect(JSON.stringify((await grace.get(`/api/exceptions/${exception}/history`)).body)).toContain('a reason to be hidden');
  });
});

test('too many sign-ins from one address are refused for a while', async () => {
  const stranger = api.visitor();
  const answers = [];
  for (let time = 0; time < 70; time++) answers.push(await stranger.get<{ code?: string }>('/auth/sign-in'));
  expect(answers.at(0)?.status).toBe(302);
  expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'ASSAY_TOO_MANY' } });
  expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await stranger.send('POST', `/api/exceptions/1/acts`, { command: randomUUID() })).status).toBe(401);
});
