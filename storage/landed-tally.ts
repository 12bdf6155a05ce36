import type { Queryable, Tx } from './connect.ts';

/** validators/integrity/templates/landed-tally.ts makes it. */
export type Tally = {
  readonly counts: Readonly<Record<string, number>>;
  readonly groups: readonly string[]; readonly values: readonly number[]; readonly versions: readonly string[];
};

/** What a chunk landed is counted, in its transaction. */
export async function saveTally(tx: Tx, at: { source: number; run: string; file: string; fromLine: number }, tally: Tally): Promise<void> {
  await tx.query(
    `insert into landed_tally (run_id, file_id, from_line, source_id, counts, value_groups, values, value_versions)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [at.run, at.file, at.fromLine, at.source, JSON.stringify(tally.counts), tally.groups, tally.values, tally.versions]);
}

/** The numbers of a patient's results are gone from the tallies; counts name nobody and stay. */
export async function forgetValues(tx: Tx, source: number, patient: string): Promise<void> {
  await tx.query(
    `with gone as (select array_agg(id) as ids from version where source_id = $1 and patient = $2)
     update landed_tally t set (value_groups, values, value_versions) = (
       select coalesce(array_agg(g order by n), '{}'), coalesce(array_agg(x order by n), '{}'), coalesce(array_agg(v order by n), '{}')
         from unnest(t.value_groups, t.values, t.value_versions) with ordinality as u (g, x, v, n) where v <> all(gone.ids))
      from gone where t.source_id = $1 and t.value_versions && gone.ids`, [source, patient]);
}

/** The run's tallies are added up. A repeated call changes nothing. */
export async function addUp(tx: Tx, source: number, run: string): Promise<void> {
  await tx.query(
    `insert into run_count (source_id, run_id, key, n)
     select $1, $2, key, sum(n::bigint) from landed_tally t cross join lateral jsonb_each_text(t.counts) as c (key, n)
      where t.source_id = $1 and t.run_id = $2 group by key
     on conflict (run_id, key) do update set n = excluded.n`, [source, run]);
}

/** More counts of the run, of what no chunk knows: decisions. */
export async function addCounts(tx: Tx, source: number, run: string, counts: Readonly<Record<string, number>>): Promise<void> {
  await tx.query(
    `insert into run_count (source_id, run_id, key, n) select $1, $2, key, n::bigint from jsonb_each_text($3::jsonb) as c (key, n)
     on conflict (run_id, key) do update set n = excluded.n`, [source, run, JSON.stringify(counts)]);
}

export type RunCounts = { run: string; counts: Record<string, number> };

/**
 * The counts of the run and of the ordinary ones before it that were completed, the newest first: those that
 * pulled what the source had, as this one did.
 */
export async function recentCounts(db: Queryable, source: number, run: string, limit: number): Promise<RunCounts[]> {
  const { rows } = await db.query<RunCounts>(
    `with ordinary as (
       select id from run where source_id = $1 and (id = $2 or (id < $2 and state = 'completed'))
          and coalesce(asked ->> 'reassess', 'false') <> 'true' and asked -> 'types' is null and asked -> 'group' is null
        order by id desc limit $3)
     select o.id as run, coalesce(jsonb_object_agg(c.key, c.n) filter (where c.key is not null), '{}') as counts
       from ordinary o left join run_count c on c.run_id = o.id group by o.id order by o.id desc`, [source, run, limit]);
  return rows;
}
