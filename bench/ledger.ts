/** `npm run bench -- ledger [EVENTS] [RESOURCES] [TURNS]` (no EVENTS: only the first figure; no TURNS: all but it): what the ledger costs: its share of landing and release, sequencing, verification, proofs, questions, bytes. */
import { generateKeyPairSync } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { createDuties } from '../apps/product/duties.ts';
import { asQuery } from '../ledger/as-query.ts';
import { appendEvent } from '../ledger/append.ts';
import { makeCheckpoint } from '../ledger/checkpoint.ts';
import { proofOfAnswer } from '../ledger/questions/proof-of-answer.ts';
import { allQuestions, answerQuestion, type Given as Asked } from '../ledger/questions/all-questions.ts';
import { sequence } from '../ledger/sequence.ts';
import { verifyStore } from '../ledger/verify/store.ts';
import { connect } from '../storage/connect.ts';
import { migrate } from '../storage/migrate.ts';
import { findPostgres } from '../apps/services/postgres.ts';
import { fillLedger } from '../test/support/fill-ledger.ts';
import { cpuSeconds } from './process-cpu.ts';
import { costInTurns, type RunCost } from './ledger/on-pipeline.ts';
import { logFiles } from '../ledger/tiled-log.ts';
import { verifyTiles } from '../ledger/verify/folder.ts';
import { withDatabase } from '../test/support/shared-postgres.ts';
import { makeScratch } from '../test/support/scratch.ts';
import { governedHistory, type Given } from '../test/support/governed-history.ts';

const [events = 1_000_000, resources = 10_000, turns = 3] = process.argv.slice(2).map(Number);
const scratch = await makeScratch('bench-ledger');
await chmod(scratch.path, 0o755);
const server = await findPostgres({ home: scratch.path, say: () => {} });
const db = connect(server.url);
await migrate(db);
await db.query('create database without_events');
const other = connect(withDatabase(server.url, 'without_events'));
await migrate(other);
const seconds = async (work: () => Promise<unknown>): Promise<number> => { const began = performance.now(); await work(); return (performance.now() - began) / 1_000; };
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;
const say = (what: string, value: string): void => console.log(`${what.padEnd(64)} ${value}`);
console.log(`${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`);

// 1. What events cost a run: CPU seconds of worker and PostgreSQL from the export's begin until the last event is a leaf.
const { on: runsOn, off: runsOff } = await costInTurns(turns);
if (turns > 0) {
  const costOf = (runs: readonly RunCost[]): number => median(runs.map((one) => one.worker + one.postgres));
  for (const [what, runs] of [['with events', runsOn], ['without', runsOff]] as const) {
    say(`a run of ${runs[0]!.resources.toLocaleString('en')} resources, ${what}: worker + PostgreSQL`, `${runs.map((one) => `${one.worker.toFixed(1)} + ${one.postgres.toFixed(1)}`).join(', ')} CPU s; ${runs[0]!.leaves} leaves`);
  }
  say('what events and their sequencing cost the pipeline', `${((costOf(runsOn) / costOf(runsOff) - 1) * 100).toFixed(1)} %`);
}
if (events === 0) process.exit(await stop());

// 2. What writing events costs the stages: the same work with and without them, in turns.
const silent: typeof appendEvent = async () => {};
const items = (turn: number): Given[] => Array.from({ length: resources / 10 }, (_, n): Given =>
  n % 20 === 0 ? { type: 'Patient', id: `t${turn}-p${n / 20}` } : { type: 'Observation', id: `t${turn}-o${n}`, patient: `t${turn}-p${Math.floor(n / 20)}`, text: 'x'.repeat(900) });
const [withEvents, without] = [await governedHistory(db), await governedHistory(other, { append: silent })];
const [on, off]: [number[], number[]] = [[], []];
for (let turn = 0; turn < 10; turn++) {
  on.push(await seconds(() => withEvents.govern(items(turn))));
  off.push(await seconds(() => without.govern(items(turn))));
}
const perResource = (list: readonly number[]): number => median(list) / (resources / 10) * 1e6;
say('landed, assessed and released with events', `${perResource(on).toFixed(0)} µs a resource`);
say('the same without', `${perResource(off).toFixed(0)} µs a resource (stages alone: no source, no profiles, no rules)`);
say('difference', `${(perResource(on) - perResource(off)).toFixed(0)} µs a resource, ${((median(on) / median(off) - 1) * 100).toFixed(1)} %`);
const { rows: [bytes] } = await db.query<{ ledger: number; resources: number }>(
  `select (select coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 from pg_class c where c.relname in ('event', 'subject_key')) as ledger, (select count(*)::int from version) as resources`);
const placed = await seconds(() => sequence(db));
const { rows: [links] } = await db.query<{ bytes: number; events: number }>(
  `select (select sum(pg_total_relation_size(c.oid))::float8 from pg_class c where c.relname in ('ledger_link', 'ledger_chain', 'ledger_tile', 'ledger_bucket')) as bytes, (select count(*)::int from event) as events`);
say('bytes a resource: events and keys; chains and tiles', `${(bytes!.ledger / resources).toFixed(0)}; ${(links!.bytes / resources).toFixed(0)}`);
say('sequenced', `${(links!.events / placed).toFixed(0)} events a second with their chains`);

// 3. A long log.
await fillLedger(db, events, { consumers: Array.from({ length: 50 }, (_, n) => 1_000_000 + n) });
const signing = { db, key: generateKeyPairSync('ed25519').privateKey, anchors: [], origin: 'bench.example/log' };
say(`sequenced, ${events.toLocaleString('en')} events of one link`, `${(events / await seconds(() => sequence(db))).toFixed(0)} a second`);
say('checkpoint', `${(await seconds(() => makeCheckpoint(signing))).toFixed(2)} s`);
let troubles = -1;
const cpuNow = async (): Promise<readonly [number, number]> => [(process.cpuUsage().user + process.cpuUsage().system) / 1e6, await cpuSeconds(server.pid ?? 0)];
const cpuBefore = await cpuNow();
const verified = await seconds(async () => { troubles = (await verifyStore({ query: asQuery(db) })).troubleCount; });
const cpu = (await cpuNow()).map((one, side) => (one - cpuBefore[side]!).toFixed(1));
const { rows: [all] } = await db.query<{ leaves: number }>('select size::int as leaves from ledger');
say('running store verified: leaves, chains, every row of every fact table', `${verified.toFixed(1)} s: ${(all!.leaves / verified).toFixed(0)} leaves a second, ${troubles} troubles; CPU: verifier ${cpu[0]} s, PostgreSQL ${cpu[1]} s, side by side`);
const tiles = new Map<string, Buffer>();
for await (const { path, bytes: file } of logFiles(db)) tiles.set(path, file);
const rebuilt = await seconds(async () => { troubles = (await verifyTiles(async (path) => tiles.get(path))).troubleCount; });
say('exported tiles verified: leaves, tiles, checkpoint, no rows', `${rebuilt.toFixed(1)} s: ${(all!.leaves / rebuilt).toFixed(0)} leaves a second, ${troubles} troubles`);
const { rows: [one] } = await db.query<{ source: string; patient: string; id: number }>(
  `select s.name as source, v.patient, s.id from version v join source s on s.id = v.source_id where s.id = $1 limit 1`, [withEvents.source]);
const proof = await proofOfAnswer(db, { source: one!.id, patient: one!.patient });
say('proof of an answer about a patient', `${JSON.stringify(proof).length.toLocaleString('en')} bytes, ${proof.chain.links.length} links, ${((await seconds(() => proofOfAnswer(db, { source: one!.id, patient: one!.patient }))) * 1_000).toFixed(0)} ms`);

// 4. Every question, over these leaves and entries: median and slowest of seven, on a warm cache.
const { token } = await withEvents.consumer('asked-about', 'care', ['bench@1']);
await withEvents.read(token);
const { rows: [some] } = await db.query<{ entry: string; version: string; entries: number }>(
  `select sequence::text as entry, version_id::text as version, (select n::int from feed_head) as entries from feed_entry where type = 'Observation' and purpose = 'care' limit 1`);
await createDuties(db).setSchedule({ name: 'adults', years: 6, because: 'To be asked about.', by: 'ada' });
const given: Asked = { schedule: 'adults', source: one!.source, patient: one!.patient, entry: some!.entry, version: some!.version, rule: 'reference-missing', released: '1', failing: '2', model: 'bench@1', at: new Date().toISOString() };
say('leaves; entries of the feeds', `${(await db.query<{ n: number }>('select size::int as n from ledger')).rows[0]!.n.toLocaleString('en')}; ${some!.entries.toLocaleString('en')}`);
for (const { name, needs, takes = [] } of allQuestions) {
  const asked = Object.fromEntries([...needs, ...takes.filter((one) => one === 'source' || one === 'patient')].map((one) => [one, given[one] ?? '']));
  const times: number[] = [];
  let rows = 0;
  for (let turn = 0; turn < 7; turn++) times.push(await seconds(async () => { rows = (await answerQuestion(db, name, asked)).rows.length; }));
  say(`question ${name}`, `${(median(times) * 1_000).toFixed(1)} ms, slowest ${(Math.max(...times) * 1_000).toFixed(1)} ms, ${rows} rows`);
}
await stop();

async function stop(): Promise<number> {
  for (const end of [other.close, db.close, server.stop, scratch.remove]) await end();
  return 0;
}
