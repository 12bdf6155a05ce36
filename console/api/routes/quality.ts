import { createHash } from 'node:crypto';
import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addKnownAnswer, answerItem, cleanReleases, decidedVersions, freeItems, hitRate, itemOf, itemsOf, keepSample, knownText, openSecondLooks, productivity, secondLooks, settledByMachine, strata, takeItems, type ReviewItem } from '../../../storage/quality.ts';
import { keepView, versionToOpen } from '../../../storage/record-views.ts';
import { validities } from '../../../terms/decision.ts';
import { coveredRows } from '../../../ledger/covered-rows.ts';
import { AssayError } from '../../../terms/errors.ts';
import { saysAi, strataOf, stratifiedSample } from '../../../terms/sampling.ts';
import { isKnown, stratifiedShare } from '../../../terms/stratified-share.ts';
import { gwetAc1, wilson } from '../../../terms/wilson.ts';
import type { ApiDeps } from '../deps.ts';
import { ruleWords } from '../rule-words.ts';
import { ItemAnswer, Items, Mine, NewKnownAnswer, NewSample, Quality, RecordText, SampleDrawn } from '../shapes/quality.ts';
import { Subject } from '../shapes/people.ts';
import { problems, RowId } from '../shapes/words.ts';
import { facilities, person } from '../sign-in/guard.ts';

const ITEMS = 10;
const DAYS = 30;
const AGREEMENT_DAYS = 90;
/** Of each source and type, candidates of which AI and human authors are told apart. */
const CANDIDATES = 200;
const RECORDS = 20;

/** Looking again at what the machine settled and at what people decided, blind. */
export const qualityRoutes = ({ db, ruleFacts, deciding, appendEvent }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/api/quality', {
    schema: { tags: ['Quality'], summary: 'What the machine settled, beside how much of it was wrong; how people agree', response: { 200: Quality, ...problems(401, 403) } },
  }, async (request) => {
    const mine = await facilities(db, request);
    const [machine, all, looks] = [await settledByMachine(db, DAYS, mine), await strata(db, mine), await secondLooks(db, AGREEMENT_DAYS, mine)];
    const newest = all.filter(({ sample }) => sample === all[0]?.sample);
    const total = (key: 'escaped' | 'reviewed' | 'drawn' | 'records'): number => newest.reduce((sum, one) => sum + one[key], 0);
    const escaped = stratifiedShare(newest.map(({ escaped: hits, reviewed, records }) => ({ hits, of: reviewed, size: records })));
    const agreed = gwetAc1(looks.map(({ first, second }) => [first, second] as const), validities.length);
    return {
      settledByMachine: { ...machine, days: DAYS },
      escape: { escaped: total('escaped'), reviewed: total('reviewed'), drawn: total('drawn'), records: total('records'), known: isKnown(escaped), share: null, covered: 0, low: 0, high: 1, ...escaped },
      agreement: agreed === undefined ? null : { pairs: looks.length, ...agreed },
      samples: all.map((one) => ({ ...one, ...wilson(one.escaped, one.reviewed) })),
    };
  });

  app.post('/api/quality/samples', {
    schema: { tags: ['Quality'], summary: 'Draws a period’s sample; the seed makes it again', body: NewSample, response: { 201: SampleDrawn, ...problems(400, 401, 403, 409) } },
  }, async (request, reply) => {
    const me = person(request);
    const { from, until, seed, size } = request.body;
    if (until < from) throw new AssayError('ASSAY_REQUEST_INVALID');
    const candidates = (await cleanReleases(db, from, until, seed, CANDIDATES)).map(({ text, ...one }) => ({ ...one, author: saysAi(JSON.parse(text)) ? 'ai' as const : 'human' as const }));
    const strataFrom = strataOf(candidates.map(({ source, type, author, of }) => ({ key: { source, type, author }, of, part: `${source} ${type}`, stratum: `${source} ${type} ${author}` })));
    const items = stratifiedSample(candidates.map((item) => ({ item, stratum: `${item.source} ${item.type} ${item.author}` })), size,
      new Map(strataFrom.map(({ key: { source, type, author }, records }) => [`${source} ${type} ${author}`, records])));
    const sample = await db.transaction(async (tx) => {
      const drawn = await keepSample(tx, { from, until, seed, by: me.person }, items, strataFrom.map(({ key, records }) => ({ ...key, records })));
      if (drawn !== undefined) await appendEvent(tx, 'case-moved', { what: 'sample-drawn', sample: drawn, by: me.person, seed, size: items.length });
      return drawn;
    });
    if (sample === undefined) throw new AssayError('ASSAY_SAMPLE_DRAWN');
    return reply.code(201).send({ sample, size: items.length });
  });

  app.get('/api/quality/items', {
    schema: { tags: ['Quality'], summary: 'What the person has taken to look at, and how much else waits for anybody', response: { 200: Items, ...problems(401, 403) } },
  }, async (request) => {
    const me = person(request);
    return answered(await itemsOf(db, me.person, ITEMS), me.person, await facilities(db, request));
  });

  app.post('/api/quality/items', {
    schema: { tags: ['Quality'], summary: 'Takes what waits, up to ten; nobody else is given it for a day', response: { 200: Items, ...problems(401, 403) } },
  }, async (request) => {
    const me = person(request);
    await openSecondLooks(db, (await deciding()).secondLookShare);
    const allowed = await facilities(db, request);
    return answered(await db.transaction((tx) => takeItems(tx, me.person, ITEMS, allowed)), me.person, allowed);
  });

  app.get('/api/quality/items/:id/records/:n', {
    schema: {
      tags: ['Quality'], summary: 'One of its records. Each opening is on record.', params: Type.Object({ id: RowId, n: Type.Integer({ minimum: 0, maximum: RECORDS }) }),
      response: { 200: RecordText, ...problems(400, 401, 403, 404) },
    },
  }, async (request, reply) => {
    const me = person(request);
    const item = await itemOf(db, request.params.id, me.person);
    const record = item === undefined ? undefined : (await recordsOf(item))[request.params.n];
    if (item === undefined || record === undefined) throw new AssayError('ASSAY_RECORD_UNKNOWN');
    reply.header('cache-control', 'no-store');
    if (record.version === null) return { type: record.type, text: (await knownText(db, item.known ?? '0'))?.text ?? '' };
    const found = await versionToOpen(db, record.version);
    if (found?.text == null) throw new AssayError('ASSAY_RECORD_UNKNOWN');
    const { text } = found;
    await db.transaction(async (tx) => {
      const id = await keepView(tx, { person: me.person, version: found.version, exception: null, shown: createHash('sha256').update(text).digest() });
      await appendEvent(tx, 'record-viewed', { by: me.person, exception: null }, await coveredRows(tx, 'record_view', [id]));
    });
    return { type: found.type, text };
  });

  app.post('/api/quality/items/:id', {
    schema: { tags: ['Quality'], summary: 'The person’s answer', params: Type.Object({ id: RowId }), body: ItemAnswer, response: { 204: Type.Null(), ...problems(400, 401, 403, 404) } },
  }, async (request, reply) => {
    const me = person(request);
    const item = await itemOf(db, request.params.id, me.person);
    if (item === undefined) throw new AssayError('ASSAY_RECORD_UNKNOWN');
    const { wrong, validity, reason } = request.body;
    if (item.kind === 'sample' ? wrong === undefined : validity === undefined) throw new AssayError('ASSAY_REQUEST_INVALID');
    await db.transaction(async (tx) => {
      if (!await answerItem(tx, item.item, me.person, { wrong: wrong ?? null, validity: validity ?? null, reason })) throw new AssayError('ASSAY_RECORD_UNKNOWN');
      await appendEvent(tx, 'case-moved', { what: 'reviewed', item: item.item, by: me.person });
    });
    return reply.code(204).send(null);
  });

  app.post('/api/quality/known-answers', {
    schema: { tags: ['Quality'], summary: 'A made-up case whose answer is known; it is mixed among the others', body: NewKnownAnswer, response: { 204: Type.Null(), ...problems(400, 401, 403) } },
  }, async (request, reply) => {
    await addKnownAnswer(db, { ...request.body, by: person(request).person });
    return reply.code(204).send(null);
  });

  app.get('/api/quality/mine', {
    schema: {
      tags: ['Quality'], summary: 'A person’s own work: seen by himself and by who leads him, with no one beside him',
      querystring: Type.Object({ person: Type.Optional(Subject) }, { additionalProperties: false }), response: { 200: Mine, ...problems(400, 401, 403) },
    },
  }, async (request) => {
    const me = person(request);
    const who = request.query.person ?? me.person;
    if (who !== me.person && !me.leads.includes(who)) throw new AssayError('ASSAY_FORBIDDEN');
    const work = await productivity(db, who, AGREEMENT_DAYS);
    return { person: who, days: AGREEMENT_DAYS, knownAnswers: await hitRate(db, who), work: work.map((one) => ({ ...one, title: ruleWords(ruleFacts, one.rule).title })) };
  });

  const answered = async (items: readonly ReviewItem[], who: string, allowed: Awaited<ReturnType<typeof facilities>>) => ({
    items: await Promise.all(items.map(async (item) => ({ ...shown(item), records: (await recordsOf(item)).map(({ type }, n) => ({ n, type })) }))),
    waiting: await freeItems(db, who, allowed),
  });

  /** A sample, a second look and a known answer look alike where they ask the same. */
  function shown(item: ReviewItem) {
    const sampled = item.kind === 'sample';
    const words = item.rule === null ? undefined : ruleWords(ruleFacts, item.rule);
    return {
      item: item.item, asks: sampled ? 'anything-wrong' as const : 'validity' as const, source: sampled ? item.source : null, type: sampled ? item.type : null,
      title: words?.title ?? 'A record that was released with nothing found against it', says: words?.why ?? 'Is anything wrong with it?',
    };
  }

  async function recordsOf(item: ReviewItem): Promise<{ version: string | null; type: string }[]> {
    if (item.kind === 'sample') return [{ version: item.version, type: item.type ?? '' }];
    if (item.kind === 'known-answer') return [{ version: null, type: item.type ?? '' }];
    return item.exception === null ? [] : decidedVersions(db, item.exception, RECORDS);
  }
};
