import type { Queryable } from './connect.ts';

export type LedgerKey = { leaf: number; key: string; before: string | null; at: string };

/** The keys that the log named as its own, oldest first. */
export async function ledgerKeys(db: Queryable): Promise<LedgerKey[]> {
  const { rows } = await db.query<{ leaf: number; body: Buffer }>(
    `select leaf::float8 as leaf, body from event where kind = 'ledger-key' and leaf is not null order by leaf`);
  return rows.map(({ leaf, body }) => {
    const { key, before = null, at } = JSON.parse(body.toString('utf8')) as { key: string; before?: string; at: string };
    return { leaf, key, before, at };
  });
}

export const newestKey = async (db: Queryable): Promise<LedgerKey | undefined> => (await ledgerKeys(db)).at(-1);
