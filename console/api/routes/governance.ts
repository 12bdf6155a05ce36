import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { validitiesOf } from '../../../storage/field-precision.ts';
import { deviceHeads, releasedOf } from '../../../storage/asserted-by.ts';
import { lineage } from '../../../storage/lineage.ts';
import { modelRows, type ModelRow } from '../../../storage/models.ts';
import { packetOf } from '../../../storage/packet.ts';
import { exceptionById } from '../../../storage/queue.ts';
import { modelFigures, ruleFigures, type CauseFigure } from '../../../storage/rule-figures.ts';
import { AssayError } from '../../../terms/errors.ts';
import { fieldPrecision } from '../../../terms/field-precision.ts';
import { wilson } from '../../../terms/wilson.ts';
import { isModel } from '../../../terms/model-registry.ts';
import type { ApiDeps } from '../deps.ts';
import { ruleWords } from '../rule-words.ts';
import { Lineage, Oversight, Packet, Released, Rules, Suspension } from '../shapes/governance.ts';
import { Line, problems, RowId, SourceName } from '../shapes/words.ts';
import { assertFacility, facilities, person } from '../sign-in/guard.ts';
import { wire } from '../wire.ts';

const STEPS = 500;
const PRECISION_DAYS = 90;
const RELEASED = 200;
/** Decisions below which a rate says nothing. */
const ENOUGH = 20;
/** Overridden more often than this, by the interval's lower bound: the rule or the model is wrong. */
const TOO_HIGH = 0.5;
/** Less often than this, by the upper bound: people may only be nodding. */
const TOO_LOW = 0.15;

/** What governors look at: where a record went, rules, models, a case as an auditor takes it away. */
export const governanceRoutes = ({ db, ruleFacts, changeModel }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/api/lineage', {
    schema: {
      tags: ['Governance'], summary: 'What happened to a resource, or to all of a patient’s, newest first',
      querystring: Type.Object({ source: SourceName, type: Type.String({ pattern: '^[A-Z][A-Za-z]{1,63}$' }), id: Line, compartment: Type.Boolean({ default: false }) }, { additionalProperties: false }),
      response: { 200: Lineage, ...problems(400, 401, 403) },
    },
  }, async (request) => {
    const { source, type, id, compartment } = request.query;
    await assertFacility(db, request, source);
    return { steps: wire(await lineage(db, { source, type, id, patient: compartment && type === 'Patient' }, STEPS)) };
  });

  app.get('/api/rules', {
    schema: { tags: ['Governance'], summary: 'Rules with what they hold and how often people found them right', response: { 200: Rules, ...problems(401, 403) } },
  }, async (request) => {
    const mine = await facilities(db, request);
    const [figures, counts] = [new Map((await ruleFigures(db, mine)).map((one) => [one.rule, one])), new Map((await validitiesOf(db, PRECISION_DAYS, { facilities: mine })).map((one) => [one.rule, one]))];
    const none = { open: 0, late: 0, records: 0, openedLastWeek: 0, openedWeekBefore: 0 };
    return {
      rules: [...new Set([...ruleFacts.keys(), ...figures.keys()])].sort().map((rule) => {
        const { rule: _, ...figure } = figures.get(rule) ?? { rule, ...none };
        const validity = counts.get(rule);
        return { rule, ...ruleWordsOf(rule), ...figure, precision: validity === undefined ? null : fieldPrecision(validity) };
      }),
    };
  });

  app.get('/api/oversight', {
    schema: { tags: ['Governance'], summary: 'Models: what waits because of them, and how often people override', response: { 200: Oversight, ...problems(401, 403) } },
  }, async (request) => ({ registry: registryShown(await modelRows(db)), models: (await modelFigures(db, await facilities(db, request))).map((one) => ({ ...one, ...wilson(one.overridden, one.decided), attention: attention(one) })) }));

  app.get('/api/oversight/released', {
    schema: {
      tags: ['Governance'], summary: 'What a model asserted that the feeds still carry', querystring: Suspension, response: { 200: Released, ...problems(400, 401, 403, 404) },
    },
  }, async (request) => {
    const entry = (await modelRows(db)).find(({ model }) => model === request.query.model)?.body;
    if (entry == null) throw new AssayError('ASSAY_RECORD_UNKNOWN');
    const [{ total, records }, mine] = [await releasedOf(db, (await deviceHeads(db)).filter((device) => isModel(JSON.parse(device.text) as object, entry)), RELEASED), await facilities(db, request)];
    const seen = mine === null ? records : records.filter(({ source }) => mine.includes(source));
    return { total: mine === null ? total : seen.length, records: wire(seen) };
  });

  app.post('/api/oversight/suspensions', {
    schema: {
      tags: ['Governance'], summary: 'Ends a model’s approval now: what it asserts from then on is held. One governor is enough.',
      body: Suspension, response: { 204: Type.Null(), ...problems(400, 401, 403, 404) },
    },
  }, async (request, reply) => {
    const me = person(request);
    const entry = (await modelRows(db)).find(({ model }) => model === request.body.model)?.body;
    if (entry == null) throw new AssayError('ASSAY_RECORD_UNKNOWN');
    await changeModel(request.body.model, { ...entry, approvedUntil: new Date().toISOString() }, me.person);
    return reply.code(204).send(null);
  });

  app.get('/api/exceptions/:id/packet', {
    schema: { tags: ['Governance'], summary: 'A case for an outside auditor: hashes and names, no value of a record', params: Type.Object({ id: RowId }), response: { 200: Packet, ...problems(400, 401, 403, 404) } },
  }, async (request) => {
    const { id } = request.params;
    const found = await exceptionById(db, id);
    if (found === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
    await assertFacility(db, request, found.source);
    const { evidence, opened, ruleVersions } = await packetOf(db, id);
    const { sources, ...words } = ruleWordsOf(found.rule);
    return {
      madeAt: new Date().toISOString(), evidence, opened: wire(opened),
      question: wire({ exception: id, source: found.source, rule: found.rule, title: words.title, why: words.why, says: found.says ?? words.title, cause: found.cause, openedAt: found.openedAt, closedAt: found.closedAt, closedBy: found.closedBy }),
      rule: { rule: found.rule, versions: ruleVersions, sources },
    };
  });

  function ruleWordsOf(rule: string) {
    const { title, why } = ruleWords(ruleFacts, rule);
    const facts = ruleFacts.get(rule) ?? ruleFacts.get(rule.split('/')[0] ?? rule);
    return { title, why, owner: facts?.owner ?? null, sources: [...facts?.sources ?? []] };
  }
};

const registryShown = (rows: readonly ModelRow[]) => rows.flatMap(({ model, body }) => body === null ? [] : [{
  model, name: body.name, versions: [...body.versions], intendedUse: body.intendedUse, verification: body.verification, approvedFrom: body.approvedFrom,
  approvedUntil: body.approvedUntil ?? null, approvedBy: body.approvedBy, approved: Date.parse(body.approvedFrom) <= Date.now() && (body.approvedUntil === undefined || Date.parse(body.approvedUntil) > Date.now()),
}]);

function attention({ decided, overridden }: CauseFigure): 'none' | 'too-high' | 'too-low' {
  const { low, high } = wilson(overridden, decided);
  if (decided < ENOUGH) return 'none';
  return low > TOO_HIGH ? 'too-high' : high < TOO_LOW ? 'too-low' : 'none';
}
