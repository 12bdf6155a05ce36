import type { Tx } from './connect.ts';

/** Ids for rows to come, so that what follows can name them; those that are not used stay gaps. */
export async function reserveIds(tx: Tx, table: 'version' | 'verdict', count: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select nextval((select pg_get_serial_sequence($2, 'id'))::regclass) as id from generate_series(1, $1)`, [count, table]);
  return rows.map((row) => row.id);
}
