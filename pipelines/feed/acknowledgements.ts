import type { FastifyPluginAsync } from 'fastify';
import type { appendEvent } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import { noteNotice, openNotices } from '../../storage/amendments.ts';
import type { Database } from '../../storage/connect.ts';
import { feedHead, feedsNamed } from '../../storage/feeds.ts';
import { recordAcknowledgement } from '../../storage/retraction.ts';
import { AssayError } from '../../terms/errors.ts';
import { bearer, mayRead } from './consumers.ts';

type Deps = { readonly db: Database; readonly appendEvent: typeof appendEvent };
const security = [{ bearer: [] }];
const done = { 204: { description: 'It is on record.', type: 'null' } } as const;

/** A consumer's word that it did what a feed told it, and that it took note of an amendment: the loop closes here. */
export const acknowledgementRoutes: FastifyPluginAsync<Deps> = async (app, { db, appendEvent }) => {
  app.post<{ Params: { feed: string }; Body: { sequence: number } }>('/feeds/:feed/acknowledgements', {
    schema: {
      summary: 'Says that everything up to a sequence number was done: what was taken back is gone there', tags: ['feeds'], security,
      params: { type: 'object', properties: { feed: { type: 'string' } } },
      body: { type: 'object', required: ['sequence'], additionalProperties: false, properties: { sequence: { type: 'integer', minimum: 1 } } }, response: done,
    },
  }, async (request, reply) => {
    const consumer = await bearer(db, request.headers.authorization);
    const [feed] = await feedsNamed(db, [request.params.feed]);
    if (feed === undefined) throw new AssayError('ASSAY_FEED_UNKNOWN');
    if (!mayRead(consumer, feed)) throw new AssayError('ASSAY_FEED_FORBIDDEN');
    const { sequence } = request.body;
    if (sequence > await feedHead(db)) throw new AssayError('ASSAY_FEED_QUERY_INVALID', 'sequence');
    await db.transaction(async (tx) => {
      const id = await recordAcknowledgement(tx, consumer.id, feed.id, sequence);
      await appendEvent(tx, 'acknowledged', { consumer: consumer.id, feed: feed.id, sequence }, await coveredRows(tx, 'acknowledgement', [id]));
    });
    return reply.code(204).send();
  });

  app.get('/notices', {
    schema: {
      summary: 'Amendments that this consumer is to take note of', tags: ['feeds'], security,
      response: { 200: { description: 'Which records, which step, and what was said, which goes with the record.', type: 'array', items: { type: 'object', additionalProperties: true } } },
    },
  }, async (request) => {
    const consumer = await bearer(db, request.headers.authorization);
    return (await openNotices(db, consumer.id)).map(({ at, ...notice }) => ({ ...notice, at: at.toISOString() }));
  });

  app.post<{ Params: { id: string } }>('/notices/:id/noted', {
    schema: { summary: 'Says that note was taken', tags: ['feeds'], security, params: { type: 'object', properties: { id: { type: 'string', pattern: '^\\d{1,18}$' } } }, response: done },
  }, async (request, reply) => {
    const consumer = await bearer(db, request.headers.authorization);
    await db.transaction(async (tx) => {
      if (!await noteNotice(tx, request.params.id, consumer.id)) throw new AssayError('ASSAY_NOTICE_UNKNOWN');
      await appendEvent(tx, 'acknowledged', { consumer: consumer.id, notice: request.params.id }, await coveredRows(tx, 'amendment_notice', [request.params.id]));
    });
    return reply.code(204).send();
  });
};
