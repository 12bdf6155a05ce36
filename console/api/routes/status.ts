import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AssayError, errors } from '../../../terms/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { Trouble } from '../shapes/runs.ts';
import { Status } from '../shapes/status.ts';
import { problems } from '../shapes/words.ts';
import { trouble } from '../trouble.ts';

export const statusRoutes = ({ health }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/api/status', {
    schema: { tags: ['Status'], summary: 'Each part’s address and health', response: { 200: Status, ...problems(401) } },
  }, async () => {
    const parts = await health();
    return { healthy: parts.every((part) => part.state !== 'down'), parts: [...parts] };
  });

  app.get('/api/errors/:code', {
    schema: {
      tags: ['Status'], summary: 'What an error’s code means, and what to do',
      params: Type.Object({ code: Type.String({ maxLength: 100 }) }), response: { 200: Trouble, ...problems(400, 404) },
    },
  }, async ({ params: { code } }) => {
    if (!Object.hasOwn(errors, code)) throw new AssayError('ASSAY_NOT_FOUND');
    return trouble(code);
  });
};
