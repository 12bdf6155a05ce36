import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceItem } from '../../terms/resource-version.ts';
import { knowRuleSet } from '../../storage/assessment.ts';
import { received } from '../../storage/stored-bytes.ts';
import { appendEvent } from '../../ledger/append.ts';
import { testDatabase } from '../../test/support/database.ts';
import { createLandingActivities } from './activities.ts';

const { db } = await testDatabase();
const line = (text: string, at: number): SourceItem => ({ line: at, nextOffset: at * 1000, bytes: Buffer.from(text) });
const lines = (...texts: string[]): SourceItem[] => texts.map((text, index) => line(text, index + 1));
const patient = (id: string, more = ''): string => `{"resourceType":"Patient","id":"${id}"${more}}`;

let source = 0;
let counter = 0;
const files = new Map<string, () => AsyncIterable<SourceItem>>();
const ruleSet = await knowRuleSet(db, 'ab'.repeat(32), {});
const { landFile } = createLandingActivities({
  db, appendEvent, check: () => [], ruleSet: async () => ruleSet, beat: () => {},
  openItems: (_db, file, from) => behind(files.get(file)?.(), from.line),
});

async function* behind(items: AsyncIterable<SourceItem> | undefined, from: number): AsyncGenerator<SourceItem> {
  if (items === undefined) return;
  for await (const item of items) if (item.line >= from) yield item;
}
async function* each(items: readonly SourceItem[]): AsyncGenerator<SourceItem> { yield* items; }

beforeEach(async () => {
  const { rows: [row] } = await db.query<{ id: number }>(
    `insert into source (name, kind, settings) values ($1, 'bulk', '{"url":"http://ehr.example/fhir"}') returning id`, [`s${++counter}`]);
  source = row?.id ?? 0;
});

// What is counted as it is written is what counting the rows gives.
afterEach(async () => {
  const { rows } = await db.query(
    `with chunks as (select c.* from received_chunk c join run r on r.id = c.run_id where r.source_id = $1), mine as (select * from version where source_id = $1)
     select (select coalesce(sum(grew), 0)::int from chunks) as grew, (select count(*)::int from mine where head and not deletion) as heads,
            (select jsonb_object_agg(type, counts) from (select key as type, jsonb_build_array(sum((value ->> 0)::int), sum((value ->> 1)::int)) as counts from chunks cross join jsonb_each(became) group by key) as b) as became,
            (select jsonb_object_agg(type, counts) from (select type, jsonb_build_array(count(*) filter (where not deletion), count(*) filter (where deletion)) as counts from mine group by type) as v) as counted`, [source]);
  expect(rows[0]).toMatchObject({ grew: rows[0]?.heads, became: rows[0]?.counted });
});

async function file(items: readonly SourceItem[] | (() => AsyncIterable<SourceItem>), run?: { transactionTime?: string }): Promise<{ file: string; run: string }> {
  const { rows: [made] } = await db.query<{ run: string; file: string }>(
    `with r as (insert into run (source_id, started_by, asked, transaction_time) values ($1, $2, '{}', $3) returning id)
     insert into run_file (run_id, name, kind, url) select id, 'f', 'output', '' from r returning run_id as run, id as file`,
    [source, `w${++counter}`, run?.transactionTime ?? null]);
  if (made === undefined) throw new Error('no file');
  files.set(made.file, typeof items === 'function' ? items : () => each(items));
  return made;
}
async function land(items: readonly SourceItem[], run?: { transactionTime?: string }): Promise<string> {
  const made = await file(items, run);
  expect(await landFile(made.file)).toMatchObject({ done: true });
  return made.run;
}
async function versions(): Promise<{ id: string; ordinal: number; head: boolean; deletion: boolean }[]> {
  const { rows } = await db.query<{ id: string; ordinal: number; head: boolean; deletion: boolean }>(
    `select logical_id as id, ordinal, head, deletion from version where source_id = $1 order by logical_id, ordinal`, [source]);
  return rows;
}

describe('landing', () => {
  test('bytes are as received, and the SHA-256 is theirs', async () => {
    const text = `{"resourceType": "Patient",\t"id":"a", "x": 1.10, "pad": "${'é'.repeat(200)}"}`;
    await land(lines(text));
    const { rows: [row] } = await db.query<{ bytes: Buffer; encoding: number; same: boolean }>(
      'select bytes, encoding, hash = sha256($2) as same from version where source_id = $1', [source, Buffer.from(text)]);
    expect(row?.same).toBe(true);
    expect(row && received(row).toString()).toBe(text);
  });

  test('A → B → A is three versions, and A again is unchanged', async () => {
    for (const text of [patient('a'), patient('a', ',"active":true'), patient('a'), patient('a')]) await land(lines(text));
    expect(await versions()).toEqual([1, 2, 3].map((ordinal) => ({ id: 'a', ordinal, head: ordinal === 3, deletion: false })));
  });

  test('an older version that arrives late is no head, and the next ordinal still rises', async () => {
    const at = (day: number) => patient('a', `,"meta":{"lastUpdated":"2026-01-0${day}T00:00:00Z"}`);
    await land(lines(at(2)));
    await land(lines(at(1)));
    await land(lines(at(3)));
    expect((await versions()).map((version) => version.head)).toEqual([false, false, true]);
  });

  test('the same resource twice in one file: two versions, one head; identical: one version', async () => {
    await land(lines(patient('a'), patient('a', ',"active":true'), patient('b'), patient('b')));
    expect(await versions()).toEqual([
      { id: 'a', ordinal: 1, head: false, deletion: false }, { id: 'a', ordinal: 2, head: true, deletion: false },
      { id: 'b', ordinal: 1, head: true, deletion: false }]);
  });

  test('a version is checked against the one before it, in another chunk and in its own, and named', async () => {
    const seen: { before: unknown; version: string }[] = [];
    const { landFile: landChecked } = createLandingActivities({
      db, appendEvent, ruleSet: async () => ruleSet, beat: () => {}, openItems: (_db, name) => behind(files.get(name)?.(), 1),
      check: (_bytes, _resource, _asOf, before) => {
        if (before !== undefined) seen.push({ before: before.resource['n'], version: before.version });
        return [];
      },
    });
    for (const items of [lines(patient('a', ',"n":1'), patient('a', ',"n":2')), lines(patient('a', ',"n":3'))]) await landChecked((await file(items)).file);
    const { rows } = await db.query<{ version: string }>('select id as version from version where source_id = $1 order by ordinal', [source]);
    expect(seen).toEqual([{ before: 1, version: rows[0]?.version }, { before: 2, version: rows[1]?.version }]);
  });

  test('what is no resource goes to quarantine with its bytes, and the run goes on', async () => {
    const run = await land([...lines('{"resourceType":"Patient"', '{"id":"x"}', '[]'), { line: 4, nextOffset: 9, bytes: Uint8Array.of(0x7b, 0xff) }, line(patient('ok'), 5)]);
    const { rows } = await db.query<{ line: number; error_code: string; length: number }>(
      'select line, error_code, length(bytes) from quarantine where run_id = $1 order by line', [run]);
    expect(rows).toEqual([
      { line: 1, error_code: 'ASSAY_LINE_NOT_JSON', length: 25 }, { line: 2, error_code: 'ASSAY_LINE_NOT_RESOURCE', length: 10 },
      { line: 3, error_code: 'ASSAY_LINE_NOT_RESOURCE', length: 2 }, { line: 4, error_code: 'ASSAY_LINE_NOT_UTF8', length: 2 }]);
    expect(await versions()).toHaveLength(1);
  });

  test('a deletion is a version without bytes; of an unknown id it is a fact; a second one changes nothing', async () => {
    await land(lines(patient('a')));
    const gone = (id: string, at: number): SourceItem => ({ line: at, nextOffset: at, bytes: new Uint8Array(), deleted: { type: 'Patient', id } });
    const run = await land([gone('a', 1), gone('never', 2), gone('a', 3)], { transactionTime: '2026-02-01T00:00:00Z' });
    expect(await versions()).toEqual([
      { id: 'a', ordinal: 1, head: false, deletion: false }, { id: 'a', ordinal: 2, head: true, deletion: true }]);
    const { rows: [chunk] } = await db.query(
      `select received, deletions, cardinality(unchanged) as unchanged,
              (select count(*)::int from deletion_unknown where run_id = $1) as unknown from received_chunk where run_id = $1`, [run]);
    expect(chunk).toEqual({ received: 3, deletions: 3, unchanged: 1, unknown: 1 });
  });

  test('a download that breaks keeps what came; the next call goes on behind it, once', async () => {
    let broken = true;
    const made = await file(async function* () {
      yield* lines(patient('a'), patient('b'));
      if (broken) throw new Error('connection reset');
      yield line(patient('c'), 3);
    });
    await expect(landFile(made.file)).rejects.toThrow('connection reset');
    expect(await versions()).toHaveLength(2);
    broken = false;
    expect(await landFile(made.file)).toEqual({ done: true, landed: 1 });
    expect(await landFile(made.file)).toEqual({ done: true, landed: 0 });
    expect(await versions()).toHaveLength(3);
  });

  test('two attempts of one file at once land each line once', async () => {
    const made = await file(lines(...Array.from({ length: 1200 }, (_, index) => patient(`p${index}`))));
    await Promise.all([landFile(made.file), landFile(made.file)]);
    while (!(await landFile(made.file)).done);
    expect(await versions()).toHaveLength(1200);
    const { rows: [sum] } = await db.query('select sum(received)::int as received from received_chunk where run_id = $1', [made.run]);
    expect(sum).toEqual({ received: 1200 });
  });

  test('two files that bring one new resource at once: two versions, one head', async () => {
    const [left, right] = await Promise.all([file(lines(patient('a'))), file(lines(patient('a', ',"active":true')))]);
    await Promise.all([landFile(left.file), landFile(right.file)]);
    expect((await versions()).map((version) => version.head).sort()).toEqual([false, true]);
  });

  test('references and the compartment are read, absolute ones under the source’s base too', async () => {
    await land(lines('{"resourceType":"Observation","id":"o","subject":{"reference":"http://ehr.example/fhir/Patient/p1/_history/3"},"performer":[{"reference":"Practitioner/d"},{"reference":"#c"}]}'));
    const { rows: [row] } = await db.query('select patient, refs from version where source_id = $1', [source]);
    expect(row).toEqual({ patient: 'p1', refs: ['Patient/p1', 'Practitioner/d'] });
  });

  test('each chunk is one event, and no patient’s id is in it', async () => {
    const { rows: [before] } = await db.query<{ n: string }>('select coalesce(max(id), 0) as n from event');
    await land(lines(patient('canary-7f3'), patient('canary-7f4')));
    const { rows } = await db.query<{ body: Buffer }>('select body from event where id > $1', [before?.n]);
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0]?.body.toString() ?? '')).toMatchObject({ kind: 'landed', covered: ['version', 2, 'received_chunk', 1], from: 1, to: 2 });
    expect(rows[0]?.body.toString()).not.toContain('canary');
  });
});
