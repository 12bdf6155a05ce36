import Fastify from 'fastify';
import { appendEvent } from '../../ledger/append.ts';
import { createConsumer } from '../../pipelines/feed/consumers.ts';
import { feedRoutes } from '../../pipelines/feed/http.ts';
import type { Database } from '../../storage/connect.ts';

/** An entry as a consumer reads it. */
export type FeedLine = {
  sequence: number; kind: 'release' | 'retraction' | 'stale'; source: string; type: string; id: string; hash: string;
  flags: string[]; value?: string; withdrawn?: true; reason?: string; about?: number;
};

/** Reads a feed over HTTP as a consumer with a token does; the server lives for the one reading. */
export async function readFeed(db: Database, feed: string, after = 0): Promise<FeedLine[]> {
  const { token } = await createConsumer({ db, appendEvent }, { name: `reader-${crypto.randomUUID()}`, feeds: [feed] });
  const app = Fastify({ forceCloseConnections: true });
  try {
    await app.register(feedRoutes, { db, appendEvent });
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const lines: FeedLine[] = [];
    for (let from = after, page: FeedLine[] = []; ; from = page.at(-1)?.sequence ?? from) {
      const answer = await fetch(`${address}/feeds/${feed}/entries?after=${from}&limit=10000`, { headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(`the feed answered ${answer.status}`);
      page = (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as FeedLine);
      if (page.length === 0) return lines;
      lines.push(...page);
    }
  } finally {
    await app.close();
  }
}
