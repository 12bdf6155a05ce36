import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AssayError } from '../../../terms/errors.ts';
import { reconciliation, type Reconciliation } from '../../../storage/reconciliation.ts';
import { quarantineReasons, runDetail, runs, runTypes, type RunSummary } from '../../../storage/runs.ts';
import type { ApiDeps } from '../deps.ts';
import { sharedAnswers } from '../shared-answer.ts';
import { RunDetail, Runs, type Run } from '../shapes/runs.ts';
import { problems, RowId, SourceName } from '../shapes/words.ts';
import { assertFacility, facilities } from '../sign-in/guard.ts';
import { trouble } from '../trouble.ts';
import { wire } from '../wire.ts';

const toRun = ({ errorCode, ...run }: RunSummary): Run => ({ ...wire(run), trouble: trouble(errorCode) });

export const runRoutes = ({ db }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  // 0.7 s for 55,000 versions: many may watch one run. A run that ended is never answered from before its end.
  const shared = sharedAnswers<Reconciliation>();

  app.get('/api/runs', {
    schema: {
      tags: ['Runs'], summary: 'Runs, newest first',
      querystring: Type.Object({
        source: Type.Optional(SourceName), before: Type.Optional(RowId),
        limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      }, { additionalProperties: false }),
      response: { 200: Runs, ...problems(400, 401, 403) },
    },
  }, async (request) => {
    const { limit, source, before } = request.query;
    const page = await runs(db, limit, { source, before, facilities: await facilities(db, request) });
    return { runs: page.map(toRun), next: page.length === limit ? page.at(-1)?.id ?? null : null };
  });

  app.get('/api/runs/:id', {
    schema: {
      tags: ['Runs'], summary: 'A run with live counts and its reconciliation',
      params: Type.Object({ id: RowId }), response: { 200: RunDetail, ...problems(400, 401, 403, 404) },
    },
  }, async (request) => {
    const { id } = request.params;
    const found = await runDetail(db, id);
    if (found === undefined) throw new AssayError('ASSAY_RUN_UNKNOWN');
    await assertFacility(db, request, found.source);
    const { asOf, transactionTime, errorDetail, files, partitions, asked: _, ...run } = found;
    return {
      ...toRun(run), files, partitions, ...wire({ asOf, transactionTime }), detail: errorDetail,
      types: (await runTypes(db, id)).map(({ errorCode, ...type }) => ({ ...type, trouble: trouble(errorCode) })),
      quarantine: (await quarantineReasons(db, id)).map(({ errorCode, lines }) => ({ lines, trouble: trouble(errorCode) })),
      reconciliation: wire(await shared(`${id} ${found.state}`, () => reconciliation(db, id))),
    };
  });
};
