import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { releasedByDay, waitingByAge } from '../../../storage/pictures.ts';
import type { ApiDeps } from '../deps.ts';
import { sharedAnswers } from '../shared-answer.ts';
import { Pictures } from '../shapes/overview.ts';
import { problems } from '../shapes/words.ts';
import { facilities } from '../sign-in/guard.ts';

const DAYS = 14;

/** What the overview draws: how much waits and since when, how much left. */
export const overviewRoutes = ({ db }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  const shared = sharedAnswers<Pictures>();
  app.get('/api/overview', {
    schema: { tags: ['Governance'], summary: 'Waiting cases by age and due date, releases by day and purpose', response: { 200: Pictures, ...problems(401, 403) } },
  }, async (request) => {
    const mine = await facilities(db, request);
    return shared(JSON.stringify(mine), async () => ({ days: DAYS, waiting: await waitingByAge(db, mine), released: await releasedByDay(db, DAYS, mine) }));
  });
};
