/**
 * How long after the end of the undo window a decision is in the feed, how many decisions a second go through, and whether many
 * reviewers on one queue ever decide twice: `npm run bench -- decisions [reviewers]`. Prints a table.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection } from '@temporalio/worker';
import { askCase } from '../apps/temporal/cases.ts';
import { askAct } from '../console/api/ask-act.ts';
import { caseStanding } from '../storage/cases.ts';
import { connect } from '../storage/connect.ts';
import { keepingPlans } from '../storage/kept-plans.ts';
import { caseWorker } from '../test/support/case-worker.ts';
import { heldCase, view } from '../test/support/held-cases.ts';
import { ownServices } from '../test/support/own-services.ts';
import { cpuByProgram } from './process-cpu.ts';

const REVIEWERS = Number(process.argv[2] ?? 200);
const CASES = 200;
const UNDO_SECONDS = 1;
/** How many of the cases each reviewer tries, in an order of his own. */
const TRIES = 10;

/** Decisions a second while nothing else goes on, and how many. */
const PACE = 5;
const CALM = 100;

const services = await ownServices();
const namespace = `bench-${randomUUID()}`;
const connection = await Connection.connect({ address: services.temporalAddress });
await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
const workerConnection = await NativeConnection.connect({ address: services.temporalAddress });
const client = new Client({ connection, namespace });
const { db } = services;
// As the product has it: the API and the worker have each their own.
const workerDb = connect(services.databaseUrl);
const stop = await caseWorker({ address: services.temporalAddress, namespace, client, workerConnection }, workerDb, UNDO_SECONDS);
const product = { db: keepingPlans(db), askCase: (exception: string, command: string) => askCase(client, exception, command) };
try {
  const cases: string[] = [];
  for (let n = 0; n < CASES; n++) cases.push((await heldCase(db, [`r${n}`])).exception);
  const calm = await paced();
  const answers = new Map<string, number>();
  const asking: number[] = [];
  const [began, burnt] = [performance.now(), await cpuByProgram(process.pid)];
  await Promise.all(Array.from({ length: REVIEWERS }, async (_, reviewer) => {
    for (let n = 0; n < TRIES; n++) {
      const exception = cases[(reviewer * 7 + n * 13) % CASES] ?? '';
      const command = randomUUID();
      const asked = performance.now();
      // Each click twice, as an impatient browser sends it.
      const both = await Promise.all([0, 1].map(() => click(exception, command, `reviewer-${reviewer}`)));
      asking.push(performance.now() - asked);
      answers.set(both[0] ?? '', (answers.get(both[0] ?? '') ?? 0) + 1);
      if (both[0] !== both[1]) answers.set('the two clicks differ', (answers.get('the two clicks differ') ?? 0) + 1);
    }
  }));
  const seconds = (performance.now() - began) / 1000;
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(200)) {
    const { rows: [left] } = await db.query<{ n: number }>(`select count(*)::int as n from decision where settled_at is null`);
    if (left?.n === 0) break;
  }
  const [untilFed, cpu] = [(performance.now() - began) / 1000, [...await cpuByProgram(process.pid)].map(([name, seconds]) => [name, seconds - (burnt.get(name) ?? 0)] as const)];
  const { rows: [latency] } = await db.query<{ p50: number; p99: number; decisions: number; twice: number; released: number }>(
    `select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.99) within group (order by ms) as p99, count(*)::int as decisions,
            (select count(*)::int from (select exception_id from decision where state <> 'undone' group by 1 having count(*) > 1) as more) as twice,
            (select count(*)::int from (select version_id, purpose from feed_entry where kind = 'release' group by 1, 2 having count(*) > 1) as more) as released
       from (select extract(epoch from settled_at - effect_at) * 1000 as ms from decision where settled_at is not null and by_person <> 'calm') as taken`);
  asking.sort((a, b) => a - b);
  const at = (share: number, of = asking as readonly number[]): string => `${Math.round(of[Math.floor(of.length * share)] ?? 0)} ms`;
  const line = (what: string, value: string | number): void => console.log(`| ${what} | ${value} |`);
  console.log(`| ${REVIEWERS} reviewers, ${CASES} cases, each click twice | |\n|---|---|`);
  line('acts asked', `${REVIEWERS * TRIES} in ${seconds.toFixed(1)} s: ${Math.round(REVIEWERS * TRIES / seconds)} a second`);
  for (const [answer, count] of answers) line(`answered ${answer}`, count);
  line('an act, p50 and p99', `${at(0.5)}, ${at(0.99)}`);
  line('decisions', latency?.decisions ?? 0);
  line('cases decided twice', latency?.twice ?? -1);
  line('records released twice', latency?.released ?? -1);
  line('cases a second, from the first click to the last in the feed', `${(CASES / untilFed).toFixed(1)}`);
  line('CPU of all that a case', cpu.map(([name, seconds]) => `${name} ${Math.round(seconds * 1000 / CASES)} ms`).join(', '));
  line('from the end of the undo window to the feed, p50 and p99', `${Math.round(latency?.p50 ?? 0)} ms, ${Math.round(latency?.p99 ?? 0)} ms`);
  line(`${CALM} decisions at ${PACE} a second: from the end of the undo window to the feed, p50 and p99`, `${Math.round(calm.p50)} ms, ${Math.round(calm.p99)} ms`);
  line('an act at that pace, p50 and p99', `${at(0.5, calm.acts)}, ${at(0.99, calm.acts)}`);
  /** As the API does it. @returns 'done' or the code of the refusal */
  async function click(exception: string, command: string, person: string): Promise<string> {
    const found = await caseStanding(product.db, exception);
    return askAct(product, found ?? { state: 'open', effectAt: null }, { command, exception, asked: { act: 'decide', view: view() }, person, roles: ['steward'] })
      .then(() => 'done', (error: { code?: string }) => error.code ?? String(error));
  }
  /** One decision after the other, at a pace. */
  async function paced(): Promise<{ p50: number; p99: number; acts: readonly number[] }> {
    const acts: number[] = [];
    const mine: string[] = [];
    for (let n = 0; n < CALM; n++) mine.push((await heldCase(db, [`c${n}`])).exception);
    const started = Date.now();
    await Promise.all(mine.map(async (exception, n) => {
      await sleep(started + n * 1000 / PACE - Date.now());
      const asked = performance.now();
      await click(exception, randomUUID(), 'calm');
      acts.push(performance.now() - asked);
    }));
    acts.sort((a, b) => a - b);
    await sleep(UNDO_SECONDS * 1000 + 3000);
    const { rows: [took] } = await db.query<{ p50: number; p99: number }>(
      `select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.99) within group (order by ms) as p99
         from (select extract(epoch from settled_at - effect_at) * 1000 as ms from decision where by_person = 'calm') as taken`);
    return { p50: took?.p50 ?? 0, p99: took?.p99 ?? 0, acts };
  }
} finally {
  await stop();
  await workerDb.close();
  await workerConnection.close();
  await connection.close();
  await services.stop();
}
