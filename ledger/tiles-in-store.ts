import type { Queryable } from '../storage/connect.ts';
import { tilesAt } from '../storage/ledger.ts';
import { nodesOfTiles } from './verify/tiles.ts';
import type { NodeSource } from './verify/tree.ts';

/** Nodes of the tree out of the stored tiles. */
export const nodesInStore = (db: Queryable): NodeSource => nodesOfTiles(async (level, index) =>
  (await tilesAt(db, [{ level, index }]))[0]?.hashes ?? Buffer.alloc(0));
