import type { Queryable } from '../connect.ts';
import type { RunCounts } from '../landed-tally.ts';

/** Decisions that make a share worth counting; fewer wait for those to come. */
const ENOUGH = 20;

/**
 * Decisions on the source's cases since they were last counted, by rule and by the model that an AI rule's cause
 * names: how many, and how many overrode what was found by releasing what it held. Keys as in
 * validators/integrity/templates/landed-tally.ts: `decided|…`, `overridden|…`.
 */
export async function decisionCounts(db: Queryable, source: number, run: string): Promise<Record<string, number>> {
  const { rows } = await db.query<{ what: string; decided: number; overridden: number }>(
    `with decisions as (
       select d.decided_at, d.disposition like 'release-%' as overridden, about.what
         from decision d join exception e on e.id = d.exception_id
        cross join lateral (select 'rule ' || e.rule as what union select 'model ' || regexp_replace(split_part(e.cause, ':', 1), '^.* by ', '') where e.owner = 'ai' and e.cause like '% by %') as about
        where e.source_id = $1 and d.state in ('pending', 'effective', 'reversed') and d.decided_at <= (select as_of from run where id = $2)
     ), counted as (
       select substr(c.key, length('decided|') + 1) as what, max(r.as_of) as until from run_count c join run r on r.id = c.run_id
        where c.source_id = $1 and c.key like 'decided|%' and c.run_id <> $2 group by 1
     )
     select d.what, count(*)::int as decided, (count(*) filter (where d.overridden))::int as overridden
       from decisions d left join counted c using (what) where c.until is null or d.decided_at > c.until
      group by d.what having count(*) >= ${ENOUGH}`, [source, run]);
  return Object.fromEntries(rows.flatMap(({ what, decided, overridden }) => [[`decided|${what}`, decided], [`overridden|${what}`, overridden]]));
}

/** The runs of the source before this one that counted decisions, the newest first. */
export async function countedDecisions(db: Queryable, source: number, run: string, limit: number): Promise<RunCounts[]> {
  const { rows } = await db.query<RunCounts>(
    `select run_id as run, jsonb_object_agg(key, n) as counts from run_count
      where source_id = $1 and run_id < $2 and (key like 'decided|%' or key like 'overridden|%') group by run_id order by run_id desc limit $3`,
    [source, run, limit]);
  return rows;
}
