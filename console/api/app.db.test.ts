import { afterAll, describe, expect, test } from 'vitest';
import { consoleApi } from '../../test/support/console-api.ts';
import { testDatabase } from '../../test/support/database.ts';
import { beginRun, judgeRun, landItems, notJson, releaseRun, resource } from '../../test/support/recorded-run.ts';
import type { Exceptions, ExceptionDetail, QueueCounts } from './shapes/exceptions.ts';
import type { RunDetail } from './shapes/runs.ts';

const { db } = await testDatabase();
const api = await consoleApi(db);
afterAll(() => api.close());

const { run } = await beginRun(db, 'north');
await landItems(db, run, 'Observation', [resource('Observation', 'a', 1), resource('Observation', 'b', 1), notJson()]);
await judgeRun(db, run, (_type, id) => id === 'a' ? [{ outcome: 'release', purposes: ['care', 'quality', 'payment', 'research', 'training'] }] : [{
  outcome: 'hold', purposes: ['care', 'quality', 'payment', 'research', 'training'],
  finding: { rule: 'profile-invariant/vs-3', ruleVersion: 1, outcome: 'wrong', scope: 'resource', severity: 'error', code: 'invariant',
    expression: 'Observation.component[0]', says: 'A component needs a value or the reason why it has none.', evidence: [], cause: 'vs-3' },
}]);
await releaseRun(db, run);

const get = async <T>(url: string): Promise<T> => {
  const response = await api.inject(url);
  expect(response.statusCode, response.body).toBe(200);
  return response.json<T>();
};

test('a run is answered with its counts and a reconciliation that balances', async () => {
  const found = await get<RunDetail>(`/api/runs/${run}`);
  expect(found).toMatchObject({ source: 'north', received: 3, quarantined: 1, types: [{ type: 'Observation', landed: 2 }],
    quarantine: [{ lines: 1, trouble: { code: 'ASSAY_LINE_NOT_JSON', says: 'A line is not JSON.' } }] });
  expect(found.reconciliation.balances).toBe(true);
  expect(new Date(found.startedAt).toISOString()).toBe(found.startedAt);
});

test('a case speaks in words, and names no value', async () => {
  const { exceptions: [one] } = await get<Exceptions>('/api/exceptions?priority=5&purpose=care');
  expect(one).toMatchObject({ title: 'A rule of the profile is broken (vs-3)', why: 'Readers of the profile rely on it.', records: 1,
    says: 'A component needs a value or the reason why it has none.' });
  const detail = await get<ExceptionDetail>(`/api/exceptions/${one?.id}`);
  expect(detail.members).toMatchObject([{ type: 'Observation', id: 'b', expression: 'Observation.component[0]' }]);
  expect(await get<QueueCounts>('/api/exceptions/counts?owner=ai')).toMatchObject({ matching: 0, open: 1, owners: [{ value: 'mapping', exceptions: 1 }] });
});

test('pages of the queue join by an opaque word', async () => {
  const first = await get<Exceptions>('/api/exceptions?limit=1');
  expect(first.next).not.toBeNull();
  expect(await get<Exceptions>(`/api/exceptions?limit=1&after=${first.next}`)).toEqual({ exceptions: [], next: null });
});

test('a run is started once', async () => {
  await db.query(`update run set state = 'completed' where id = $1`, [run]);
  const started = await api.inject({ method: 'POST', url: '/api/sources/north/runs' });
  expect(started.statusCode).toBe(202);
  const again = await api.inject({ method: 'POST', url: '/api/sources/north/runs' });
  expect(again.statusCode).toBe(409);
  expect(again.json()).toMatchObject({ code: 'ASSAY_RUN_GOING', status: 409, type: '/api/errors/ASSAY_RUN_GOING' });
});

describe('what is wrong is a problem with a code', () => {
  test.each([
    ['/api/nothing', 404, 'ASSAY_NOT_FOUND'], ['/nothing', 404, 'ASSAY_NOT_FOUND'],
    ['/api/runs/999999', 404, 'ASSAY_RUN_UNKNOWN'], ['/api/runs/0', 400, 'ASSAY_REQUEST_INVALID'],
    ['/api/runs/99999999999999999999', 400, 'ASSAY_REQUEST_INVALID'], ['/api/runs/x%27', 400, 'ASSAY_REQUEST_INVALID'],
    ['/api/runs/999999999999999999', 404, 'ASSAY_RUN_UNKNOWN'],
    ['/api/exceptions/999999', 404, 'ASSAY_EXCEPTION_UNKNOWN'],
    ['/api/exceptions?priority=9', 400, 'ASSAY_REQUEST_INVALID'], ['/api/exceptions?colour=red', 400, 'ASSAY_REQUEST_INVALID'],
    ['/api/exceptions?after=nonsense', 400, 'ASSAY_REQUEST_INVALID'], ['/api/exceptions?purpose=fun', 400, 'ASSAY_REQUEST_INVALID'],
    ['/api/exceptions?limit=100000', 400, 'ASSAY_REQUEST_INVALID'],
    [`/api/exceptions?after=${Buffer.from('[1,"2026-99-99 00:00:00+00","1"]').toString('base64url')}`, 400, 'ASSAY_REQUEST_INVALID'],
    ['/api/exceptions?rule=a%00b', 400, 'ASSAY_REQUEST_INVALID'],
  ])('%s', async (url, status, code) => {
    const response = await api.inject(url);
    expect(response.statusCode, response.body).toBe(status);
    expect(response.headers['content-type']).toMatch('application/problem+json');
    expect(response.json()).toMatchObject({ status, code });
  });
  test('its address explains it', async () => {
    expect(await get('/api/errors/ASSAY_RUN_UNKNOWN')).toMatchObject({ code: 'ASSAY_RUN_UNKNOWN', says: 'No run has this number.' });
  });
  test('what was given is not quoted', async () => {
    expect((await api.inject('/api/exceptions?priority=Smith')).body).not.toContain('Smith');
    expect((await api.inject('/api/exceptions?Smith=1')).body).not.toContain('Smith');
  });
  test('of our own making, without a word of its inside', async () => {
    const broken = await consoleApi(db, { health: async () => { throw new Error('Smith, John'); } });
    const response = await broken.inject('/api/status');
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ code: 'ASSAY_INTERNAL' });
    expect(response.body).not.toContain('Smith');
    await broken.close();
  });
});
