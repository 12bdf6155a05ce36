/**
 * How long it takes to find what the sample for quality is drawn from, in a large store: `npm run bench -- sample [versions]`.
 * Versions, verdicts and feed are written by SQL as the stages write them. Prints a table.
 */
import { ownPostgres } from '../test/support/own-services.ts';
import { fillVersions } from '../test/support/fill-versions.ts';
import { governedHistory } from '../test/support/governed-history.ts';
import { makeScratch } from '../test/support/scratch.ts';
import { connect } from '../storage/connect.ts';
import { migrate } from '../storage/migrate.ts';
import { cleanReleases, settledByMachine } from '../storage/quality.ts';

const VERSIONS = Number(process.argv[2] ?? 1_000_000);
const TIMES = 3;
/** As the console asks. */
const CANDIDATES = 200;
const DAYS = 30;

const folder = await makeScratch('sample');
const postgres = await ownPostgres(folder.path);
const db = connect(postgres.url);
try {
  await migrate(db);
  const history = await governedHistory(db);
  await history.govern([{ type: 'Patient', id: 'first' }]);
  const { rows: [ruleSet] } = await db.query<{ id: number }>('select max(id) as id from rule_set');
  await db.query('set synchronous_commit = off');
  await fillVersions(db, history.source, ruleSet!.id, VERSIONS);
  await db.query('vacuum analyze');
  const today = new Date().toISOString().slice(0, 10);
  const { rows: [days] } = await db.query<{ from: string; until: string }>('select min(at)::date::text as from, max(at)::date::text as until from feed_entry');
  console.log(`| ${VERSIONS.toLocaleString('en')} versions | median of ${TIMES} | memory of this process, more |\n|---|---|---|`);
  await line('candidates of all days', () => cleanReleases(db, days?.from ?? today, days?.until ?? today, 'seed', CANDIDATES));
  await line('candidates of a day without releases', () => cleanReleases(db, '2001-01-01', '2001-01-01', 'seed', CANDIDATES));
  await line(`settled by machine, ${DAYS} days`, () => settledByMachine(db, DAYS));
} finally {
  await db.close();
  await postgres.stop();
  await folder.remove();
}

async function line(what: string, ask: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  const before = process.memoryUsage().rss;
  for (let n = 0; n < TIMES; n++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  console.log(`| ${what} | ${Math.round(times[1] ?? 0)} ms | ${Math.round((process.memoryUsage().rss - before) / 2 ** 20)} MB |`);
}
