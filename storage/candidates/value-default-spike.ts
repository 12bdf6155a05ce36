import type { Queryable } from '../connect.ts';
import { runsTakenUp } from '../partitions.ts';

/** Chunks looked back over, the run's own included: some 100,000 resources. */
const WINDOW = 200;

/** At one device or department the number that comes up most for a code in a unit, and how often the most repeated one comes up elsewhere. */
export type Spike = { subject: string; values: number; repeated: number; elsewhere: number; others: number; versions: string[] };

/**
 * Groups of which the run brought values, and those that stand found.
 * @param fewest values that a group must have, here and elsewhere
 * @param share of the most repeated value, below which a group is not looked at
 */
export async function valueSpikes(db: Queryable, source: number, run: string, again: readonly string[], fewest: number, share: number): Promise<Spike[]> {
  const { rows } = await db.query<Spike>(
    `with recent as (select run_id, value_groups, values, value_versions from landed_tally where source_id = $2 order by run_id desc, file_id desc, from_line desc limit ${WINDOW}),
     each as (select t.run_id, v.* from recent t cross join lateral unnest(t.value_groups, t.values, t.value_versions) as v (place, value, version)),
     counted as (select place, value, count(*) as n, array_agg(version) as versions, bool_or(run_id = any($1::bigint[])) as fresh from each group by place, value),
     places as (select place, regexp_replace(place, '\\|[^|]*$', '') as code, sum(n) as values, max(n) as repeated, bool_or(fresh) as fresh from counted group by place),
     top as (select distinct on (place) place, versions from counted order by place, n desc, value),
     rest as (
       select p.place, sum(o.values) as values, sum(o.repeated) as repeated from places p join places o on o.code = p.code and o.place <> p.place group by p.place)
     select p.place as subject, p.values::int, p.repeated::int, (r.repeated / r.values)::float8 as elsewhere, r.values::int as others,
            array(select v.id::text from version v where v.id = any(t.versions) and v.head order by v.id) as versions
       from places p join top t using (place) join rest r using (place)
      where (p.fresh or p.place = any($3)) and p.values >= $4 and r.values >= $4 and p.repeated >= p.values * $5::float8`,
    [await runsTakenUp(db, run), source, again, fewest, share]);
  return rows;
}

/** Whose compartment the versions are in. */
export async function patientsOf(db: Queryable, versions: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; patient: string }>('select id, patient from version where id = any($1)', [versions]);
  return new Map(rows.map((row) => [row.id, row.patient]));
}
