import { expect, test } from 'vitest';
import { joinCompartments, partition, partitionsIn, planPartitions } from '../../storage/partitions.ts';
import { testDatabase } from '../../test/support/database.ts';

const { db } = await testDatabase();
const one = async <Row extends object>(sql: string, values: unknown[]): Promise<Row> => {
  const { rows: [row] } = await db.query<Row>(sql, values);
  if (row === undefined) throw new Error('no row');
  return row;
};
const { id: source } = await one<{ id: number }>(`insert into source (name, kind, settings) values ('s', 'files', '{}') returning id`, []);
let runs = 0;
/** A new run; those before it, unless they ended otherwise, are complete. */
async function run(state = 'running'): Promise<{ run: string; file: string }> {
  await db.query(`update run set state = 'completed' where state = 'running'`);
  return one(
    `with r as (insert into run (source_id, started_by, asked, state) values ($1, $2, '{}', $3) returning id)
     insert into run_file (run_id, name, kind, url) select id, 'f', 'output', '' from r returning run_id as run, id as file`, [source, `w${++runs}`, state]);
}
let lines = 0;
async function version(at: { run: string; file: string }, type: string, id: string, patient: string, refs: string[] = []): Promise<void> {
  const before = await db.query(`update version set head = false where type = $1 and logical_id = $2 and head returning ordinal`, [type, id]);
  await db.query(
    `insert into version (source_id, type, logical_id, ordinal, head, hash, encoding, size, run_id, file_id, line, patient, refs)
     values ($1, $2, $3, $4, true, '', 0, 0, $5, $6, $7, $8, $9)`,
    [source, type, id, 1 + Number(before.rows[0]?.ordinal ?? 0), at.run, at.file, ++lines, patient, refs]);
}
async function touched(at: { run: string }): Promise<{ patients: string[]; outside: boolean }> {
  await db.transaction(async (tx) => { await joinCompartments(tx, at.run); await planPartitions(tx, at.run); });
  await db.transaction((tx) => planPartitions(tx, at.run)); // a repeated call changes nothing
  const found = await Promise.all((await partitionsIn(db, at.run, 'pending', 100)).map((id) => partition(db, id)));
  const patients = found.flatMap((each) => each?.patients ?? []);
  expect(new Set(patients).size).toBe(patients.length);
  return { patients: patients.filter((patient) => patient !== '').sort(), outside: patients.includes('') };
}

test('a run touches the compartments it lands in, and what is in none', async () => {
  const first = await run();
  await version(first, 'Patient', 'a', 'a');
  await version(first, 'Observation', 'o1', 'a', ['Patient/a', 'Practitioner/d']);
  await version(first, 'Patient', 'b', 'b');
  await version(first, 'Observation', 'o2', 'b', ['Patient/b']);
  await version(first, 'Practitioner', 'd', '');
  // A Provenance joins the compartment of what it names.
  await version(first, 'Provenance', 'p', '', ['Observation/o2']);
  expect(await touched(first)).toEqual({ patients: ['a', 'b'], outside: true });
  expect(await one('select patient from version where logical_id = $1', ['p'])).toEqual({ patient: 'b' });
});

test('a resource that moves to another patient touches the one it leaves', async () => {
  const second = await run();
  await version(second, 'Observation', 'o1', 'b', ['Patient/b']);
  expect(await touched(second)).toEqual({ patients: ['a', 'b'], outside: false });
});

test('what is referenced from a compartment and changes outside it touches the compartment', async () => {
  const third = await run();
  await version(third, 'Observation', 'o3', 'a', ['Practitioner/d']);
  await touched(third);
  const fourth = await run();
  await version(fourth, 'Practitioner', 'd', '');
  expect(await touched(fourth)).toEqual({ patients: ['a'], outside: true });
});

test('what a run landed before it failed is taken up by the next', async () => {
  const failed = await run('failed');
  await version(failed, 'Patient', 'c', 'c');
  await version(failed, 'Organization', 'x', '');
  const next = await run();
  await version(next, 'Patient', 'e', 'e');
  expect(await touched(next)).toEqual({ patients: ['c', 'e'], outside: true });
});

test('what a run assessed and, cancelled, did not release is taken up by the next, and only by it', async () => {
  const complete = await run('completed');
  await version(complete, 'Patient', 'f', 'f');
  const cancelled = await run();
  await version(cancelled, 'Patient', 'g', 'g');
  expect((await touched(cancelled)).patients).toContain('g');
  await db.query(`update partition set state = 'assessed' where run_id = $1`, [cancelled.run]);
  await db.query(`update run set state = 'cancelled' where id = $1`, [cancelled.run]);
  const next = await run();
  expect(await touched(next)).toEqual({ patients: ['g'], outside: false });
  await db.query(`update run set state = 'completed' where id = $1`, [next.run]);
  expect(await touched(await run())).toEqual({ patients: [], outside: false });
});

test('a run that reassesses touches everything', async () => {
  const again = await run();
  await db.query(`update run set asked = '{"reassess": true}' where id = $1`, [again.run]);
  expect(await touched(again)).toEqual({ patients: ['a', 'b', 'c', 'e', 'f', 'g'], outside: true });
});
