/** `npm run proof -- million [VERSIONS]`: what a small run, the screens' polls and the feeds take over a large store; written to docs/proof/million.md. */
import { chmod } from 'node:fs/promises';
import { findPostgres } from '../../apps/services/postgres.ts';
import { connect } from '../../storage/connect.ts';
import { migrate } from '../../storage/migrate.ts';
import { fillVersions } from '../support/fill-versions.ts';
import { governedHistory } from '../support/governed-history.ts';
import { openProof } from '../support/proof.ts';
import { commands, PATIENTS, polls, smallRun, type Timed } from '../support/store-at-size.ts';

/** What a screen asks again and again may take; a step of a small run, and what somebody asks for once. */
const POLL_MS = 100;
const STEP_MS = 3_000;
const ITEMS = 200;

const proof = await openProof('million');
const [versions] = proof.numbers(1_000_000);

/** The same questions over a store of so many versions. */
async function measured(count: number): Promise<{ polls: Timed[]; commands: Timed[]; steps: Timed[]; sizes: { name: string; rows: number; size: string }[] }> {
  const home = await proof.folder(true);
  await chmod(home, 0o755); // PostgreSQL may run as another user
  const server = await findPostgres({ home, say: () => {}, settings: { synchronous_commit: 'off' } });
  const db = connect(server.url);
  try {
    await migrate(db);
    const history = await governedHistory(db);
    await history.govern([{ type: 'Patient', id: 'first' }]);
    const { rows: [ruleSet] } = await db.query<{ id: number }>('select max(id) as id from rule_set');
    const run = await fillVersions(db, history.source, ruleSet!.id, count);
    await db.query('vacuum analyze');
    const asked = await polls(db, run);
    const commanded = await commands(db, run);
    const steps = await smallRun(db, history, ITEMS, count);
    const { rows: sizes } = await db.query<{ name: string; rows: number; size: string }>(
      `select relname as name, reltuples::float8 as rows, pg_size_pretty(pg_total_relation_size(oid)) as size
         from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by pg_total_relation_size(oid) desc limit 6`);
    return { polls: asked, commands: commanded, steps, sizes };
  } finally {
    await db.close();
    await server.stop();
  }
}

const small = await proof.step('a twentieth', () => measured(Math.round(versions / 20)));
const large = await proof.step('all of it', () => measured(versions));
const table = (kind: 'polls' | 'commands' | 'steps'): string[] => large[kind].map(({ what, ms }, place) =>
  `| ${what} | ${small[kind][place]?.ms.toFixed(1)} | ${ms.toFixed(1)} |`);
const n = (value: number): string => value.toLocaleString('en');
await proof.tell({
  title: `A store of ${n(versions)} versions`,
  holds: large.polls.every(({ ms }) => ms < POLL_MS) && [...large.steps, ...large.commands].every(({ ms }) => ms < STEP_MS),
  lines: [
    `Versions, assessments, verdicts, feed and cases written by SQL as the stages write them (test/support/fill-versions.ts). What screens ask again and again, the median of five in ms; each is to stay under ${POLL_MS} ms.`, '',
    `| asked again and again | ${n(versions / 20)} | ${n(versions)} |`, '|---|---|---|', ...table('polls'), '',
    `| asked for once | ${n(versions / 20)} | ${n(versions)} |`, '|---|---|---|', ...table('commands'), '',
    `One run over such a store, of ${ITEMS} resources of ${PATIENTS} of its patients: half changed, a quarter new, a quarter as before; ms, the median of three runs, each step to stay under ${STEP_MS} ms.`, '',
    `| step of the run | ${n(versions / 20)} | ${n(versions)} |`, '|---|---|---|', ...table('steps'), '',
    '| table | rows | size with indexes |', '|---|---|---|', ...large.sizes.map((one) => `| ${one.name} | ${n(one.rows)} | ${one.size} |`),
  ],
});
