import type { Digest } from './merkle.ts';
import type { Query } from './rows.ts';
import type { Troubles } from './trouble.ts';

type Tile = { level: number; index: number; hashes: readonly Digest[] };

/** Compares the stored tiles with those built again, some at a time. */
export function compareTiles(query: Query, troubles: Troubles) {
  let waiting: Tile[] = [];
  async function compare(): Promise<void> {
    if (waiting.length === 0) return;
    const { rows } = await query<{ level: number; index: number; hashes: Buffer }>(
      `select t.level, t.index::float8 as index, t.hashes from unnest($1::int[], $2::bigint[]) as p (level, index)
         join ledger_tile t on t.level = p.level and t.index = p.index`, [waiting.map((one) => one.level), waiting.map((one) => one.index)]);
    const stored = new Map(rows.map((row) => [`${row.level}/${row.index}`, row.hashes]));
    for (const { level, index, hashes } of waiting) {
      const found = stored.get(`${level}/${index}`);
      if (found?.toString('latin1') !== hashes.join('')) {
        troubles.add({ kind: 'tile-changed', table: 'ledger_tile', row: `${level}/${index}`, says: `Tile ${level}/${index} of the stored tree is not what the events make it: one of both was changed.` });
      }
    }
    waiting = [];
  }
  return {
    full(level: number, index: number, hashes: readonly Digest[]): void { waiting.push({ level, index, hashes }); },
    compare,
    async finish(partial: readonly Tile[]): Promise<void> { waiting.push(...partial); await compare(); },
  };
}
