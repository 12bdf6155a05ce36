import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { alarms } from '../../../storage/alarms.ts';
import { modelRows } from '../../../storage/models.ts';
import { policies, proposals } from '../../../storage/policies.ts';
import { runTallies } from '../../../storage/scores.ts';
import { sourceExists } from '../../../storage/overview.ts';
import { AssayError } from '../../../terms/errors.ts';
import { sourceAttributeGaps } from '../../../terms/model-registry.ts';
import { scores } from '../../../terms/score.ts';
import type { ApiDeps } from '../deps.ts';
import { Alarms, Models, Policies, Scores } from '../shapes/standing.ts';
import { problems, RowId, SourceName } from '../shapes/words.ts';
import { wire } from '../wire.ts';

const strict = { additionalProperties: false } as const;
const HISTORY = 50;

/** What everything is judged by, and how all of it stands: policy, models, alarms, scores. */
export const standingRoutes = ({ db, scoring }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/api/scores', {
    schema: {
      tags: ['Governance'], summary: 'How much of a source’s records passes the rules, as its last runs left it',
      querystring: Type.Object({ source: SourceName, runs: Type.Integer({ minimum: 1, maximum: 200, default: 1 }) }, strict), response: { 200: Scores, ...problems(400, 401, 403, 404) },
    },
  }, async ({ query: { source, runs } }) => {
    if (!await sourceExists(db, source)) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
    const { rules, policy } = await scoring();
    return { runs: wire((await runTallies(db, source, runs)).map(({ run, at, ...tally }) => ({ run, at, ...scores(tally, rules, policy) }))) };
  });

  app.get('/api/alarms', {
    schema: {
      tags: ['Governance'], summary: 'Runs that left the band of those before them',
      querystring: Type.Object({ source: Type.Optional(SourceName), before: Type.Optional(RowId), limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }) }, strict),
      response: { 200: Alarms, ...problems(400, 401, 403) },
    },
  }, async ({ query: { source, before, limit } }) => ({ alarms: wire(await alarms(db, limit, { source, before })) }));

  app.get('/api/policy', {
    schema: { tags: ['Governance'], summary: 'The policy in force, those before it, and what is proposed', response: { 200: Policies, ...problems(401, 403) } },
  }, async () => {
    const all = (await policies(db, HISTORY)).map(({ hash, ...row }) => ({ ...row, hash: hash.toString('hex') }));
    const open = (await proposals(db, HISTORY, 'open')).map(({ id, rule, because, by, at, body }) => ({ id, rule, because, by, at, body }));
    return wire({ inForce: all[0] ?? null, before: all.slice(1).map(({ id, hash, by, at }) => ({ id, hash, by, at })), proposals: open });
  });

  app.get('/api/models', {
    schema: { tags: ['Governance'], summary: 'The registry of AI models, with what each entry does not state', response: { 200: Models, ...problems(401, 403) } },
  }, async () => ({ models: wire((await modelRows(db)).map(({ model, body, by, at }) => ({ model, by, at, entry: body, gaps: body === null ? [] : sourceAttributeGaps(body) }))) }));
};
