import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The console's own addresses; the page reads the rest of the way itself. (`/feeds` is the feed's.) */
const screens = ['/', '/queue', '/queue/:id', '/runs', '/runs/:id', '/published', '/lineage', '/audit', '/audit/proofs', '/audit/retractions', '/audit/amendments', '/audit/keeping', '/audit/disclosures', '/desk', '/policy', '/oversight', '/quality', '/rules', '/packet/:id'];

/** Serves the built page: hashed assets for a year, the document always fresh. */
export async function servePage(app: FastifyInstance, webRoot: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(webRoot, 'assets'), prefix: '/assets/', index: false, immutable: true, maxAge: '365d',
  });
  for (const screen of screens) {
    app.get(screen, { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(await readFile(join(webRoot, 'index.html'))));
  }
}
