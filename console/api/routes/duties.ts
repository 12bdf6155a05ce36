import Type from 'typebox';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { sourceOfRetraction } from '../../../storage/retraction.ts';
import { sourceOfAmendment } from '../../../storage/amendments.ts';
import { AssayError } from '../../../terms/errors.ts';
import type { ApiDeps } from '../deps.ts';
import type { Taking as Asked } from '../duties.ts';
import * as shapes from '../shapes/duties.ts';
import { problems, RowId } from '../shapes/words.ts';
import { facilities, person } from '../sign-in/guard.ts';

/** What governance does about what has left; what it reads about it are questions (routes/audit.ts). */
export const dutyRoutes = ({ db, duties }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  const refusals = problems(400, 401, 403, 404, 409);
  /** Whoever may see some facilities only does nothing to the others; what reaches over all of them is not his. */
  async function assertMine(request: FastifyRequest, source: string | undefined): Promise<void> {
    const allowed = await facilities(db, request);
    if (allowed !== null && (source === undefined || !allowed.includes(source))) throw new AssayError('ASSAY_FORBIDDEN_FACILITY');
  }
  const by = (request: FastifyRequest): string => person(request).person;
  const assertTaking = async (request: FastifyRequest, taking: Asked): Promise<void> => assertMine(request, taking.source ?? await sourceOfRetraction(db, taking.what, taking.named));

  app.post('/api/audit/retractions/preview', {
    schema: { tags: ['Audit'], summary: 'What taking this back would do: versions, entries, and who was given them', body: shapes.Taking, response: { 200: shapes.Reach, ...refusals } },
  }, async (request) => {
    await assertTaking(request, request.body);
    const { readers, ...reach } = await duties.previewRetraction(request.body);
    return { ...reach, readers: [...readers] };
  });

  app.post('/api/audit/retractions', {
    schema: { tags: ['Audit'], summary: 'Takes back what was previewed, from every feed; a worker does it', body: shapes.TakingDecided, response: { 202: shapes.Begun, ...refusals } },
  }, async (request, reply) => {
    const { because, previewed, ...taking } = request.body;
    await assertTaking(request, taking);
    const begun = await duties.beginRetraction(taking, { by: by(request), because, previewed });
    if (begun === undefined) throw new AssayError('ASSAY_RETRACTION_MOVED');
    return reply.code(202).send(begun);
  });

  app.post('/api/audit/amendments', {
    schema: { tags: ['Audit'], summary: 'A patient asks that records be amended (45 CFR 164.526)', body: shapes.AmendmentAsked, response: { 201: shapes.Told, ...refusals } },
  }, async (request, reply) => {
    const { named = [], ...asked } = request.body;
    await assertMine(request, asked.source);
    return reply.code(201).send(await duties.requestAmendment({ ...asked, named, by: by(request) }));
  });

  app.post('/api/audit/amendments/:id/steps', {
    schema: { tags: ['Audit'], summary: 'What became of it, as the source decided: recipients are told', params: Type.Object({ id: RowId }), body: shapes.AmendmentAnswered, response: { 201: shapes.Told, ...refusals } },
  }, async (request, reply) => {
    const { named = [], ...answer } = request.body;
    await assertMine(request, await sourceOfAmendment(db, request.params.id));
    return reply.code(201).send(await duties.answerAmendment({ request: request.params.id, ...answer, named, by: by(request) }));
  });

  app.post('/api/audit/holds', {
    schema: { tags: ['Audit'], summary: 'A legal hold: nothing of this patient is destroyed until it is lifted', body: shapes.HoldPlaced, response: { 201: shapes.Numbered, ...refusals } },
  }, async (request, reply) => {
    await assertMine(request, request.body.source);
    return reply.code(201).send({ id: await duties.placeHold({ ...request.body, by: by(request) }) });
  });

  app.post('/api/audit/holds/lift', {
    schema: { tags: ['Audit'], summary: 'Lifts the legal holds on this patient’s record', body: shapes.HoldLifted, response: { 200: shapes.Lifted, ...refusals } },
  }, async (request) => {
    await assertMine(request, request.body.source);
    return { lifted: await duties.liftHold({ ...request.body, by: by(request) }) };
  });

  app.post('/api/audit/schedules', {
    schema: { tags: ['Audit'], summary: 'How long records of this schedule are kept, from now on', body: shapes.ScheduleSet, response: { 201: shapes.Numbered, ...refusals } },
  }, async (request, reply) => reply.code(201).send({ id: await duties.setSchedule({ ...request.body, by: by(request) }) }));

  app.post('/api/audit/destructions/preview', {
    schema: { tags: ['Audit'], summary: 'What a destruction would take, and what stands against it', body: shapes.DestructionLooked, response: { 200: shapes.DestructionReach, ...refusals } },
  }, async (request) => {
    await assertMine(request, request.body.source);
    const { readers, ...reach } = await duties.previewDestruction(request.body);
    return { ...reach, readers: [...readers] };
  });

  app.post('/api/audit/destructions', {
    schema: { tags: ['Audit'], summary: 'Destroys what is stored of a patient, under a certificate; hashes stay in the ledger', body: shapes.DestructionDecided, response: { 201: shapes.Certificate, ...refusals } },
  }, async (request, reply) => {
    await assertMine(request, request.body.source);
    return reply.code(201).send(await duties.destroy({ ...request.body, by: by(request) }));
  });

  app.post('/api/audit/recipients', {
    schema: { tags: ['Audit'], summary: 'Who a consumer is in law, from now on, for accountings of disclosures', body: shapes.RecipientDescribed, response: { 204: Type.Null(), ...refusals } },
  }, async (request, reply) => {
    await duties.describeRecipient({ ...request.body, by: by(request) });
    return reply.code(204).send(null);
  });

  app.post('/api/audit/suspensions', {
    schema: { tags: ['Audit'], summary: 'Leaves a recipient out of accountings for a time, as an agency asked (164.528(a)(2))', body: shapes.SuspensionAsked, response: { 201: shapes.Numbered, ...refusals } },
  }, async (request, reply) => {
    const { until, ...asked } = request.body;
    await assertMine(request, asked.source);
    return reply.code(201).send({ id: await duties.suspendAccounting({ ...asked, until: endOf(until), by: by(request) }) });
  });
};

/** The end of a day, in UTC. @throws AssayError ASSAY_SUSPENSION_TIME where there is no such day */
function endOf(day: string): Date {
  const end = new Date(`${day}T23:59:59Z`);
  if (Number.isNaN(end.getTime())) throw new AssayError('ASSAY_SUSPENSION_TIME');
  return end;
}
