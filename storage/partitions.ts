import type { Queryable, Tx } from './connect.ts';

/** Heads of about this many versions are one partition: an activity of some seconds. */
const VERSIONS_A_PARTITION = 2_000;

/**
 * Resources that are about others (Provenance, AuditEvent, List) join the compartment of what they
 * name, now that all of the run has landed.
 * @returns those that did
 */
export async function joinCompartments(tx: Tx, run: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update version v set landed_patient = v.patient, patient = found.patient
       from (select distinct on (p.id) p.id, t.patient
               from version p cross join lateral unnest(p.refs) as ref
               join version t on t.source_id = p.source_id and t.head and t.patient <> ''
                             and t.type = split_part(ref, '/', 1) and t.logical_id = split_part(ref, '/', 2)
              where p.run_id = $1 and p.head and p.patient = '' and p.type in ('Provenance', 'AuditEvent', 'List', 'Media', 'Device')
              order by p.id, t.patient) as found
      where v.id = found.id returning v.id`, [run]);
  return rows.map((row) => row.id);
}

/**
 * This run and those of which it takes up what they began: runs of the source since the last that was completed.
 * Asked by itself, so that what is joined with it is planned for these runs and not for runs in general.
 */
export async function runsTakenUp(db: Queryable, run: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from run where source_id = (select source_id from run where id = $1) and id < $1 and state not in ('completed', 'completed-with-errors')
        and id > coalesce((select max(id) from run where source_id = (select source_id from run where id = $1) and id < $1
                              and state in ('completed', 'completed-with-errors')), 0) order by id`, [run]);
  return [run, ...rows.map(({ id }) => id)];
}

/** Heads that an earlier run ($3) landed, and those of the partitions that it left unreleased. */
const leftOver = `
  select v.id, v.patient from version v where v.run_id = any($3::bigint[]) and v.head
  union
  select v.id, v.patient from partition p join run r on r.id = p.run_id
    join version v on v.source_id = r.source_id and v.head and v.patient = any(p.patients)
                  and (p.from_version is null or v.id between p.from_version and p.to_version)
   where p.run_id = any($3::bigint[]) and p.state <> 'released'`;

/** Whether the run only assesses again what is stored: then it touches everything (contract 12). */
const everything = `coalesce((select (asked ->> 'reassess')::boolean from run where id = $1), false)`;

/** Whether the run was divided: from then on what it found in population scope stands. */
export async function isPlanned(db: Queryable, run: string): Promise<boolean> {
  const { rows } = await db.query('select from partition where run_id = $1 limit 1', [run]);
  return rows.length > 0;
}

/** What the run's resources name outside their own compartments, landed or not, is on record. */
async function recordReferencesOut(tx: Tx, runs: readonly string[]): Promise<void> {
  await tx.query(
    `insert into reference_out (source_id, reference, patient)
     select source_id, reference, patient
       from (select distinct v.source_id, v.patient, reference from version v cross join lateral unnest(v.refs) as reference
              where v.run_id = any($1::bigint[]) and v.head and v.patient <> '') as made
      where not exists (select from version t where t.source_id = made.source_id and t.type = split_part(made.reference, '/', 1)
                          and t.logical_id = split_part(made.reference, '/', 2) and t.head and t.patient = made.patient)
     on conflict do nothing`, [runs]);
}

/**
 * Divides what the run touched (contract 9): the compartments of its versions and of the versions
 * before them, those that reference what it changed outside any compartment, those about which population
 * scope found something else than before, and its versions that are in none; and what an earlier run landed and, ending early, never released. A repeated call
 * changes nothing.
 * @returns how many partitions the run has
 */
export async function planPartitions(tx: Tx, run: string): Promise<number> {
  const already = await plannedPartitions(tx, run);
  if (already > 0) return already;
  const runs = await runsTakenUp(tx, run);
  const earlier = runs.slice(1);
  await recordReferencesOut(tx, runs);
  await tx.query(
    `with changed as (
       select v.source_id, v.type, v.logical_id, v.patient, v.ordinal from version v where v.run_id = $1
     ), touched as (
       select patient from changed where patient <> ''
       union
       select before.patient from changed join version before using (source_id, type, logical_id)
        where changed.ordinal > 1 and before.patient <> ''
       union
       select o.patient from changed join reference_out o on o.source_id = changed.source_id and o.reference = changed.type || '/' || changed.logical_id
        where changed.patient = ''
       union
       select left_over.patient from (${leftOver}) as left_over where left_over.patient <> ''
       union
       select patient from population_finding where run_id = $1 and patient <> ''
       union
       select v.patient from version v
        where ${everything} and v.source_id = (select source_id from run where id = $1) and v.head and v.patient <> ''
     ), sized as (
       select touched.patient, (select count(*) from version v
                where v.source_id = (select source_id from run where id = $1) and v.patient = touched.patient and v.head) as n
         from touched
     ), running as (
       select patient, (sum(n) over (order by patient) - n)::bigint / $2 as number from sized
     )
     insert into partition (run_id, number, patients)
     select $1, dense_rank() over (order by number), array_agg(patient order by patient) from running group by number`,
    [run, VERSIONS_A_PARTITION, earlier]);
  await tx.query(
    `insert into partition (run_id, number, patients, from_version, to_version)
     select $1, (select coalesce(max(number), 0) from partition where run_id = $1) + 1 + chunk, array[''], min(id), max(id)
       from (select id, (row_number() over (order by id) - 1) / $2 as chunk
               from (select id from version where run_id = $1 and patient = ''
                     union select left_over.id from (${leftOver}) as left_over where left_over.patient = ''
                     union select version_id from population_finding where run_id = $1 and patient = ''
                     union select id from version
                      where ${everything} and source_id = (select source_id from run where id = $1) and head and patient = '') as mine) as outside
      group by chunk`, [run, VERSIONS_A_PARTITION, earlier]);
  return plannedPartitions(tx, run);
}

async function plannedPartitions(db: Queryable, run: string): Promise<number> {
  const { rows: [planned] } = await db.query<{ n: number }>('select count(*)::int as n from partition where run_id = $1', [run]);
  return planned?.n ?? 0;
}

export type Partition = {
  id: string; run: string; source: number; sourceName: string; asOf: Date; patients: string[];
  fromVersion: string | null; toVersion: string | null; state: 'pending' | 'assessed' | 'released';
};

export async function partition(db: Queryable, id: string): Promise<Partition | undefined> {
  const { rows: [row] } = await db.query<Partition>(
    `select p.id, p.run_id as run, r.source_id as source, s.name as "sourceName", r.as_of as "asOf", p.patients,
            p.from_version as "fromVersion", p.to_version as "toVersion", p.state
       from partition p join run r on r.id = p.run_id join source s on s.id = r.source_id where p.id = $1`, [id]);
  return row;
}

/** Ids of the run's partitions in a state, after one of them, in order. */
export async function partitionsIn(db: Queryable, run: string, state: Partition['state'], limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select id from partition where run_id = $1 and state = $2 order by id limit $3', [run, state, limit]);
  return rows.map((row) => row.id);
}

export async function finishAssessing(tx: Queryable, id: string): Promise<void> {
  await tx.query(`update partition set state = 'assessed' where id = $1 and state = 'pending'`, [id]);
}

/** Types whose extraction failed in the run: rules that read them are unevaluated (contract 7). */
export async function failedTypes(db: Queryable, run: string): Promise<string[]> {
  const { rows } = await db.query<{ type: string }>(`select type from run_type where run_id = $1 and state = 'failed'`, [run]);
  return rows.map((row) => row.type);
}
