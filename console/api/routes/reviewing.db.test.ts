import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asker, exceptionStage, feedSays, finding, heldCase, view } from '../../../test/support/held-cases.ts';
import { beginRun, everyPurpose, judgeRun, landItems, releaseRun, resource } from '../../../test/support/recorded-run.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { signedInApi, type SignedInApi, type Visitor } from '../../../test/support/sign-in.ts';
import { changeModel } from '../../../apps/product/change-models.ts';
import models from '../../../fhir-profiles/own/model-registry.example.json' with { type: 'json' };
import type { ModelEntry } from '../../../terms/model-registry.ts';
import { purposes } from '../../../terms/purpose.ts';
import { AssayError, type ErrorCode } from '../../../terms/errors.ts';

const { db } = await testDatabase();
const stage = exceptionStage(db);
const ask = asker(db, stage);
let api: SignedInApi;
let [mara, grace, aiko, ines]: Visitor[] = [];
beforeAll(async () => {
  api = await signedInApi(db, {
    askCase: async (_exception, command) => {
      const answer = await stage.actOnCase(command);
      if ('refused' in answer) throw new AssayError(answer.refused as ErrorCode);
    },
  });
  [mara, grace, aiko, ines] = await Promise.all(['mara', 'grace', 'aiko', 'ines'].map((one) => api.as(one)));
});
afterAll(() => api.stop());
const { revision: _r, scope: _s, ...together } = view();

describe('deciding together', () => {
  type Preview = { bulk: string; cases: { exception: string }[]; records: number; left: object[]; mustOpen: { exception: string; version: string }[] };
  test('what is previewed, with records opened first; identity, priority 1 and AI never', async () => {
    const [a, b, urgent, model, identity] = [await heldCase(db, ['a', 'b']), await heldCase(db, ['c']), await heldCase(db, ['d'], { priority: 1 }),
      await heldCase(db, ['e'], { owner: 'ai' }), await heldCase(db, ['f'], { owner: 'identity' })];
    const exceptions = [a, b, urgent, model, identity].map((one) => one.exception);
    const { body: preview } = await mara!.send<Preview>('POST', '/api/bulk/preview', { exceptions });
    expect(preview).toMatchObject({ records: 3, cases: [{ exception: a.exception }, { exception: b.exception }],
      left: [{ because: 'priority-1' }, { because: 'ai' }, { because: 'identity' }] });
    expect(preview.mustOpen).toHaveLength(3);
    const decide = () => mara!.send<{ done: number }>('POST', '/api/bulk', { bulk: preview.bulk, view: together });
    expect(await decide()).toMatchObject({ status: 409, body: { code: 'ASSAY_BULK_UNOPENED' } });
    for (const { exception, version } of preview.mustOpen) await mara!.get(`/api/versions/${version}/content?exception=${exception}`);
    expect((await ines!.send('POST', '/api/bulk', { bulk: preview.bulk, view: together })).status).toBe(409);
    expect(await decide()).toMatchObject({ status: 200, body: { done: 2, refused: [] } });
    expect(await decide()).toMatchObject({ status: 200, body: { done: 2 } });
    expect([...await feedSays(db, a.source), ...await feedSays(db, b.source)]).toHaveLength(3);
    expect((await db.query('select bulk_id, must_open from decision d join bulk b on b.id = d.bulk_id where d.exception_id = $1', [a.exception])).rows).toHaveLength(1);
  });
});

describe('looking again', () => {
  type Items = { waiting: number; items: { item: string; asks: string; title: string; records: { n: number; type: string }[] }[] };
  const today = new Date().toISOString().slice(0, 10);

  test('a sample of clean releases, drawn once, reviewed blind; the share of the machine stands beside what escaped', async () => {
    const { run } = await beginRun(db, 'clean');
    await landItems(db, run, 'Observation', Array.from({ length: 12 }, (_, n) => resource('Observation', `clean-${n}`, 1)));
    await landItems(db, run, 'DocumentReference', Array.from({ length: 3 }, (_, n) => resource('DocumentReference', `note-${n}`, 1, { author: [{ reference: 'Device/model' }] })));
    await landItems(db, run, 'Condition', Array.from({ length: 4 }, (_, n) => resource('Condition', `condition-${n}`, 1)));
    // What is only counted is nothing against a record; what was flagged is no release without a finding, for whichever purpose.
    const noted = finding('completeness-must-support');
    await judgeRun(db, run, (type, id) => type !== 'Condition' ? everyPurpose('release', noted)
      : id === 'condition-0' ? [{ outcome: 'release-with-flags', purposes: purposes.slice(0, 1) }, { outcome: 'release', purposes: purposes.slice(1) }] : everyPurpose('release-with-flags'));
    await releaseRun(db, run);
    const drawing = { from: today, until: today, seed: 'seed-1', size: 6 };
    expect((await mara!.send('POST', '/api/quality/samples', drawing)).status).toBe(403);
    expect(await grace!.send('POST', '/api/quality/samples', drawing)).toMatchObject({ status: 201, body: { size: 6 } });
    expect(await grace!.send('POST', '/api/quality/samples', { ...drawing, seed: 'better' })).toMatchObject({ status: 409 });
    // Whoever looks takes nothing, however often.
    for (const who of [mara!, aiko!, mara!]) expect((await who.get<Items>('/api/quality/items')).body).toMatchObject({ items: [], waiting: 6 });
    const { body: { items, waiting } } = await mara!.send<Items>('POST', '/api/quality/items');
    expect([items.length, waiting]).toEqual([6, 0]);
    expect((await mara!.get<Items>('/api/quality/items')).body.items).toEqual(items);
    expect((await aiko!.send<Items>('POST', '/api/quality/items')).body.items.filter((one) => items.some(({ item }) => item === one.item))).toEqual([]);
    for (const [place, { item }] of items.entries()) {
      const { body: { text } } = await mara!.get<{ text: string }>(`/api/quality/items/${item}/records/0`);
      expect(JSON.parse(text)).toHaveProperty('id');
      expect((await mara!.send('POST', `/api/quality/items/${item}`, { wrong: place === 0, reason: 'Looked.' })).status).toBe(204);
    }
    const { body } = await mara!.get<{ escape: object; settledByMachine: { machine: number; of: number }; samples: { author: string; reviewed: number; escaped: number; records: number }[] }>('/api/quality');
    // What escaped is weighed: 12 records without an AI's hand, 3 with one, of however many were drawn of each.
    const share = body.samples.reduce((sum, one) => sum + one.records / 15 * one.escaped / one.reviewed, 0);
    expect(body.escape).toMatchObject({ escaped: 1, reviewed: 6, drawn: 6, records: 15, covered: 1, share: expect.closeTo(share, 10) });
    expect(body.samples.map(({ author, records }) => `${author} ${records}`).sort()).toEqual(['ai 3', 'human 12']);
    expect(body.samples.map(({ author }) => author).sort()).toEqual(['ai', 'human']);
    expect(body.settledByMachine.machine).toBeLessThan(body.settledByMachine.of);
  });

  test('decisions get a second look by somebody else; known answers are mixed in; each sees his own figures, a lead those she leads', async () => {
    await grace!.send('POST', '/api/quality/known-answers', { rule: 'value-unit-fits', says: 'Made up.', type: 'Observation', text: '{"resourceType":"Observation","id":"made-up"}', validity: 'rule-wrong' });
    let looks: Items['items'] = [];
    // One decision in twenty is chosen, by its random id.
    for (let n = 1; n <= 400 && looks.length < 2; n++) {
      const { exception } = await heldCase(db, ['x']);
      await ask(exception, { act: 'decide', view: view({ validity: 'true-finding' }) }, 'mara');
      if (n % 20 === 0) looks = (await aiko!.send<Items>('POST', '/api/quality/items')).body.items.filter(({ asks }) => asks === 'validity');
    }
    expect(looks.length).toBeGreaterThan(1);
    for (const { item, records } of looks) {
      expect(records.length).toBeGreaterThan(0);
      await aiko!.get(`/api/quality/items/${item}/records/0`);
      expect((await aiko!.send('POST', `/api/quality/items/${item}`, { validity: 'true-finding', reason: 'Looked.' })).status).toBe(204);
    }
    // All decisions are hers: of what asks for validity she gets the known answer alone.
    expect((await mara!.send<Items>('POST', '/api/quality/items')).body.items.filter(({ asks }) => asks === 'validity')).toHaveLength(1);
    expect((await mara!.get('/api/quality')).body).toMatchObject({ agreement: { agreement: 1, ac1: 1 } });
    expect((await aiko!.get('/api/quality/mine')).body).toMatchObject({ knownAnswers: { hits: 0, of: 1 } });
    expect((await mara!.get('/api/quality/mine')).body).toMatchObject({ work: [{ rule: 'value-unit-fits', reopened: 0 }] });
    expect((await grace!.get('/api/quality/mine?person=mara')).status).toBe(200);
    expect((await aiko!.get('/api/quality/mine?person=mara')).status).toBe(403);
  });
});

describe('governing', () => {
  test('a record’s way, from reception to the feed', async () => {
    const { exception, source } = await heldCase(db, ['way']);
    await ask(exception, { act: 'decide', view: view() }, 'mara');
    const { body } = await mara!.get<{ steps: { step: string }[] }>(`/api/lineage?source=${source}&type=Observation&id=way`);
    expect([...new Set(body.steps.map(({ step }) => step).reverse())]).toEqual(expect.arrayContaining(['received', 'assessed', 'held', 'decided', 'released']));
  });
  test('rules with how often they were right; models; a packet', async () => {
    const { body } = await mara!.get<{ rules: { rule: string; precision: object | null }[] }>('/api/rules');
    expect(body.rules.find(({ rule }) => rule === 'value-unit-fits')?.precision).toMatchObject({ high: 1 });
    await changeModel(db, 'scribe', models.models[0] as ModelEntry, 'file');
    expect((await mara!.send('POST', '/api/oversight/suspensions', { model: 'scribe' })).status).toBe(403);
    expect((await grace!.send('POST', '/api/oversight/suspensions', { model: 'nobody-knows' })).status).toBe(404);
    expect((await mara!.get('/api/oversight')).body).toMatchObject({ registry: [{ model: 'scribe', approved: true }] });
    expect((await grace!.send('POST', '/api/oversight/suspensions', { model: 'scribe' })).status).toBe(204);
    expect((await mara!.get('/api/oversight')).body).toMatchObject({ registry: [{ model: 'scribe', approved: false }] });
    const { exception } = await heldCase(db, ['packed']);
    expect((await mara!.get(`/api/exceptions/${exception}/packet`)).body).toMatchObject({ question: { exception }, evidence: [{ id: 'packed' }], rule: { versions: [1] } });
  });
});
