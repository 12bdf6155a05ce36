import type { Queryable, Tx } from './connect.ts';

/** How far the tree is. @param origin null before the first checkpoint */
export type LedgerHead = { origin: string | null; size: number };

/** The tree's head, locked: until the transaction ends nobody else adds leaves. */
export async function lockLedger(tx: Tx): Promise<LedgerHead> {
  const { rows: [row] } = await tx.query<LedgerHead>('select origin, size::float8 as size from ledger for update');
  if (row === undefined) throw new Error('the ledger has no head row');
  return row;
}

export async function moveLedger(tx: Tx, head: LedgerHead): Promise<void> {
  await tx.query('update ledger set origin = $1, size = $2', [head.origin, head.size]);
}

export async function ledgerHead(db: Queryable): Promise<LedgerHead> {
  const { rows: [row] } = await db.query<LedgerHead>('select origin, size::float8 as size from ledger');
  return row ?? { origin: null, size: 0 };
}

export type WaitingEvent = { id: string; body: Buffer; touches: Buffer | null };

export async function isWaiting(db: Queryable): Promise<boolean> {
  return (await db.query('select from event where leaf is null limit 1')).rowCount === 1;
}

/** Committed events that are no leaves yet. */
export async function waitingEvents(tx: Tx, limit: number): Promise<WaitingEvent[]> {
  const { rows } = await tx.query<WaitingEvent>('select id, body, touches from event where leaf is null order by id limit $1', [limit]);
  return rows;
}

/** The events are the leaves from `first` on. */
export async function placeLeaves(tx: Tx, first: number, events: readonly { id: string }[]): Promise<void> {
  await tx.query(
    `update event e set leaf = $1 + placed.n - 1, touches = null
       from unnest($2::bigint[]) with ordinality as placed (id, n) where e.id = placed.id`, [first, events.map((event) => event.id)]);
}

export type StoredTile = { level: number; index: number; hashes: Buffer };

/** The last tile of each level, where it is not full. @param size of the tree @param indices by level */
export async function tilesAt(db: Queryable, places: readonly { level: number; index: number }[]): Promise<StoredTile[]> {
  const { rows } = await db.query<StoredTile>(
    `select t.level, t.index::float8 as index, t.hashes from unnest($1::int[], $2::bigint[]) as p (level, index)
       join ledger_tile t on t.level = p.level and t.index = p.index`,
    [places.map((place) => place.level), places.map((place) => place.index)]);
  return rows;
}

export async function writeTiles(tx: Tx, tiles: readonly StoredTile[]): Promise<void> {
  await tx.query(
    `insert into ledger_tile (level, index, hashes) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])
     on conflict (level, index) do update set hashes = excluded.hashes`,
    [tiles.map((tile) => tile.level), tiles.map((tile) => tile.index), tiles.map((tile) => tile.hashes)]);
}

export async function leafBodiesAt(db: Queryable, leaves: readonly number[]): Promise<Map<number, Buffer>> {
  const { rows } = await db.query<{ leaf: number; body: Buffer }>('select leaf::float8 as leaf, body from event where leaf = any($1)', [leaves]);
  return new Map(rows.map((row) => [row.leaf, row.body]));
}

/** Bodies of the leaves from one index to before another, in order. */
export async function leafBodies(db: Queryable, from: number, to: number): Promise<Buffer[]> {
  const { rows } = await db.query<{ body: Buffer }>('select body from event where leaf >= $1 and leaf < $2 order by leaf', [from, to]);
  return rows.map((row) => row.body);
}
