import type { Finding } from '../terms/finding.ts';
import type { Database, Queryable, Tx } from './connect.ts';
import { addFile, addFiles } from './run-files.ts';
import { beginRun, registerSource } from './source.ts';

/** Files that somebody gave to be checked, as one run of a source of their own. */
export type Given = { readonly run: string; /** Row ids, in the order given. */ readonly files: readonly string[] };

/** @param asOf when the files count as retrieved: the rules' only clock */
export async function giveFiles(db: Database, count: number, asOf: Date): Promise<Given> {
  const source = await registerSource(db, { name: 'given', kind: 'files', settings: {} });
  const run = await db.transaction((tx) => beginRun(tx, source, 'given', {}));
  await db.query('update run set as_of = $2 where id = $1', [run, asOf]);
  await addFiles(db, run, Array.from({ length: count }, (_, at) => ({ name: String(at), kind: 'output', type: null, url: '' })));
  const { rows } = await db.query<{ id: string }>('select id from run_file where run_id = $1 order by name::int', [run]);
  return { run, files: rows.map((row) => row.id) };
}

/**
 * The files are all there is: what they refer to and do not hold is absent, where they hold any resource
 * of its type at all.
 */
export async function stateAbsent(db: Queryable, run: string): Promise<void> {
  await db.query(
    `with named as (select distinct unnest(refs) as reference from version where run_id = $1 and head),
          held as (select distinct type from version where run_id = $1)
     insert into hydration_fact (source_id, reference, fact, run_id)
     select r.source_id, n.reference, 'absent-at-source', r.id
       from run r cross join named n
      where r.id = $1 and split_part(n.reference, '/', 1) in (select type from held) and n.reference ~ '^[A-Za-z]+/[A-Za-z0-9.-]+$'
        and not exists (select from version v where v.source_id = r.source_id and v.head
                           and v.type = split_part(n.reference, '/', 1) and v.logical_id = split_part(n.reference, '/', 2))
     on conflict do nothing`, [run]);
}

/** Conditional references by identifier that the files make, 'Type?identifier=system|value'. */
export async function conditionalReferences(db: Queryable, run: string): Promise<string[]> {
  const { rows } = await db.query<{ reference: string }>(
    `select distinct ref as reference from version v cross join lateral unnest(v.refs) as ref where v.run_id = $1 and v.head and ref ~ '^[A-Za-z]+[?]identifier='`, [run]);
  return rows.map((row) => row.reference);
}

/** Resources of these types behind `after`, by row id. */
export async function givenOfTypes(db: Queryable, run: string, types: readonly string[], after: string, limit: number): Promise<(GivenVersion & { type: string; id: string })[]> {
  const { rows } = await db.query<GivenVersion & { type: string; id: string }>(
    `select id as version, type, logical_id as id, bytes, encoding, null as findings from version
      where run_id = $1 and type = any($2) and head and bytes is not null and id > $3 order by id limit $4`, [run, types, after, limit]);
  return rows;
}

/** What the conditional references mean among the files: as if the source had been asked. @param meant null where they mean nothing */
export async function stateMeant(tx: Tx, run: string, meant: ReadonlyMap<string, string | null>): Promise<void> {
  if (meant.size === 0) return;
  const file = await addFile(tx, run, { name: 'asked', kind: 'hydrated', type: null, url: '' });
  await tx.query(
    `insert into hydration_request (run_id, reference, file_id, line, outcome, resolved)
     select $1, reference, $2, place, case when resolved is null then 'absent-at-source' else 'fetched' end, resolved
       from unnest($3::text[], $4::text[]) with ordinality as asked (reference, resolved, place)`, [run, file, [...meant.keys()], [...meant.values()]]);
  await tx.query(
    `insert into hydration_fact (source_id, reference, fact, run_id) select source_id, reference, 'absent-at-source', id from run cross join unnest($2::text[]) as reference where id = $1
     on conflict do nothing`, [run, [...meant].flatMap(([reference, resolved]) => (resolved === null ? [reference] : []))]);
}

export type GivenVersion = { version: string; bytes: Buffer; encoding: number; findings: Finding[] | null };

/** Resources given in several versions, each with all of them, the oldest first (contract 2). */
export async function givenHistories(db: Queryable, run: string, after: string, limit: number): Promise<{ key: string; versions: string[] }[]> {
  const { rows } = await db.query<{ key: string; versions: string[] }>(
    `select type || '/' || logical_id as key, array_agg(id order by last_updated nulls first, version_number nulls first, file_id, line) as versions
       from version where run_id = $1 and type || '/' || logical_id > $2
      group by 1 having count(*) > 1 order by 1 limit $3`, [run, after, limit]);
  return rows;
}

export async function givenVersions(db: Queryable, versions: readonly string[]): Promise<GivenVersion[]> {
  const { rows } = await db.query<GivenVersion>(
    'select v.id as version, v.bytes, v.encoding, v.findings from version v where v.id = any($1) and v.bytes is not null order by array_position($1::bigint[], v.id)', [versions]);
  return rows;
}

/** What was found about a line, and about what stands on it. */
export type LineFindings = { line: number; version: string; findings: Finding[] | null };

/** The lines of a file behind `after` that became versions. An older version has what was found of its bytes and against the one before. */
export async function lineFindings(db: Queryable, given: Given['run'], file: string, after: number, limit: number): Promise<LineFindings[]> {
  const { rows } = await db.query<LineFindings>(
    `select v.line, v.id as version, case when a.id is null then v.findings else a.findings end as findings
       from version v left join assessment a on a.version_id = v.id and a.current
      where v.run_id = $1 and v.file_id = $2 and v.line > $3 order by v.line limit $4`, [given, file, after, limit]);
  return rows;
}

/** Where versions stand. */
export async function placesOf(db: Queryable, versions: readonly string[]): Promise<{ version: string; file: string; line: number }[]> {
  const { rows } = await db.query<{ version: string; file: string; line: number }>(
    'select id as version, file_id as file, line from version where id = any($1)', [versions]);
  return rows;
}
