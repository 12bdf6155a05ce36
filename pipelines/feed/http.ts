import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { appendEvent } from '../../ledger/append.ts';
import type { Database } from '../../storage/connect.ts';
import { allFeeds, feedHead, feedsNamed, recordConsumption, type Consumer, type Entry, type Feed } from '../../storage/feeds.ts';
import { AssayError } from '../../terms/errors.ts';
import { acknowledgementRoutes } from './acknowledgements.ts';
import { asyncApi } from './asyncapi.ts';
import { bearer, mayRead } from './consumers.ts';
import { contractSchema, entriesSchema, feedsSchema, structureSchema } from './http-schemas.ts';
import { watchHead } from './head-watch.ts';
import { heartbeat, line, serverSent } from './line.ts';
import { sendProblem } from './problem.ts';
import { ahead, pages, withBodies } from './read.ts';

export type FeedRoutes = {
  readonly db: Database;
  readonly appendEvent: typeof appendEvent;
  /** A resource type's structure as JSON Schema, under the profiles in force; undefined: there is no such type. */
  readonly structureOf?: (type: string) => Promise<object | undefined>;
  /** Where others reach this API, and what stands before the names of Kafka's topics. */
  readonly names?: { readonly api?: string | undefined; readonly prefix?: string | undefined };
  /** A quiet event stream says something this often. */
  readonly heartbeatMs?: number;
};
type Asked = { Params: { feed: string }; Querystring: { after: number; limit: number } };

/** GET /feeds, each feed's contract, and its entries as NDJSON or as server-sent events. */
export const feedRoutes: FastifyPluginAsync<FeedRoutes> = async (app: FastifyInstance, { db, appendEvent, structureOf = async () => undefined, names = {}, heartbeatMs = 15_000 }) => {
  const closing = new AbortController();
  const watch = watchHead(db);
  app.addHook('preClose', async () => closing.abort());
  app.setErrorHandler(sendProblem);
  await app.register(acknowledgementRoutes, { db, appendEvent });

  app.get('/feeds', { schema: feedsSchema }, async (request) => {
    const consumer = await bearer(db, request.headers.authorization);
    const head = await feedHead(db);
    const mine = (await allFeeds(db)).filter((feed) => mayRead(consumer, feed));
    return mine.map(({ name, purpose, types }) => ({ name, purpose, types, head }));
  });

  const allowed = async (request: FastifyRequest<{ Params: { feed: string } }>) => {
    const consumer = await bearer(db, request.headers.authorization);
    const [feed] = await feedsNamed(db, [request.params.feed]);
    if (feed === undefined) throw new AssayError('ASSAY_FEED_UNKNOWN');
    if (!mayRead(consumer, feed)) throw new AssayError('ASSAY_FEED_FORBIDDEN');
    return { consumer, feed };
  };

  app.get<{ Params: { feed: string } }>('/feeds/:feed/contract', { schema: contractSchema }, async (request) => {
    const { feed } = await allowed(request);
    return asyncApi({ feed, prefix: names.prefix ?? '', api: names.api ?? '' });
  });

  app.get<{ Params: { feed: string; type: string } }>('/feeds/:feed/contract/:type', { schema: structureSchema }, async (request, reply) => {
    const { feed } = await allowed(request);
    const { type } = request.params;
    const structure = feed.types?.includes(type) === false ? undefined : await structureOf(type);
    if (structure === undefined) throw new AssayError('ASSAY_FEED_TYPE_UNKNOWN');
    return reply.type('application/schema+json').send(JSON.stringify(structure));
  });

  app.get<Asked>('/feeds/:feed/entries', { schema: entriesSchema }, async (request, reply) => {
    const { consumer, feed } = await allowed(request);
    const reading = { consumer, feed, after: request.query.after };
    return wantsEvents(request) ? follow(reply, { ...reading, after: lastEventId(request) }) : list(reply, reading, request.query.limit);
  });

  type Reading = { readonly consumer: Consumer; readonly feed: Feed; readonly after: number };

  function list(reply: FastifyReply, reading: Reading, limit: number): FastifyReply {
    return stream(reply, 'application/x-ndjson', entries(reading, limit, (one) => `${line(one)}\n`));
  }

  function follow(reply: FastifyReply, reading: Reading): FastifyReply {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    // Its connection serves nothing else: a closing server need not wait for it to fall idle.
    reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').header('connection', 'close');
    return stream(reply, 'text/event-stream', live(reading, AbortSignal.any([gone.signal, closing.signal])));
  }

  async function* live(reading: Reading, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    let { after } = reading;
    let head = await feedHead(db);
    yield heartbeat(after);
    while (!signal.aborted) {
      yield* entries({ ...reading, after }, Infinity, serverSent, (last) => { after = last; });
      // Whatever was committed before the reading began has been looked at.
      after = Math.max(after, head);
      head = await watch.beyond(after, heartbeatMs, signal);
      if (head <= after) yield heartbeat(after);
    }
  }

  /** Text of the entries in order; what is about to be given is on record before it is (contract 19). */
  async function* entries(reading: Reading, limit: number, text: typeof line, reached?: (sequence: number) => void): AsyncGenerator<string, void, undefined> {
    const { purpose, types, sources } = reading.feed;
    for await (const page of ahead(pages(db, { purposes: [purpose], types, sources }, reading.after, limit))) {
      await consume(reading, page);
      for await (const some of ahead(withBodies(db, page))) yield some.map(text).join('');
      reached?.(page.at(-1)!.sequence);
    }
  }

  async function consume({ consumer, feed }: Reading, page: readonly Entry[]): Promise<void> {
    const [from, to] = [page[0]!.sequence, page.at(-1)!.sequence];
    await db.transaction(async (tx) => {
      const id = await recordConsumption(tx, consumer.id, feed.id, from, to, page.length);
      const row = { id, consumer_id: consumer.id, feed_id: feed.id, from_sequence: `${from}`, to_sequence: `${to}`, entries: page.length, via: 'http' };
      await appendEvent(tx, 'range-consumed', { consumer: consumer.id, feed: feed.id, from, to, entries: page.length },
        [{ table: 'consumption', id, source: null, patient: '', row }]);
    });
  }
};

const wantsEvents = (request: FastifyRequest): boolean => request.headers.accept?.includes('text/event-stream') ?? false;

/** Where a reconnecting EventSource goes on; else `after`. */
function lastEventId(request: FastifyRequest<Asked>): number {
  const given = request.headers['last-event-id'];
  if (given === undefined) return request.query.after;
  if (typeof given !== 'string' || !/^\d{1,15}$/.test(given)) throw new AssayError('ASSAY_FEED_QUERY_INVALID', 'Last-Event-ID');
  return Number(given);
}

/** Pulled by the client: a slow reader holds one page and no connection to the database. */
const stream = (reply: FastifyReply, type: string, text: AsyncIterable<string>): FastifyReply =>
  reply.type(`${type}; charset=utf-8`).send(Readable.from(text, { objectMode: false, highWaterMark: 256 * 1024 }));
