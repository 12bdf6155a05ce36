/**
 * What does it cost to compare patients with patients, and how many of the duplicates does it find? Made-up
 * persons with the errors of registration, 100,000 or as many as are asked for; then 500 that come later.
 * Run: node bench/identity.ts [count]
 */
import { createHash } from 'node:crypto';
import { withScratchStore } from '../apps/check/scratch-store.ts';
import { judgeIdentity, keyPatients } from '../pipelines/assessment/identity.ts';
import type { Database } from '../storage/connect.ts';
import { giveFiles } from '../storage/given-files.ts';
import { store } from '../storage/stored-bytes.ts';
import { people, type Born } from '../test/support/people.ts';

const count = Number(process.argv[2] ?? 100_000);
const late = 500;
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
let peak = 0;
const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 50);

async function land(db: Database, run: string, file: string, from: number, batch: readonly Born[]): Promise<void> {
  const rows = batch.map(({ resource }) => { const bytes = Buffer.from(JSON.stringify(resource)); return { ...store(bytes), size: bytes.length, hash: createHash('sha256').update(bytes).digest() }; });
  await db.query(
    `insert into version (source_id, type, logical_id, ordinal, head, hash, bytes, encoding, size, run_id, file_id, line, patient, refs)
     select (select source_id from run where id = $1), 'Patient', id, 1, true, hash, bytes, encoding, size, $1, $2, $3 + place, id, '{}'
       from unnest($4::text[], $5::bytea[], $6::bytea[], $7::smallint[], $8::int[]) with ordinality as made (id, hash, bytes, encoding, size, place)`,
    [run, file, from, batch.map((one) => one.id), rows.map((one) => one.hash), rows.map((one) => one.bytes), rows.map((one) => one.encoding), rows.map((one) => one.size)]);
}

/** @returns seconds */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

await withScratchStore(async (db) => {
  const { run, files: [file = ''] } = await giveFiles(db, 1, new Date('2026-11-26'));
  const source = Number((await db.query<{ id: string }>('select source_id as id from run where id = $1', [run])).rows[0]?.id);
  const deps = { db, beat() {} };
  const personOf = new Map<string, number>();
  let batch: Born[] = [];
  let landed = 0;
  const flush = async (): Promise<void> => { await land(db, run, file, landed, batch); landed += batch.length; batch = []; };
  for (const one of people(count)) {
    personOf.set(one.id, one.person);
    batch.push(one);
    if (landed + batch.length === count - late) {
      await flush();
      await compare('all at once', count - late);
    } else if (batch.length === 1_000) await flush();
  }
  await flush();
  await compare('later, against all', late);

  async function compare(what: string, persons: number): Promise<void> {
    peak = 0;
    const base = process.memoryUsage().rss;
    const keying = await timed(() => keyPatients(deps, { run, source }));
    let compared = 0;
    const judging = await timed(async () => { ({ compared } = await judgeIdentity(deps, { run, source })); });
    console.log(`${persons} persons ${what}: ${keying.toFixed(1)} s to read and key, ${judging.toFixed(1)} s to compare ${compared} pairs; rss ${mb(base)} before, ${mb(peak)} at most`);
  }

  const { rows } = await db.query<{ one: string; other: string; score: number }>(
    'select a.logical_id as one, b.logical_id as other, k.score from patient_pair k join patient_key a on a.id = k.one join patient_key b on b.id = k.other');
  const records = Map.groupBy(personOf, ([, person]) => person);
  const planted = [...records.values()].reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  for (const [name, bound] of [['review band and above', 0], ['nearly certain', 34]] as const) {
    const raised = rows.filter((row) => row.score >= bound);
    const right = raised.filter((row) => personOf.get(row.one) === personOf.get(row.other)).length;
    console.log(`${name}: ${raised.length} pairs raised, ${right} of ${planted} planted; recall ${(right / planted).toFixed(4)}, precision ${(right / raised.length).toFixed(4)}`);
  }
});
clearInterval(watch);
