import type { FastifyPluginAsync } from 'fastify';
import { newestCheckpoint } from '../storage/checkpoints.ts';
import type { Queryable } from '../storage/connect.ts';
import { AssayError } from '../terms/errors.ts';
import { bundle, tile } from './tiled-log.ts';
import { TILE_WIDTH } from './verify/tiles.ts';

/** `x001/234` → 1234; `.p/17` → a width of 17. */
const PLACE = /^((?:x\d{3}\/){0,5})(\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/**
 * The log as C2SP tlog-tiles, under /ledger/log/: for witnesses, monitors and verifiers that are not ours.
 * Leaves hold ids, counts and keyed hashes only. https://c2sp.org/tlog-tiles
 */
export const tileRoutes: FastifyPluginAsync<{ db: Queryable }> = async (app, { db }) => {
  app.get('/ledger/log/checkpoint', { schema: { tags: ['Ledger'], summary: 'The newest checkpoint, a C2SP signed note', response: { 200: { type: 'string' } } } }, async (_request, reply) => {
    const newest = await newestCheckpoint(db);
    if (newest === undefined) throw new AssayError('ASSAY_LEDGER_EMPTY');
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(newest.note);
  });

  app.get<{ Params: { level: string; '*': string } }>('/ledger/log/tile/:level/*', {
    schema: {
      tags: ['Ledger'], summary: 'A tile of hashes, or a bundle of entries where the level is `entries`',
      params: { type: 'object', properties: { level: { type: 'string', pattern: '^(entries|[0-9]|[1-5][0-9]|6[0-3])$' }, '*': { type: 'string', pattern: PLACE.source } }, required: ['level', '*'] },
    },
  }, async ({ params }, reply) => {
    const [, before = '', last = '', partial] = PLACE.exec(params['*']) ?? [];
    const index = Number(`${before.replaceAll(/[x/]/g, '')}${last}`);
    const width = partial === undefined ? TILE_WIDTH : Number(partial);
    const bytes = width > TILE_WIDTH || (partial !== undefined && width === TILE_WIDTH) ? undefined
      : params.level === 'entries' ? await bundle(db, index, width) : await tile(db, Number(params.level), index, width);
    if (bytes === undefined) throw new AssayError('ASSAY_NOT_FOUND');
    return reply.type('application/octet-stream').header('cache-control', 'public, max-age=31536000, immutable').send(bytes);
  });
};
