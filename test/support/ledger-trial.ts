import { setTimeout as sleep } from 'node:timers/promises';
import { readAnchors } from '../../ledger/anchors/file-anchor.ts';
import { asQuery } from '../../ledger/as-query.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { verifyStore } from '../../ledger/verify/store.ts';
import type { Trouble } from '../../ledger/verify/trouble.ts';
import { seededRandom } from '../../sandbox/seeded-random.ts';
import type { Database } from '../../storage/connect.ts';
import { ledgerHistory, type LedgerHistory } from './ledger-history.ts';
import { tampers } from './tampering.ts';

/** A migrated database of one's own, as often as asked. */
export type FreshDatabase = () => Promise<{ readonly db: Database; drop(): Promise<void> }>;

class Undo extends Error {}

export type TamperTrial = { readonly tried: number; readonly missed: readonly string[] };

/** So many random tamperings, each in a transaction that is rolled back, over random honest histories. */
export async function tamperTrial(fresh: FreshDatabase, count: number, seed: number, each = 20): Promise<TamperTrial> {
  const random = seededRandom(seed, 'tampering').share;
  const missed: string[] = [];
  let tried = 0;
  while (tried < count) {
    const { db, drop } = await fresh();
    const ledger = await ledgerHistory(db, seed * 1_000 + tried, 8);
    const remembered = await readAnchors(ledger.anchorFile);
    for (let n = 0; n < each && tried < count;) {
      await db.transaction(async (tx) => {
        const done = await tampers[Math.floor(random() * tampers.length)]!(tx, random);
        if (done === undefined) throw new Undo();
        [n, tried] = [n + 1, tried + 1];
        const { troubles } = await verifyStore({ query: asQuery(tx), remembered });
        const found = troubles.some((one) => done.found.includes(one.kind) && (done.table === undefined || (one.table === done.table && one.row === done.row)));
        if (!found) missed.push(done.says);
        throw new Undo();
      }).catch((error: unknown) => { if (!(error instanceof Undo)) throw error; });
    }
    await ledger.remove();
    await drop();
  }
  return { tried, missed };
}

export type HonestTrial = { readonly histories: number; readonly crashes: number; readonly alarms: readonly Trouble[] };

/** Random honest histories whose connections are cut at random moments: what was not committed is gone, and nothing is an alarm. */
export async function honestTrial(fresh: FreshDatabase, count: number, seed: number, steps = 8): Promise<HonestTrial> {
  const random = seededRandom(seed, 'crashes').share;
  const alarms: Trouble[] = [];
  let crashes = 0;
  for (let n = 0; n < count; n++) {
    const { db, drop } = await fresh();
    const ledger = await ledgerHistory(db, seed * 1_000 + n, 1);
    for (let step = 0; step < steps; step++) if (await crashing(db, ledger, random)) crashes++;
    await makeCheckpoint(ledger.signing);
    alarms.push(...(await verifyStore({ query: asQuery(db), remembered: await readAnchors(ledger.anchorFile) })).troubles);
    await ledger.remove();
    await drop();
  }
  return { histories: count, crashes, alarms };
}

/** @returns whether the step was cut short */
async function crashing(db: Database, ledger: LedgerHistory, random: () => number): Promise<boolean> {
  const working = ledger.step().then(() => false, () => true);
  await sleep(random() * 60);
  await db.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()').catch(() => {});
  const cut = await working;
  // The pool notices connections that were cut while they rested one by one.
  for (let good = 0; good < 10;) good = await db.query('select 1').then(() => good + 1, () => 0);
  return cut;
}
