import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { taskById, tasksOfSource } from '../../../storage/case-tasks.ts';
import { fhirTask } from '../../../terms/case-request.ts';
import { AssayError } from '../../../terms/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { problems } from '../shapes/words.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The source whose token was sent. */
    readsFor: string;
  }
}

const MOST = 200;
const FHIR = 'application/fhir+json';
const Task = Type.Object({ resourceType: Type.Literal('Task') }, { additionalProperties: true, description: 'http://hl7.org/fhir/R4/task.html' });

const Searchset = Type.Object({
  resourceType: Type.Literal('Bundle'), type: Type.Literal('searchset'),
  entry: Type.Array(Type.Object({ resource: Task, search: Type.Object({ mode: Type.Literal('match') }) })),
});

/** What people at a source are asked for, read by the source itself: FHIR, with its own token. */
export const requestRoutes = ({ db, requestsReader }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.decorateRequest('readsFor', '');
  app.addHook('onRequest', async (request) => {
    const [, token] = /^Bearer (\S{16,})$/i.exec(request.headers.authorization ?? '') ?? [];
    const source = token === undefined ? undefined : await requestsReader(token);
    if (source === undefined) throw new AssayError('ASSAY_REQUEST_TOKEN');
    request.readsFor = source;
  });

  app.get('/fhir/Task/:id', {
    schema: {
      tags: ['FHIR'], summary: 'What the source is asked for, as a FHIR Task', params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      response: { 200: { description: 'The Task', content: { [FHIR]: { schema: Task } } }, ...problems(400, 401, 404) },
    },
  }, async (request, reply) => {
    const task = await taskById(db, request.params.id);
    if (task === undefined || task.source !== request.readsFor) throw new AssayError('ASSAY_NOT_FOUND');
    return reply.type(FHIR).send(fhirTask(task));
  });

  app.get('/fhir/Task', {
    schema: {
      tags: ['FHIR'], summary: 'What the source is asked for, newest first',
      querystring: Type.Object({
        status: Type.Optional(Type.Enum(['requested', 'completed', 'cancelled'], { type: 'string' })),
        _count: Type.Integer({ minimum: 1, maximum: MOST, default: 50 }),
      }, { additionalProperties: false }),
      response: { 200: { description: 'A searchset', content: { [FHIR]: { schema: Searchset } } }, ...problems(400, 401) },
    },
  }, async (request, reply) => {
    const tasks = await tasksOfSource(db, request.readsFor, request.query.status, request.query._count);
    return reply.type(FHIR).send({ resourceType: 'Bundle', type: 'searchset', entry: tasks.map((task) => ({ resource: fhirTask(task), search: { mode: 'match' } } as const)) } as const);
  });
};
