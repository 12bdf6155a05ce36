import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../sandbox/seeded-random.ts';
import { exactResourceOf } from '../../sandbox/store.ts';
import { startRun } from '../../apps/temporal/runs.ts';
import type { RunResult } from '../../workflows/messages.ts';
import { kafkaAgainstFeed } from './kafka-against-feed.ts';
import { startKafkaBroker } from './kafka-broker.ts';
import { ownServices } from './own-services.ts';
import { startProduct, type Product } from './product.ts';
import { verifyLedger } from './verify-ledger.ts';

export type Victim = 'worker' | 'postgres' | 'kafka';
export type KillTrial = {
  readonly runs: readonly (RunResult & { readonly balances: boolean; readonly kills: number; readonly leaves: number; readonly troubles: readonly string[] })[];
  readonly killed: Readonly<Record<Victim, number>>;
  /** Kills by the phase that the run was in. */
  readonly phases: Readonly<Record<string, number>>;
  /** What must be empty: versions without change, heads twice, entries twice, gaps in the sequence, what the EHR has and we do not, what the ledger's verification finds. */
  readonly wrong: Readonly<Record<string, number>>;
  readonly seconds: number;
};

/** The phases of a run, each with the milliseconds after its beginning within which a kill falls: about as long as it takes here. */
const moments = { extract: 800, land: 2_000, hydrate: 150, assess: 1_500, release: 500 };
type Phase = keyof typeof moments;
const phases = Object.keys(moments) as Phase[];

/** The two feeds of which Kafka is read when all is over: one that flags, one that holds. */
const readFeeds = ['care', 'training'] as const;

/**
 * Kills the worker, PostgreSQL and, where there is one, the Kafka broker with -9, at a random moment of
 * each phase of a run, in turn; in as many runs as that takes until `kills` were made. What is left of
 * the last run ends in peace; after each the ledger is verified.
 */
export async function killTrial(kills: number, seed: number, { kafka, tell = () => {} }: { readonly kafka: boolean; readonly tell?: (line: string) => void }): Promise<KillTrial> {
  const began = performance.now();
  const random = seededRandom(seed, 'kills');
  const services = await ownServices();
  const broker = kafka ? await startKafkaBroker() : undefined;
  const product = await startProduct(services, { sandbox: { exportSeconds: 1 }, env: broker === undefined ? {} : { KAFKA_BROKERS: broker.brokers } });
  const victims: readonly Victim[] = broker === undefined ? ['worker', 'postgres'] : ['worker', 'postgres', 'kafka'];
  const killed: Record<Victim, number> = { worker: 0, postgres: 0, kafka: 0 };
  const hits: Record<Phase, number> = { extract: 0, land: 0, hydrate: 0, assess: 0, release: 0 };
  const missed = { ...hits };
  const runs: KillTrial['runs'][number][] = [];
  let troubles = 0;
  const made = (): number => killed.worker + killed.postgres + killed.kafka;
  try {
    do {
      const before = made();
      const run = await startRun(product.temporal, product.source);
      const end = run.ended();
      end.catch(() => {}); // awaited below
      for (const phase of phases) {
        if (made() === kills || hits[phase] >= Math.ceil(kills / phases.length)) continue;
        // A phase that was over before its moment came: sooner the next time.
        if (!await momentIn(phase, run.startedBy, random.below(moments[phase] / (1 + missed[phase])))) {
          missed[phase] += 1;
          continue;
        }
        hits[phase] += 1;
        // Five phases a run, two or three victims: each phase meets each of them.
        const target = victims[made() % victims.length] ?? 'worker';
        if (target === 'worker') await product.worker.kill();
        else if (target === 'postgres') await services.killPostgres();
        else await broker?.kill().then(broker.start);
        await product.worker.start(); // also where it ended for want of its database
        killed[target] += 1;
        tell(`${made()} of ${kills}: ${target}, in ${phase}`);
      }
      const result = await end;
      const { leaves, wrong, says } = await verifyLedger(product);
      runs.push({ ...result, balances: (await product.reconciled(result.run)).balances, kills: made() - before, leaves, troubles: says });
      troubles += wrong;
      tell(`run ${result.run}: ${result.state}, ${leaves} leaves verified, ${wrong} troubles`);
      if (made() < kills) writeAgain(product, runs.length);
    } while (made() < kills);
    const wrong: Record<string, number> = { ...await whatIsWrong(product), 'found by the ledger’s verification': troubles };
    if (broker !== undefined) {
      for (const feed of readFeeds) wrong[`in Kafka not as in the feed ${feed}`] = (await kafkaAgainstFeed(product.db, broker.brokers, feed)).wrong;
    }
    return { runs, killed, phases: hits, wrong, seconds: Math.round((performance.now() - began) / 1000) };
  } finally {
    await product.stop();
    await broker?.stop();
    await services.stop();
  }

  /** Waits until the run is in the phase, and on until the moment in it. @returns false when the phase was over before that */
  async function momentIn(phase: Phase, startedBy: string, delay: number): Promise<boolean> {
    for (let until: number | undefined; ; await sleep(10)) {
      const { rows: [row] } = await services.db.query<{ phase: string }>('select phase from run where started_by = $1', [startedBy]);
      if (row === undefined) continue; // not begun
      if (row.phase === phase) until ??= performance.now() + delay;
      else if (until !== undefined || phases.indexOf(row.phase as Phase) > phases.indexOf(phase) || row.phase === 'done') return false;
      if (until !== undefined && performance.now() >= until) return true;
    }
  }
}

/** As much work for the next run: every resource written again, with a tag. */
function writeAgain({ sandbox }: Product, round: number): void {
  for (const type of sandbox.store.types()) {
    for (const version of [...sandbox.store.current(type)]) {
      const resource = exactResourceOf(version);
      const meta = typeof resource['meta'] === 'object' && resource['meta'] !== null ? resource['meta'] : {};
      sandbox.put({ ...resource, resourceType: type, id: version.id, meta: { ...meta, tag: [{ system: 'urn:fhir-assay:round', code: `${round}` }] } });
    }
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
