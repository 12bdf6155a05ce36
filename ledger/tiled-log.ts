import { newestCheckpoint } from '../storage/checkpoints.ts';
import type { Queryable } from '../storage/connect.ts';
import { leafBodies, tilesAt } from '../storage/ledger.ts';
import { encodeBundle, HASH_BYTES, TILE_WIDTH, tilePath, tilesOf, tileWidth } from './verify/tiles.ts';

/** A tile as it was when it had this many hashes; undefined where the tree has less. */
export async function tile(db: Queryable, level: number, index: number, width: number): Promise<Buffer | undefined> {
  const [stored] = await tilesAt(db, [{ level, index }]);
  return stored === undefined || stored.hashes.length < width * HASH_BYTES ? undefined : stored.hashes.subarray(0, width * HASH_BYTES);
}

/** The entries under a tile of level 0. */
export async function bundle(db: Queryable, index: number, width: number): Promise<Buffer | undefined> {
  const entries = await leafBodies(db, index * TILE_WIDTH, index * TILE_WIDTH + width);
  return entries.length < width ? undefined : encodeBundle(entries);
}

/** The log under its newest checkpoint as files of C2SP tlog-tiles: path and bytes. Nothing before the first checkpoint. */
export async function* logFiles(db: Queryable): AsyncGenerator<{ path: string; bytes: Buffer }> {
  const checkpoint = await newestCheckpoint(db);
  if (checkpoint === undefined) return;
  const { size, note } = checkpoint;
  for (const { level, index, width } of tilesOf(size)) {
    const bytes = await tile(db, level, index, width);
    if (bytes !== undefined) yield { path: tilePath(level, index, width), bytes };
  }
  for (let index = 0; tileWidth(0, index, size) > 0; index++) {
    const width = tileWidth(0, index, size);
    const bytes = await bundle(db, index, width);
    if (bytes !== undefined) yield { path: tilePath('entries', index, width), bytes };
  }
  // Last: whoever finds it finds what it signs.
  yield { path: 'checkpoint', bytes: Buffer.from(note) };
}
