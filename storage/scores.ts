import type { Tally } from '../terms/score.ts';
import type { Queryable, Tx } from './connect.ts';

/** A rule's id without its variant; checks of profiles and of terminology count as one each, and fail by an error only. */
const criterion = `case when f ->> 'rule' like 'profile-%' then 'profile' when f ->> 'rule' like 'terminology-%' then 'terminology' else split_part(f ->> 'rule', '/', 1) end`;
const isWrong = `f ->> 'outcome' = 'wrong' and (f ->> 'rule' !~ '^(profile|terminology)-' or f ->> 'severity' in ('error', 'fatal'))`;

/** Lists of findings, each with how many of a type have it: what is found repeats, so few lists are opened. */
const tallied = `
  select l.type, o.rule, sum(l.n) filter (where o.wrong)::int as failed, sum(l.n) filter (where not o.wrong)::int as unevaluated
    from lists l join finding_list fl on fl.id = l.finding_list
   cross join lateral (select ${criterion} as rule, bool_or(${isWrong}) as wrong from jsonb_array_elements(fl.findings) as f
                        where ${isWrong} or f ->> 'outcome' = 'unevaluated' group by 1) as o
   group by l.type, o.rule`;

/** The source's current records are counted for the run that ends. A repeated call counts again. */
export async function keepScores(tx: Tx, run: string): Promise<void> {
  await tx.query('delete from score_rule where run_id = $1', [run]);
  await tx.query('delete from score_type where run_id = $1', [run]);
  await tx.query(
    `with lists as materialized (
       select v.type, a.finding_list, count(*)::int as n from version v join assessment a on a.version_id = v.id and a.current
        where v.source_id = (select source_id from run where id = $1) and v.head and not v.deletion group by 1, 2
     ), types as (
       insert into score_type (run_id, source_id, type, resources) select $1, (select source_id from run where id = $1), type, sum(n) from lists group by type)
     insert into score_rule (run_id, type, rule, failed, unevaluated) select $1, type, rule, coalesce(failed, 0), coalesce(unevaluated, 0) from (${tallied}) as t`, [run]);
}

type Rows = { types: { type: string; resources: number }[] | null; rules: Tally['rules'] | null };

const talliesOf = (rows: Rows | undefined): Tally => ({ types: rows?.types ?? [], rules: rows?.rules ?? [] });

export type RunTally = Tally & { run: string; at: Date };

/** What the last runs of a source were counted as, the newest first: the trend. @param run that one alone */
export async function runTallies(db: Queryable, source: string, limit: number, run?: string): Promise<RunTally[]> {
  const { rows } = await db.query<Rows & { run: string; at: Date }>(
    `select r.id as run, coalesce(r.finished_at, r.started_at) as at,
            (select json_agg(json_build_object('type', t.type, 'resources', t.resources) order by t.type) from score_type t where t.run_id = r.id) as types,
            (select json_agg(json_build_object('type', u.type, 'rule', u.rule, 'failed', u.failed, 'unevaluated', u.unevaluated) order by u.type, u.rule) from score_rule u where u.run_id = r.id) as rules
       from run r join source s on s.id = r.source_id
      where s.name = $1 and ($3::bigint is null or r.id = $3) and exists (select from score_type t where t.run_id = r.id) order by r.id desc limit $2`,
    [source, limit, run ?? null]);
  return rows.map((row) => ({ run: row.run, at: row.at, ...talliesOf(row) }));
}

/** The same of one patient's current records, or of one resource, as they stand now. */
export async function subjectTally(db: Queryable, source: string, subject: { patient: string } | { type: string; id: string }): Promise<Tally> {
  const [patient, type, id] = 'patient' in subject ? [subject.patient, null, null] : [null, subject.type, subject.id];
  const { rows: [row] } = await db.query<Rows>(
    `with lists as (
       select v.type, a.finding_list, count(*)::int as n from version v join source s on s.id = v.source_id join assessment a on a.version_id = v.id and a.current
        where s.name = $1 and v.head and not v.deletion and ($2::text is null or v.patient = $2) and ($3::text is null or (v.type = $3 and v.logical_id = $4)) group by 1, 2)
     select (select json_agg(json_build_object('type', type, 'resources', n) order by type) from (select type, sum(n)::int as n from lists group by type) as t) as types,
            (select json_agg(json_build_object('type', type, 'rule', rule, 'failed', coalesce(failed, 0), 'unevaluated', coalesce(unevaluated, 0)) order by type, rule) from (${tallied}) as u) as rules`,
    [source, patient, type, id]);
  return talliesOf(row);
}
