import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { alarms } from '../../../storage/alarms.ts';
import { modelRows } from '../../../storage/models.ts';
import { policies, proposals } from '../../../storage/policies.ts';
import { runTallies } from '../../../storage/scores.ts';
import { sourceExists } from '../../../storage/overview.ts';
import { isBlind, usualDecisions } from '../../../terms/policy.ts';
import { AssayError } from '../../../terms/errors.ts';
import { sourceAttributeGaps } from '../../../terms/model-registry.ts';
import { piqi } from '../../../terms/piqi.ts';
import { scores } from '../../../terms/score.ts';
import type { ApiDeps } from '../deps.ts';
import { Alarms, Models, NewProposal, Policies, Proposed, Scores, Signed } from '../shapes/standing.ts';
import { PiqiDocument } from '../shapes/piqi.ts';
import { problems, RowId, SourceName } from '../shapes/words.ts';
import { assertFacility, facilities, person } from '../sign-in/guard.ts';
import { sign } from '../sign-in/signing.ts';
import { placeOf } from './acts.ts';
import { wire } from '../wire.ts';

const strict = { additionalProperties: false } as const;
const HISTORY = 50;

/** What everything is judged by, and how all of it stands: policy, models, alarms, scores. */
export const standingRoutes = ({ db, scoring, proposePolicy, settleProposal, publicUrl }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/api/scores', {
    schema: {
      tags: ['Governance'], summary: 'How much of a source’s records passes the rules, as its last runs left it',
      querystring: Type.Object({ source: SourceName, runs: Type.Integer({ minimum: 1, maximum: 200, default: 1 }) }, strict), response: { 200: Scores, ...problems(400, 401, 403, 404) },
    },
  }, async (request) => {
    const { source, runs } = request.query;
    if (!await sourceExists(db, source)) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
    await assertFacility(db, request, source);
    const { rules, policy } = await scoring();
    return { runs: wire((await runTallies(db, source, runs)).map(({ run, at, ...tally }) => ({ run, at, ...scores(tally, rules, policy.body) }))) };
  });

  app.get('/api/scores/piqi', {
    schema: {
      tags: ['Governance'], summary: 'A run of a source as HL7 PIQI Edition 1 describes: the rubric, its modules, the result',
      querystring: Type.Object({ source: SourceName, run: Type.Optional(RowId) }, strict), response: { 200: PiqiDocument, ...problems(400, 401, 403, 404) },
    },
  }, async (request) => {
    const { source, run } = request.query;
    if (!await sourceExists(db, source)) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
    await assertFacility(db, request, source);
    const { rules, policy } = await scoring();
    const tallies = await runTallies(db, source, 1, run);
    return wire(piqi(tallies.map(({ run: messageID, types, rules: tallied }) => ({ messageID, source, tally: { types, rules: tallied } })), rules, policy));
  });

  app.get('/api/alarms', {
    schema: {
      tags: ['Governance'], summary: 'Runs that left the band of those before them',
      querystring: Type.Object({ source: Type.Optional(SourceName), before: Type.Optional(RowId), limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }) }, strict),
      response: { 200: Alarms, ...problems(400, 401, 403) },
    },
  }, async (request) => {
    const { source, before, limit } = request.query;
    return { alarms: wire(await alarms(db, limit, { source, before, facilities: await facilities(db, request) })) };
  });

  app.get('/api/policy', {
    schema: { tags: ['Governance'], summary: 'The policy in force, those before it, and what is proposed', response: { 200: Policies, ...problems(401, 403) } },
  }, async (request) => {
    const all = (await policies(db, HISTORY)).map(({ hash, ...row }) => ({ ...row, hash: hash.toString('hex') }));
    const blind = isBlind(all[0]?.body.decisions ?? usualDecisions);
    const open = (await proposals(db, HISTORY, 'open')).map(({ id, rule, because, by, at, body, trial, firstBy, firstAt }) => (
      { id, rule, because, by, at, body, trial, first: firstBy === null ? null : { at: firstAt, by: blind && firstBy !== request.signedIn?.person ? null : firstBy } }));
    return wire({ inForce: all[0] ?? null, before: all.slice(1).map(({ body: _, ...row }) => row), proposals: open });
  });

  app.post('/api/policy/proposals', {
    schema: { tags: ['Governance'], summary: 'Proposes a policy: a worker tries it, another governor puts it in force', body: NewProposal, response: { 201: Proposed, ...problems(400, 401, 403) } },
  }, async (request, reply) => reply.code(201).send({ proposal: await proposePolicy(request.body.body, request.body.because, person(request).person) }));

  app.post('/api/policy/proposals/:id/accept', {
    schema: { tags: ['Governance'], summary: 'Puts a proposed policy in force; signed, and not by who proposed it. What no person proposed needs two, each with a signature.', params: Type.Object({ id: RowId }), body: Signed, response: { 204: Type.Null(), ...problems(400, 401, 403, 404, 409) } },
  }, async (request, reply) => {
    const me = person(request);
    const [found] = (await proposals(db, HISTORY, 'open')).filter(({ id }) => id === request.params.id);
    // Known before a signature is used up: it is refused again where it is decided.
    if (found?.by === me.person || found?.firstBy === me.person) throw new AssayError('ASSAY_PROPOSAL_SECOND_PERSON');
    const { meaning, touch } = request.body.signature;
    await settleProposal(request.params.id, true, me.person, await sign(db, me, placeOf(request, publicUrl), meaning, touch));
    return reply.code(204).send(null);
  });

  app.post('/api/policy/proposals/:id/refuse', {
    schema: { tags: ['Governance'], summary: 'Leaves the policy as it is', params: Type.Object({ id: RowId }), response: { 204: Type.Null(), ...problems(400, 401, 403, 404, 409) } },
  }, async (request, reply) => {
    await settleProposal(request.params.id, false, person(request).person);
    return reply.code(204).send(null);
  });

  app.get('/api/models', {
    schema: { tags: ['Governance'], summary: 'The registry of AI models, with what each entry does not state', response: { 200: Models, ...problems(401, 403) } },
  }, async () => ({ models: wire((await modelRows(db)).map(({ model, body, by, at }) => ({ model, by, at, entry: body, gaps: body === null ? [] : sourceAttributeGaps(body) }))) }));
};
