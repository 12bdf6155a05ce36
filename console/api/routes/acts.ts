import { createHash } from 'node:crypto';
import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { people, type Person } from '../../../storage/people.ts';
import { caseStanding } from '../../../storage/cases.ts';
import { keepingPlans } from '../../../storage/kept-plans.ts';
import { keepView, versionToOpen } from '../../../storage/record-views.ts';
import { coveredRows } from '../../../ledger/covered-rows.ts';
import { AssayError } from '../../../terms/errors.ts';
import { askAct } from '../ask-act.ts';
import { mayDecide } from '../../../terms/role.ts';
import type { Owner } from '../../../terms/rule.ts';
import type { ApiDeps } from '../deps.ts';
import { ActGiven, Acted, NewPasskey } from '../shapes/acts.ts';
import { problems, RowId } from '../shapes/words.ts';
import { assertFacility, person } from '../sign-in/guard.ts';
import { originOf } from '../sign-in/routes.ts';
import { registerPasskey, sign, touchOptions, type Place } from '../sign-in/signing.ts';

export const placeOf = (request: FastifyRequest, publicUrl: string | undefined): Place => {
  const origin = originOf(request, publicUrl);
  return { origin, host: new URL(origin).hostname };
};

/** What people do with a case, and what they sign it with. */
export const actRoutes = ({ db, askCase, appendEvent, publicUrl }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  const often = keepingPlans(db);
  app.post('/api/exceptions/:id/acts', {
    schema: {
      tags: ['Work queue'], summary: 'Does one thing with a case, once: the same command again changes nothing',
      params: Type.Object({ id: RowId }), body: ActGiven, response: { 200: Acted, ...problems(400, 401, 403, 404, 409, 413, 429) },
    },
  }, async (request) => {
    const me = person(request);
    const { params: { id }, body: { command, asked, signature } } = request;
    const found = await caseStanding(often, id);
    if (found === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
    await assertFacility(db, request, found.source);
    if (asked.act === 'assign' && asked.to !== null) assertAssignable((await people(db)).find(({ subject }) => subject === asked.to), found);
    if (asked.act === 'merge') await assertFacility(db, request, (await caseStanding(often, asked.from))?.source ?? found.source);
    await askAct({ db: often, askCase }, found, { command, exception: id, asked, person: me.person, roles: me.roles },
      signature === undefined ? undefined : () => sign(db, me, placeOf(request, publicUrl), signature.meaning, signature.touch));
    return { exception: id, revision: (await caseStanding(often, id))?.revision ?? 0 };
  });

  app.get('/api/versions/:id/content', {
    schema: {
      tags: ['Work queue'], summary: 'A record as it was received. Each opening is on record, with who and when.',
      params: Type.Object({ id: RowId }), querystring: Type.Object({ exception: Type.Optional(RowId) }, { additionalProperties: false }),
      response: { 200: Type.Object({ version: RowId, type: Type.String(), id: Type.String(), text: Type.String({ description: 'FHIR JSON, byte for byte.' }) }), ...problems(400, 401, 403, 404) },
    },
  }, async (request, reply) => {
    const me = person(request);
    const found = await versionToOpen(db, request.params.id);
    if (found?.text == null) throw new AssayError('ASSAY_RECORD_UNKNOWN');
    await assertFacility(db, request, found.sourceName);
    const { exception = null } = request.query;
    if (exception !== null && await caseStanding(often, exception) === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
    await db.transaction(async (tx) => {
      const id = await keepView(tx, { person: me.person, version: found.version, exception, shown: createHash('sha256').update(found.text ?? '').digest() });
      await appendEvent(tx, 'record-viewed', { by: me.person, exception }, await coveredRows(tx, 'record_view', [id]));
    });
    reply.header('cache-control', 'no-store');
    return { version: found.version, type: found.type, id: found.id, text: found.text };
  });

  const options = (asked: 'new' | 'signature') => async (request: FastifyRequest) => touchOptions(db, person(request), placeOf(request, publicUrl), asked);
  const anyOptions = Type.Object({ challenge: Type.String() }, { additionalProperties: true, description: 'Options for the browser’s WebAuthn.' });
  app.post('/api/signing/options', { schema: { tags: ['Sign-in'], summary: 'What a passkey is asked for a signature', response: { 200: anyOptions, ...problems(401, 403) } } }, options('signature'));
  app.post('/api/signing/passkeys/options', { schema: { tags: ['Sign-in'], summary: 'What a new passkey is asked', response: { 200: anyOptions, ...problems(401, 403) } } }, options('new'));
  app.post('/api/signing/passkeys', {
    schema: { tags: ['Sign-in'], summary: 'Keeps a new passkey for later signatures', body: NewPasskey, response: { 204: Type.Null(), ...problems(400, 401, 403) } },
  }, async (request, reply) => {
    await registerPasskey(db, person(request), placeOf(request, publicUrl), request.body);
    return reply.code(204).send(null);
  });
};

/** @throws AssayError ASSAY_PERSON_UNKNOWN, ASSAY_CASE_ASSIGNEE: a case is given to who may decide it */
function assertAssignable(who: Person | undefined, { owner, source }: { owner: Owner; source: string }): void {
  if (who === undefined) throw new AssayError('ASSAY_PERSON_UNKNOWN');
  if (!mayDecide(who.roles, owner) || (who.facilities !== null && !who.facilities.includes(source))) throw new AssayError('ASSAY_CASE_ASSIGNEE');
}
