import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../sandbox/seeded-random.ts';
import { exactResourceOf } from '../../sandbox/store.ts';
import { startRun } from '../../apps/temporal/runs.ts';
import type { RunResult } from '../../workflows/messages.ts';
import { ownServices } from './own-services.ts';
import { startProduct, type Product } from './product.ts';

export type KillTrial = {
  readonly runs: readonly (RunResult & { readonly balances: boolean; readonly kills: number })[];
  readonly killed: { readonly worker: number; readonly postgres: number };
  /** Kills by the phase that the run was in. */
  readonly phases: Readonly<Record<string, number>>;
  /** What must be empty: versions without change, heads twice, entries twice, gaps in the sequence, what the EHR has and we do not. */
  readonly wrong: Readonly<Record<string, number>>;
  readonly seconds: number;
};

/** After the worker is back its predecessor's activities are still waited for, up to the heartbeat timeout. */
const WORKER_PAUSE_MS = 24_000;
const POSTGRES_PAUSE_MS = 5_000;

/**
 * Kills the worker or PostgreSQL with -9 at random moments until `kills` were made, in as many runs as
 * that takes; the last run is left to end in peace.
 */
export async function killTrial(kills: number, seed: number, tell: (line: string) => void = () => {}): Promise<KillTrial> {
  const began = performance.now();
  const random = seededRandom(seed, 'kills');
  const services = await ownServices();
  const product = await startProduct(services);
  const killed = { worker: 0, postgres: 0 };
  const phases: Record<string, number> = {};
  const runs: KillTrial['runs'][number][] = [];
  const made = (): number => killed.worker + killed.postgres;
  try {
    do {
      const before = made();
      let ended: RunResult | undefined;
      const end = startRun(product.temporal, product.source).then((run) => run.ended()).then((result) => { ended = result; return result; });
      end.catch(() => {}); // awaited below
      let pause = POSTGRES_PAUSE_MS;
      while (made() < kills) {
        await sleep(random.below(pause));
        if (ended !== undefined) break;
        const { rows: [run] } = await services.db.query<{ phase: string }>('select phase from run order by id desc limit 1');
        const target = random.below(2) === 0 ? 'worker' : 'postgres';
        if (target === 'worker') {
          await product.worker.kill();
          await product.worker.start();
        } else {
          await services.killPostgres();
          await product.worker.start(); // where it ended for want of its database
        }
        pause = target === 'worker' ? WORKER_PAUSE_MS : POSTGRES_PAUSE_MS;
        killed[target] += 1;
        const phase = run?.phase ?? 'not begun';
        phases[phase] = (phases[phase] ?? 0) + 1;
        tell(`${made()} of ${kills}: ${target}, while the run was in ${phase}`);
      }
      const result = await end;
      runs.push({ ...result, balances: (await product.reconciled(result.run)).balances, kills: made() - before });
      tell(`run ${result.run}: ${result.state}`);
      if (made() < kills) writeSome(product, runs.length);
    } while (made() < kills);
    return { runs, killed, phases, wrong: await whatIsWrong(product), seconds: Math.round((performance.now() - began) / 1000) };
  } finally {
    await product.stop();
    await services.stop();
  }
}

/** Work for the next run: every observation written again, with its number in a note. */
function writeSome({ sandbox }: Product, round: number): void {
  for (const version of [...sandbox.store.current('Observation')]) {
    sandbox.put({ ...exactResourceOf(version), resourceType: 'Observation', id: version.id, note: [{ text: `Round ${round}` }] });
  }
}

export async function whatIsWrong({ db, sandbox }: Pick<Product, 'db' | 'sandbox'>): Promise<Record<string, number>> {
  const count = async (statement: string): Promise<number> => (await db.query<{ n: number }>(`select count(*)::int as n from (${statement}) as one`)).rows[0]?.n ?? -1;
  const { rows: heads } = await db.query<{ type: string; id: string; size: number }>(
    'select type, logical_id as id, size from version where head and not deletion');
  const landed = new Map(heads.map(({ type, id, size }) => [`${type}/${id}`, size]));
  const served = sandbox.store.types().flatMap((type) => [...sandbox.store.current(type)]);
  return {
    'versions equal to the one before': await count(
      'select 1 from version a join version b using (source_id, type, logical_id) where b.ordinal = a.ordinal + 1 and a.hash = b.hash and a.deletion = b.deletion'),
    'gaps in a resource’s ordinals': await count('select 1 from version group by source_id, type, logical_id having max(ordinal) <> count(*)'),
    'entries twice': await count(`select 1 from feed_entry where kind = 'release' group by version_id, purpose having count(*) > 1`),
    'gaps in the sequence': await count('select max(sequence) from feed_entry having max(sequence) <> count(*)'),
    'landed and never judged': await count(
      'select 1 from version v where v.head and not v.deletion and not exists (select from verdict d where d.version_id = v.id and d.current)'),
    'at the EHR and not here': served.filter(({ type, id, bytes }) => landed.get(`${type}/${id}`) !== bytes?.length).length,
  };
}
