import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAnchors } from '../../ledger/anchors/file-anchor.ts';
import { asQuery } from '../../ledger/as-query.ts';
import { verifyStore } from '../../ledger/verify/store.ts';
import type { Product } from './product.ts';

export type LedgerAtRest = {
  readonly leaves: number;
  /** What must be 0: events that became no leaf, and what the verification finds. */
  readonly wrong: number;
  /** The first of it, in words. */
  readonly says: readonly string[];
};

/** A worker killed and started again takes its place within this time. */
const SEQUENCED_MS = 30_000;

/** The ledger of a product whose run has ended: every event a leaf, and the store as its own verification sees it, against the anchor file. */
export async function verifyLedger({ db, home }: Pick<Product, 'db' | 'home'>): Promise<LedgerAtRest> {
  const waiting = async (): Promise<number> => (await db.query<{ n: number }>('select count(*)::int as n from event where leaf is null')).rows[0]?.n ?? -1;
  for (const end = Date.now() + SEQUENCED_MS; Date.now() < end && await waiting() > 0;) await sleep(100);
  const left = await waiting();
  const remembered = await readAnchors(join(home, 'anchors', 'checkpoints.jsonl'));
  const { size, troubles, troubleCount } = await db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    return verifyStore({ query: asQuery(tx), remembered });
  });
  return { leaves: size, wrong: left + troubleCount, says: [...left > 0 ? [`${left} events are no leaves`] : [], ...troubles.map(({ says }) => says)].slice(0, 5) };
}
