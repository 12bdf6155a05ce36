import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { releasedByDay, waitingByAge } from '../../../storage/pictures.ts';
import { AssayError } from '../../../terms/errors.ts';
import { dayStarts, type StartingDay } from '../day-starts.ts';
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
    schema: {
      tags: ['Governance'], summary: 'Waiting cases by age and due date, releases by day and purpose',
      querystring: Type.Object({ zone: Type.String({ default: 'UTC', maxLength: 64, description: 'The time zone whose days are counted, by its IANA name.' }) }, { additionalProperties: false }),
      response: { 200: Pictures, ...problems(400, 401, 403) },
    },
  }, async (request) => {
    const mine = await facilities(db, request);
    const { zone } = request.query;
    const days = lastDays(zone);
    return shared(JSON.stringify([mine, zone]), async () => ({ days: days.map((one) => one.day), waiting: await waitingByAge(db, mine), released: await releasedByDay(db, days, mine) }));
  });
};

/** @throws AssayError ASSAY_REQUEST_INVALID where there is no such zone */
function lastDays(zone: string): StartingDay[] {
  try {
    return dayStarts(zone, DAYS, new Date());
  } catch (error) {
    throw error instanceof RangeError ? new AssayError('ASSAY_REQUEST_INVALID', 'zone') : error;
  }
}
