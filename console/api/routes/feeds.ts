import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readerLags } from '../../../storage/reader-lag.ts';
import { feedsOverview } from '../../../storage/overview.ts';
import type { ApiDeps } from '../deps.ts';
import { Feeds, type Feed } from '../shapes/feeds.ts';
import { problems } from '../shapes/words.ts';
import { wire } from '../wire.ts';

/** Further behind than this is far enough. */
const MOST_BEHIND = 10_000;

export const feedRoutes = ({ db }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/api/feeds', {
    schema: { tags: ['Feeds'], summary: 'Feeds with what they hold', response: { 200: Feeds, ...problems(401) } },
  }, async () => ({ feeds: (await feedsOverview(db)).map((feed) => wire(feed) as Feed), readers: wire(await readerLags(db, MOST_BEHIND)) }));
};
