import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { delegate, delegations, dropView, endDelegation, notices, people, savedViews, saveView, seeNotices } from '../../../storage/people.ts';
import { exceptionById } from '../../../storage/queue.ts';
import { breakGlass } from '../../../storage/record-views.ts';
import { AssayError } from '../../../terms/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { BrokenGlass, Delegation, Delegations, Me, NewDelegation, NewSavedView, Notices, People, SavedViews } from '../shapes/people.ts';
import { problems, RowId } from '../shapes/words.ts';
import { person, rolesOf } from '../sign-in/guard.ts';
import { signingState } from '../sign-in/signing.ts';
import { wire } from '../wire.ts';

const GLASS_MINUTES = 60;
const Done = Type.Null();

/** Who is here, whom there is, what he was told, whom he stands in for, what he keeps. */
export const meRoutes = ({ db, signIn, appendEvent, deciding }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/api/me', {
    schema: { tags: ['People'], summary: 'Who is signed in', response: { 200: Me, ...problems() } },
  }, async (request) => {
    const { signedIn } = request;
    return {
      signIn: signIn !== undefined, undoSeconds: (await deciding()).undoSeconds,
      person: signedIn?.person ?? null, name: signedIn?.name ?? null, credential: signedIn?.credential ?? null,
      roles: [...signedIn?.roles ?? (signIn === undefined ? rolesOf(request) : [])], facilities: signedIn?.facilities ?? null, leads: signedIn?.leads ?? [],
      page: signedIn?.csrf ?? null,
      signing: signedIn === null ? { open: false, needs: 'sign-in' as const } : signingState(signedIn, Date.now()),
      notices: signedIn === null ? 0 : (await notices(db, signedIn.person, signedIn.roles)).length,
    };
  });

  app.get('/api/people', {
    schema: { tags: ['People'], summary: 'Those whom a case can be given to', response: { 200: People, ...problems(401, 403) } },
  }, async () => ({ people: (await people(db)).map(({ subject, name, credential, roles }) => ({ person: subject, name, credential, roles })) }));

  app.get('/api/notices', {
    schema: { tags: ['People'], summary: 'What the person was told and has not seen', response: { 200: Notices, ...problems(401) } },
  }, async (request) => {
    const { person: me, roles } = person(request);
    return { notices: wire(await notices(db, me, roles)) };
  });

  app.post('/api/notices/seen', {
    schema: { tags: ['People'], summary: 'Notices were seen', body: Type.Object({ ids: Type.Array(RowId, { maxItems: 100 }) }, { additionalProperties: false }), response: { 204: Done, ...problems(400, 401, 403) } },
  }, async (request, reply) => {
    const { person: me, roles } = person(request);
    await seeNotices(db, me, roles, request.body.ids);
    return reply.code(204).send(null);
  });

  app.get('/api/delegations', {
    schema: { tags: ['People'], summary: 'Who stands in for the person, and for whom he does', response: { 200: Delegations, ...problems(401) } },
  }, async (request) => ({ delegations: await delegations(db, person(request).person) }));

  app.post('/api/delegations', {
    schema: { tags: ['People'], summary: 'Somebody stands in on these days', body: NewDelegation, response: { 201: Delegation, ...problems(400, 401, 403, 404, 409) } },
  }, async (request, reply) => {
    const { person: me } = person(request);
    const { delegate: to, fromDay, untilDay } = request.body;
    if (!(await people(db)).some(({ subject }) => subject === to)) throw new AssayError('ASSAY_PERSON_UNKNOWN');
    if (to === me || untilDay < fromDay) throw new AssayError('ASSAY_DELEGATION_REFUSED');
    const made = await db.transaction(async (tx) => {
      const row = await delegate(tx, { person: me, delegate: to, fromDay, untilDay });
      if (row !== undefined) await appendEvent(tx, 'role-changed', { what: 'delegation', person: me, delegate: to, from: fromDay, until: untilDay });
      return row;
    });
    if (made === undefined) throw new AssayError('ASSAY_DELEGATION_REFUSED');
    return reply.code(201).send(made);
  });

  app.delete('/api/delegations/:id', {
    schema: { tags: ['People'], summary: 'Ends a delegation', params: Type.Object({ id: RowId }), response: { 204: Done, ...problems(400, 401, 403, 409) } },
  }, async (request, reply) => {
    const { person: me } = person(request);
    await db.transaction(async (tx) => {
      if (!await endDelegation(tx, request.params.id, me)) throw new AssayError('ASSAY_DELEGATION_REFUSED');
      await appendEvent(tx, 'role-changed', { what: 'delegation-ended', person: me, delegation: request.params.id });
    });
    return reply.code(204).send(null);
  });

  app.get('/api/saved-views', {
    schema: { tags: ['People'], summary: 'Filters of the queue that the person keeps', response: { 200: SavedViews, ...problems(401) } },
  }, async (request) => ({ views: await savedViews(db, person(request).person) }));

  app.put('/api/saved-views', {
    schema: { tags: ['People'], summary: 'Keeps a filter under a name', body: NewSavedView, response: { 204: Done, ...problems(400, 401, 403) } },
  }, async (request, reply) => {
    await saveView(db, person(request).person, request.body.name, request.body.query);
    return reply.code(204).send(null);
  });

  app.delete('/api/saved-views/:id', {
    schema: { tags: ['People'], summary: 'Forgets a filter', params: Type.Object({ id: RowId }), response: { 204: Done, ...problems(400, 401, 403) } },
  }, async (request, reply) => {
    await dropView(db, person(request).person, request.params.id);
    return reply.code(204).send(null);
  });

  app.post('/api/break-the-glass', {
    schema: { tags: ['People'], summary: 'Opens another facility’s cases for an hour: a source’s, or that of a case; the privacy officer is told', body: BrokenGlass, response: { 204: Done, ...problems(400, 401, 403, 404) } },
  }, async (request, reply) => {
    const { person: me } = person(request);
    const { body, body: { reason } } = request;
    const source = 'source' in body ? body.source : (await exceptionById(db, body.exception))?.source;
    if (source === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
    await db.transaction(async (tx) => {
      if (!await breakGlass(tx, me, source, reason, GLASS_MINUTES)) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
      await appendEvent(tx, 'record-viewed', { what: 'glass-broken', by: me, source, minutes: GLASS_MINUTES });
    });
    return reply.code(204).send(null);
  });
};
