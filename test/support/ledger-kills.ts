import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProcess, type OwnedProcess } from '../../apps/services/owned-process.ts';
import { freePort } from '../../apps/services/free-port.ts';
import { appendEvent } from '../../ledger/append.ts';
import { fileAnchor, readAnchors } from '../../ledger/anchors/file-anchor.ts';
import { settleKey } from '../../ledger/anchors/key-file.ts';
import { asQuery } from '../../ledger/as-query.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { verifyStore } from '../../ledger/verify/store.ts';
import { createConsumer } from '../../pipelines/feed/consumers.ts';
import { ensureFeeds } from '../../pipelines/feed/feeds.ts';
import { seededRandom } from '../../sandbox/seeded-random.ts';
import { connect } from '../../storage/connect.ts';
import { migrate } from '../../storage/migrate.ts';
import { ownPostgres } from './own-services.ts';
import { makeScratch } from './scratch.ts';

const parts = ['stages', 'sequencer', 'api'] as const;
export type Killed = (typeof parts)[number] | 'postgres';
export type LedgerKills = {
  readonly killed: Readonly<Record<Killed, number>>;
  readonly leaves: number;
  /** Of them at the last kill: the load went on between kills. */
  readonly checkpoints: number; readonly consumed: number;
  /** What must be empty: what the verification finds, against every checkpoint that was ever anchored. */
  readonly troubles: readonly string[];
  /** Events that are no leaf after all; must be 0. */
  readonly waiting: number;
};

/**
 * Kills the stages, the sequencer, the API and PostgreSQL with -9 at random moments while all of them work; then the log
 * is verified against the facts and the anchors.
 */
export async function ledgerKills(kills: number, seed: number, tell: (line: string) => void = () => {}): Promise<LedgerKills> {
  const random = seededRandom(seed, 'ledger-kills');
  const folder = await makeScratch('ledger-kills');
  const postgres = await ownPostgres(folder.path);
  const db = connect(postgres.url, { connections: 3 });
  await migrate(db);
  await ensureFeeds(db);
  const { token } = await createConsumer({ db, appendEvent }, { name: 'reader', feeds: ['care'] });
  const port = await freePort();
  const start = (part: (typeof parts)[number]): OwnedProcess => startProcess(process.execPath, [join(import.meta.dirname, 'ledger-process.ts'), part, postgres.url, folder.path, `${port}`], { log: join(folder.path, `${part}.log`) });
  const running = new Map(parts.map((part) => [part, start(part)]));
  const ended = new AbortController();
  const reading = readOn(`http://127.0.0.1:${port}/feeds/care`, token, ended.signal);
  const killed: Record<Killed, number> = { stages: 0, sequencer: 0, api: 0, postgres: 0 };
  const victims: readonly Killed[] = [...parts, 'postgres'];
  const count = async (sql: string): Promise<number> => (await db.query<{ n: number }>(sql)).rows[0]?.n ?? 0;
  try {
    for (let made = 0; made < kills; made++) {
      await workGoesOn(count);
      await sleep(random.below(400));
      const victim = victims[made % victims.length]!;
      if (victim === 'postgres') await postgres.kill();
      else process.kill(running.get(victim)!.pid, 'SIGKILL');
      killed[victim] += 1;
      // Those that PostgreSQL's death ended are started again as well, as what looks after processes does.
      for (const part of parts) {
        for (let tries = 0; part === victim && running.get(part)!.running() && tries < 200; tries++) await sleep(10);
        if (!running.get(part)!.running()) running.set(part, start(part));
      }
      tell(`${made + 1} of ${kills}: ${victim}`);
    }
    await workGoesOn(count);
    for (const part of parts) process.kill(running.get(part)!.pid, 'SIGKILL');
    ended.abort();
    await reading;
    const anchorFile = join(folder.path, 'checkpoints.jsonl');
    await makeCheckpoint({ db, key: await settleKey(join(folder.path, 'key.pem')), anchors: [fileAnchor(anchorFile)] });
    const remembered = await readAnchors(anchorFile);
    const { size, troubles } = await verifyStore({ query: asQuery(db), remembered });
    return {
      killed, leaves: size, checkpoints: remembered.length, consumed: await count('select count(*)::int as n from consumption'),
      troubles: troubles.map(({ says }) => says), waiting: await count('select count(*)::int as n from event where leaf is null'),
    };
  } finally {
    ended.abort();
    for (const one of running.values()) await one.stop();
    await db.close();
    await postgres.stop();
    await folder.remove();
  }
}

/** Until something more was released and became a leaf: a kill of what stands still proves nothing. */
async function workGoesOn(count: (sql: string) => Promise<number>): Promise<void> {
  const seen = () => Promise.all([count('select n::int from feed_head'), count('select size::int as n from ledger')]).catch(() => [0, 0] as const);
  const [entries, leaves] = await seen();
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(20)) {
    const [now, placed] = await seen();
    if (now > entries && placed > leaves) return;
  }
  throw new Error('nothing goes on any more');
}

/** Reads the feed from its beginning and acknowledges, again and again, whoever dies. */
async function readOn(feed: string, token: string, signal: AbortSignal): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  for (let after = 0; !signal.aborted; await sleep(20)) {
    await fetch(`${feed}/entries?after=${after}&limit=50`, { headers, signal }).then(async (answer) => {
      const last = (await answer.text()).trim().split('\n').at(-1) ?? '';
      after = last === '' ? 0 : (JSON.parse(last) as { sequence: number }).sequence;
      await fetch(`${feed}/acknowledgements`, { method: 'POST', signal, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ sequence: Math.max(1, after) }) });
    }).catch(() => {});
  }
}
