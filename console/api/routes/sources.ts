import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AssayError } from '../../../terms/errors.ts';
import { sourceExists, sourcesOverview } from '../../../storage/overview.ts';
import { runGoing } from '../../../storage/runs.ts';
import type { ApiDeps } from '../deps.ts';
import { RunStarted, Sources } from '../shapes/sources.ts';
import { problems, SourceName } from '../shapes/words.ts';
import { assertFacility, facilities } from '../sign-in/guard.ts';
import { wire } from '../wire.ts';

export const sourceRoutes = ({ db, startRun }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/api/sources', {
    schema: { tags: ['Sources'], summary: 'Sources with their last run', response: { 200: Sources, ...problems(401, 403) } },
  }, async (request) => ({ sources: (await sourcesOverview(db, await facilities(db, request))).map((source) => wire({ ...source, address: shown(source.address) })) }));

  app.post('/api/sources/:name/runs', {
    schema: {
      tags: ['Sources'], summary: 'Start a run of the source',
      params: Type.Object({ name: SourceName }), response: { 202: RunStarted, ...problems(400, 401, 403, 404, 409) },
    },
  }, async (request, reply) => {
    const { name } = request.params;
    if (!await sourceExists(db, name)) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
    await assertFacility(db, request, name);
    if (await runGoing(db, name) !== undefined) throw new AssayError('ASSAY_RUN_GOING');
    const started = await startRun(name);
    request.log.info({ source: name, startedBy: started.startedBy }, 'run started from the console');
    return reply.code(202).send(started);
  });
};

/** The address without what could be a credential. */
function shown(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return address;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
