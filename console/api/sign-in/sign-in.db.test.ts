import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exceptionStage, feedSays, heldCase, view } from '../../../test/support/held-cases.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { signedInApi, type SignedInApi } from '../../../test/support/sign-in.ts';
import { AssayError, type ErrorCode } from '../../../terms/errors.ts';
import type { Me } from '../shapes/people.ts';

const { db } = await testDatabase();
const stage = exceptionStage(db);
let api: SignedInApi;
beforeAll(async () => {
  api = await signedInApi(db, {
    askCase: async (_exception, command) => {
      const answer = await stage.actOnCase(command);
      if ('refused' in answer) throw new AssayError(answer.refused as ErrorCode);
    },
  }, { aiko: { facilities: ['elsewhere'] }, cara: { roles: ['nothing-of-ours'] } });
});
afterAll(() => api.stop());
const { revision: _, ...decided } = view();

describe('signing in', () => {
  test('by OpenID Connect, with a session that scripts cannot read', async () => {
    const mara = await api.as('mara');
    expect((await mara.get<Me>('/api/me')).body).toMatchObject({ person: 'mara', name: 'Mara Lindqvist', credential: 'RHIA', roles: ['steward'], signIn: true });
    const begun = await api.visitor().get('/auth/sign-in?to=/queue');
    expect(begun.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/);
    expect(new URL(begun.headers.get('location') ?? '').searchParams.get('code_challenge_method')).toBe('S256');
  });

  test('out again: the old cookie opens nothing', async () => {
    const mara = await api.as('mara');
    const kept = new Map(mara.cookies);
    expect((await mara.send('POST', '/auth/sign-out')).status).toBe(204);
    for (const [name, value] of kept) mara.cookies.set(name, value);
    expect((await mara.get('/api/exceptions')).status).toBe(401);
  });

  test.each([
    ['signed out', async () => api.visitor().get('/api/exceptions'), 401, 'ASSAY_SIGN_IN_NEEDED'],
    ['a forged session', async () => { const one = api.visitor(); one.cookies.set('assay', 'f'.repeat(43)); return one.get('/api/exceptions'); }, 401, 'ASSAY_SIGN_IN_NEEDED'],
    ['a callback nobody began', async () => api.visitor().get('/auth/callback?code=x&state=y'), 401, 'ASSAY_SIGN_IN_REFUSED'],
    ['a forged code', async () => { const one = api.visitor(); await one.get('/auth/sign-in'); return one.get(`/auth/callback?code=x&iss=${api.issuer}&state=${one.cookies.get('assay-sign-in')}`); }, 401, 'ASSAY_SIGN_IN_REFUSED'],
    ['to another site', async () => api.visitor().get('/auth/sign-in?to=//evil.example'), 400, 'ASSAY_REQUEST_INVALID'],
    ['no role of ours', async () => api.as('cara').then(() => api.visitor().get('/'), (error: Error) => ({ status: 403, body: { code: /ASSAY_\w+/.exec(error.message)?.[0] } })), 403, 'ASSAY_SIGN_IN_NO_ROLE'],
  ] as const)('%s is refused', async (_name, go, status, code) => {
    const answer = await go();
    expect(answer).toMatchObject({ status, body: { code } });
  });

  test('a sign-in that was replayed is refused', async () => {
    const one = api.visitor();
    await one.get('/auth/sign-in');
    const state = one.cookies.get('assay-sign-in') ?? '';
    await one.get(`/auth/callback?code=x&state=${state}`);
    one.cookies.set('assay-sign-in', state);
    expect((await one.get(`/auth/callback?code=x&state=${state}`)).status).toBe(401);
  });
});

describe('acting', () => {
  test('without the page’s word, from another site, oversized: refused', async () => {
    const mara = await api.as('mara');
    const { exception } = await heldCase(db, ['a']);
    const comment = { command: randomUUID(), asked: { act: 'comment', text: 'x' } };
    expect(await mara.send('POST', `/api/exceptions/${exception}/acts`, comment, { 'x-assay-page': 'guess' })).toMatchObject({ status: 403, body: { code: 'ASSAY_REQUEST_UNPROVEN' } });
    expect(await mara.send('POST', `/api/exceptions/${exception}/acts`, comment, { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403, body: { code: 'ASSAY_REQUEST_CROSS_SITE' } });
    expect((await mara.act(exception, { act: 'comment', text: 'x'.repeat(300_000) })).status).toBe(413);
    expect((await mara.act(exception, { act: 'fly' })).status).toBe(400);
  });

  test('a decision goes to the feed; the same command again is the same act, another act under its id is refused', async () => {
    const mara = await api.as('mara');
    const { exception, source } = await heldCase(db, ['a']);
    const command = randomUUID();
    for (let click = 0; click < 2; click++) expect((await mara.act(exception, { act: 'decide', view: { ...decided, revision: 1 } }, { command })).status).toBe(200);
    expect(await mara.act(exception, { act: 'comment', text: 'x' }, { command })).toMatchObject({ status: 409, body: { code: 'ASSAY_CASE_COMMAND_REUSED' } });
    expect(await feedSays(db, source)).toHaveLength(1);
    expect((await mara.get(`/api/exceptions/${exception}/history`)).body).toMatchObject({ decisions: [{ state: 'effective', settled: true, by: 'mara' }], precision: { right: 1, of: 1 } });
  });

  test('another team’s case, another facility: refused; the glass can be broken, with a reason', async () => {
    const { exception, source } = await heldCase(db, ['a']);
    const [emil, aiko] = [await api.as('emil'), await api.as('aiko')];
    expect(await emil.act(exception, { act: 'decide', view: { ...decided, revision: 1 } })).toMatchObject({ status: 403, body: { code: 'ASSAY_CASE_ROLE' } });
    expect(await aiko.get(`/api/exceptions/${exception}`)).toMatchObject({ status: 403, body: { code: 'ASSAY_FORBIDDEN_FACILITY' } });
    expect((await aiko.get<{ exceptions: unknown[] }>('/api/exceptions')).body.exceptions).toEqual([]);
    expect((await aiko.send('POST', '/api/break-the-glass', { source, reason: 'short' })).status).toBe(400);
    expect((await aiko.send('POST', '/api/break-the-glass', { source, reason: 'The patient is in the emergency room.' })).status).toBe(204);
    expect((await aiko.get(`/api/exceptions/${exception}`)).status).toBe(200);
    const paul = await api.as('paul');
    expect((await paul.get('/api/notices')).body).toMatchObject({ notices: [{ kind: 'glass-broken', about: source }] });
  });

  test('an auditor reads and does nothing', async () => {
    const omar = await api.as('omar');
    const { exception } = await heldCase(db, ['a']);
    expect((await omar.get(`/api/exceptions/${exception}`)).status).toBe(200);
    expect(await omar.act(exception, { act: 'comment', text: 'x' })).toMatchObject({ status: 403, body: { code: 'ASSAY_FORBIDDEN' } });
  });

  test('four eyes: signed by both, the second blind until he has spoken', async () => {
    const { exception, source } = await heldCase(db, ['a'], { priority: 1 });
    const [mara, grace] = [await api.as('mara'), await api.as('grace')];
    const meaning = 'I decided this case.';
    const asked = { act: 'decide', view: { ...decided, revision: 1, reason: 'secret reason' } };
    expect(await mara.act(exception, asked)).toMatchObject({ status: 403, body: { code: 'ASSAY_CASE_SIGNATURE' } });
    expect(await mara.act(exception, asked, { signature: { meaning } })).toMatchObject({ status: 403, body: { code: 'ASSAY_CASE_SIGNATURE' } });
    await mara.openSigning();
    expect((await mara.act(exception, asked, { signature: { meaning } })).status).toBe(200);
    const blind = await grace.get<object>(`/api/exceptions/${exception}/history`);
    expect(blind.body).toMatchObject({ blind: true, precision: null, events: [{ hidden: true, by: null, text: null }] });
    expect(JSON.stringify(blind.body)).not.toMatch(/secret reason|mara|Mara/);
    await grace.openSigning();
    expect((await grace.act(exception, { ...asked, view: { ...asked.view, reason: 'mine' } }, { signature: { meaning } })).status).toBe(200);
    expect(await feedSays(db, source)).toHaveLength(1);
    expect((await grace.get(`/api/exceptions/${exception}/history`)).body).toMatchObject({ decisions: [{ by: 'mara', secondBy: 'grace', signature: { name: 'Mara Lindqvist', credential: 'RHIA', meaning } }] });
    // The one signature that the full sign-in covers is used; the next needs a touch.
    expect((await mara.get<Me>('/api/me')).body.signing).toEqual({ open: true, needs: 'touch' });
  });

  test('a record is opened by a person, and each opening is on record', async () => {
    const mara = await api.as('mara');
    const { exception, run } = await heldCase(db, ['a']);
    const { rows: [version] } = await db.query<{ id: string }>('select id from version where run_id = $1', [run]);
    const { rows: [before] } = await db.query<{ n: number }>(`select count(*)::int as n from event where kind = 'record-viewed'`);
    const opened = await mara.get<{ text: string }>(`/api/versions/${version?.id}/content?exception=${exception}`);
    expect(JSON.parse(opened.body.text)).toMatchObject({ resourceType: 'Observation', id: 'a' });
    expect(opened.headers.get('cache-control')).toBe('no-store');
    const { rows: [after] } = await db.query<{ n: number }>(`select count(*)::int as n from event where kind = 'record-viewed'`);
    expect(after!.n - before!.n).toBe(1);
    expect((await db.query('select person from record_view where version_id = $1', [version?.id])).rows).toEqual([{ person: 'mara' }]);
  });

  test('somebody stands in: never oneself, never one who is away', async () => {
    const [mara, theo, ines] = [await api.as('mara'), await api.as('theo'), await api.as('ines')];
    const days = { fromDay: '2099-01-01', untilDay: '2099-01-05' };
    expect((await mara.send('POST', '/api/delegations', { delegate: 'mara', ...days })).status).toBe(409);
    expect((await mara.send('POST', '/api/delegations', { delegate: 'nobody-here', ...days })).status).toBe(404);
    expect((await mara.send('POST', '/api/delegations', { delegate: 'theo', ...days })).status).toBe(201);
    expect((await theo.send('POST', '/api/delegations', { delegate: 'ines', ...days })).status).toBe(409);
    expect((await ines.send('POST', '/api/delegations', { delegate: 'mara', ...days })).status).toBe(409);
  });
});
