import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { changePolicy } from '../../apps/product/change-policy.ts';
import { policySeed } from '../../apps/policy-file.ts';
import { freePort } from '../../apps/services/free-port.ts';
import { startIdentityProvider } from '../../sandbox/identity-provider.ts';
import { purposes } from '../../terms/purpose.ts';
import { heldCase, view } from './held-cases.ts';
import { makeScratch } from './scratch.ts';
import type { ProductServices } from './product.ts';
import { signedInVisitor, type Visitor } from './sign-in.ts';
import { apiProcess, workerProcess } from './worker-process.ts';

/** One case whose decision a kill fell into; `wrong`: what is not as it must be, empty where all is. */
export type KilledStep = { readonly step: string; readonly wrong: readonly string[] };

const UNDO_SECONDS = 3;
const PATIENCE_MS = 60_000;
const decided = view();

/**
 * kill -9 of the worker and of the API in each step of a decision and of its reversal. A step is held open by locks that the
 * trial takes in PostgreSQL, so that the kill falls into it for certain; what follows a commit is caught by looking often.
 */
export async function decisionKills(services: ProductServices, tell: (line: string) => void = () => {}): Promise<KilledStep[]> {
  const { db } = services;
  const home = await makeScratch('decisions');
  const port = await freePort();
  const provider = await startIdentityProvider({ redirectUris: [`http://127.0.0.1:${port}/auth/callback`] });
  const place = { ...services, home: home.path, env: { ASSAY_LOG: 'error', OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.clientId } };
  const [worker, api] = [await workerProcess(place), await apiProcess(place, port)];
  const results: KilledStep[] = [];
  try {
    await changePolicy(db, { ...policySeed, undoSeconds: UNDO_SECONDS }, 'trial');
    await Promise.all([worker.start(), api.start()]);
    const mara = await signedInVisitor(api.url, 'mara');
    await beforeAndInWindow(mara);
    await whileActingAndReleasing(mara);
    await after('act on record, its answer not yet given', mara, (one) => one.clicked(), 'case_event');
    await after('in the feed, its step not yet answered', mara, (one) => one.clicked(), 'feed_entry');
    await reversed(mara);
    await apiKilled(mara);
    return results;
  } finally {
    await worker.stop();
    await api.stop();
    await provider.stop();
    await home.remove();
  }

  type Case = { exception: string; source: string; clicked(): Promise<number>; decision: string };
  /** A case, and the click that decides it; clicked again it is the same click, until the API answers. */
  async function newCase(who: Visitor): Promise<Case> {
    const { exception, source } = await heldCase(db, ['a', 'b']);
    const command = randomUUID();
    return {
      exception, source, decision: command,
      clicked: () => untilAnswered(() => who.act(exception, { act: 'decide', view: decided }, { command })),
    };
  }

  async function beforeAndInWindow(who: Visitor): Promise<void> {
    const [inWindow, before] = [await newCase(who), await newCase(who)];
    await inWindow.clicked();
    await worker.kill();
    const click = before.clicked();
    await sleep(UNDO_SECONDS * 1000);
    await worker.start();
    await click;
    await settled('worker: in the undo window', inWindow);
    await settled('worker: before the update is accepted', before);
  }

  async function whileActingAndReleasing(who: Visitor): Promise<void> {
    const [acting, releasing] = [await newCase(who), await newCase(who)];
    await releasing.clicked();
    const [onCase, onFeed] = [await lock(`select from exception where id = ${acting.exception} for no key update`), await lock('select from feed_head for update')];
    const click = acting.clicked();
    await waiting(2);
    await worker.kill();
    await Promise.all([onCase(), onFeed()]);
    await worker.start();
    await click;
    await settled('worker: while the act is being done', acting);
    await settled('worker: while releasing, before the feed entry', releasing);
  }

  /** Killed as soon as a row of the case is committed. */
  async function after(step: string, who: Visitor, act: (one: Case) => Promise<number>, table: 'case_event' | 'feed_entry'): Promise<void> {
    const one = await newCase(who);
    const click = act(one);
    await committed(one, table, 1);
    await worker.kill();
    await worker.start();
    await click;
    await settled(`worker: ${step}`, one);
  }

  async function reversed(who: Visitor): Promise<void> {
    const [during, afterwards] = [await newCase(who), await newCase(who)];
    for (const one of [during, afterwards]) { await one.clicked(); await released(one); }
    await who.openSigning();
    const reversal = (one: Case): Promise<number> => {
      const command = randomUUID();
      return untilAnswered(() => who.act(one.exception, { act: 'reverse', decision: one.decision, reason: 'It was the wrong patient.' }, { command, signature: { meaning: 'I take this back.' } }));
    };
    const onFeed = await lock('select from feed_head for update');
    const first = reversal(during);
    await waiting(1);
    await worker.kill();
    await onFeed();
    await worker.start();
    await first;
    await settled('worker: at a reversal, before its retraction', during, true);
    await who.openSigning();
    const second = reversal(afterwards);
    await committed(afterwards, 'feed_entry', 2);
    await worker.kill();
    await worker.start();
    await second;
    await settled('worker: at a reversal, after its retraction', afterwards, true);
  }

  async function apiKilled(who: Visitor): Promise<void> {
    const [inWindow, unwritten, acting, unasked] = [await newCase(who), await newCase(who), await newCase(who), await newCase(who)];
    await inWindow.clicked();
    // The row of an act refers to its case; the act itself locks the case more weakly than that.
    const unlock = [await lock(`select from exception where id = ${unwritten.exception} for update`), await lock(`select from exception where id = ${acting.exception} for no key update`)];
    const clicks = [unwritten.clicked(), acting.clicked()];
    await waiting(2);
    process.kill(worker.pid(), 'SIGSTOP');
    clicks.push(unasked.clicked());
    await committed(unasked, 'case_command', 1);
    await api.kill();
    process.kill(worker.pid(), 'SIGCONT');
    await Promise.all(unlock.map((done) => done()));
    await api.start();
    await Promise.all(clicks);
    await settled('API: in the undo window', inWindow);
    await settled('API: before the act is on record', unwritten);
    await settled('API: while the act is being done', acting);
    await settled('API: after the act is on record, before its update is accepted', unasked);
  }

  /** @returns what lets go of it */
  async function lock(statement: string): Promise<() => Promise<void>> {
    const client: pg.PoolClient = await db.pool.connect();
    await client.query('begin');
    await client.query(statement);
    return async () => { await client.query('rollback'); client.release(); };
  }

  /** Until so many of the product's transactions wait for a lock. */
  function waiting(count: number): Promise<void> {
    return until(async () => (await db.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rows[0]!.n >= count);
  }

  async function committed({ exception, source }: Case, table: 'case_event' | 'case_command' | 'feed_entry', groups: number): Promise<void> {
    const statement = table === 'feed_entry'
      ? `select count(distinct e.kind)::int as n from feed_entry e join source s on s.id = e.source_id where s.name = $1` : `select count(*)::int as n from ${table} where exception_id = $1`;
    await until(async () => (await db.query<{ n: number }>(statement, [table === 'feed_entry' ? source : exception])).rows[0]!.n >= groups, 1);
  }

  function released(one: Case): Promise<void> {
    return until(async () => (await db.query('select from decision where id = $1 and settled_at is not null', [one.decision])).rowCount === 1);
  }

  /** What must be true once everything is up again: decided once, released once, taken back once where it was reversed. */
  async function settled(step: string, one: Case, takenBack = false): Promise<void> {
    await released(one);
    const count = async (statement: string, value: unknown): Promise<number> => (await db.query<{ n: number }>(statement, [value])).rows[0]?.n ?? -1;
    const entries = (kind: string): Promise<number> => count(`select count(*)::int as n from feed_entry e join source s on s.id = e.source_id where s.name = $1 and e.kind = '${kind}'`, one.source);
    const events = (kind: string): Promise<number> => count(`select count(*)::int as n from case_event where exception_id = $1 and kind = '${kind}'`, one.exception);
    const facts: [string, number, number][] = [
      ['decisions', await count('select count(*)::int as n from decision where exception_id = $1', one.exception), 1],
      ['decided', await events('decided'), 1], ['took effect', await events('took-effect'), 1], ['reversed', await events('reversed'), takenBack ? 1 : 0],
      ['numbers of events that lack', await count('select coalesce(max(n), 0) - count(*)::int as n from case_event where exception_id = $1', one.exception), 0],
      ['released entries', await entries('release'), 2 * purposes.length], ['retractions', await entries('retraction'), takenBack ? 2 * purposes.length : 0],
      ['acts without an answer', await count('select count(*)::int as n from case_command where exception_id = $1 and outcome is null', one.exception), 0],
    ];
    const wrong = facts.filter(([, found, wanted]) => found !== wanted).map(([what, found, wanted]) => `${what}: ${found}, not ${wanted}`);
    results.push({ step, wrong });
    tell(`${step}: ${wrong.length === 0 ? 'once' : wrong.join('; ')}`);
  }
}

/** As a browser does that lost its connection: the same click again. @returns the status */
async function untilAnswered(click: () => Promise<{ status: number }>): Promise<number> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(200)) {
    const status = await click().then((answer) => answer.status, () => 0);
    if ((status !== 0 && status < 500) || Date.now() > end) return status;
  }
}

async function until(holds: () => Promise<boolean>, everyMs = 20): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !await holds(); await sleep(everyMs)) if (Date.now() > end) throw new Error('what was waited for did not come');
}
