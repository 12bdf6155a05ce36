import type { Decision, DecisionState, Ruling } from '../terms/decision.ts';
import type { Action } from '../terms/verdict.ts';
import type { Owner } from '../terms/rule.ts';
import { bigints, integers, texts } from './array-parameters.ts';
import type { Queryable, Tx } from './connect.ts';

export async function keepDecision(tx: Tx, decision: Decision, bulk: string | null = null): Promise<void> {
  await tx.query(
    `insert into decision (id, exception_id, body, by_person, disposition, validity, root_cause, decided_at, effect_at, bulk_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [decision.decision, decision.exception, JSON.stringify(decision), decision.by, decision.disposition, decision.validity, decision.rootCause,
      decision.at, decision.effectAt, bulk]);
}

export async function moveDecisions(tx: Tx, decisions: readonly string[], state: DecisionState): Promise<void> {
  await tx.query(
    `update decision set state = $2, settled_at = case when $2 in ('undone', 'superseded') then now() end where id = any($1)`, [decisions, state]);
}

export async function settleDecisions(tx: Tx, decisions: readonly string[]): Promise<void> {
  await tx.query('update decision set settled_at = clock_timestamp() where id = any($1)', [decisions]);
}

export type DecisionRow = { decision: Decision; state: DecisionState; settled: boolean };

export async function decisionsOf(db: Queryable, exception: string): Promise<DecisionRow[]> {
  const { rows } = await db.query<DecisionRow>(
    `select body as decision, state, settled_at is not null as settled from decision where exception_id = $1 order by decided_at, id`, [exception]);
  return rows;
}

/**
 * Each decision covers the versions that waited in its case when that was read, for its purposes; they wait for those no longer.
 * A repeated call adds nothing.
 * @returns by decision: how many versions it covers, and the rows that say so
 */
export async function coverMembers(tx: Tx, decisions: readonly Decision[]): Promise<Map<string, { covered: number; ruled: string[] }>> {
  // Names of purposes hold no comma; PostgreSQL has no array of arrays of different lengths.
  const given = [decisions.map((one) => one.decision), bigints(decisions.map((one) => one.exception)), integers(decisions.map((one) => one.revision)),
    texts(decisions.map((one) => one.purposes.join(',')))];
  const made = `made as (select decision, exception, revision, string_to_array(purposes, ',') as purposes
                           from unnest($1::uuid[], $2::bigint[], $3::int[], $4::text[]) as given (decision, exception, revision, purposes))`;
  const { rows: ruled } = await tx.query<{ id: string; decision: string }>(
    `with ${made}
     insert into ruled_version (version_id, decision_id, rule, cause)
     select distinct m.version_id, d.decision, f.finding ->> 'rule', f.finding ->> 'cause'
       from made d join exception_member m on m.exception_id = d.exception join assessment a on a.id = m.assessment_id
      cross join lateral (select a.findings -> m.finding as finding) as f
      where m.revision <= d.revision and m.state = 'waiting' and m.purposes && d.purposes
     on conflict do nothing returning id, decision_id as decision`, given);
  await tx.query(
    `with ${made}
     update exception_member m set purposes = case when m.purposes <@ d.purposes then m.purposes else array(select unnest(m.purposes) except select unnest(d.purposes)) end,
            state = case when m.purposes <@ d.purposes then 'decided' else m.state end
       from made d where m.exception_id = d.exception and m.revision <= d.revision and m.state = 'waiting' and m.purposes && d.purposes`, given);
  const { rows } = await tx.query<{ decision: string; covered: number }>(
    `select decision_id as decision, count(distinct version_id)::int as covered from ruled_version where decision_id = any($1) group by 1`, [decisions.map((one) => one.decision)]);
  const rowsOf = Map.groupBy(ruled, (one) => one.decision);
  const counted = new Map(rows.map((row) => [row.decision, row.covered]));
  return new Map(decisions.map(({ decision }) => [decision, { covered: counted.get(decision) ?? 0, ruled: (rowsOf.get(decision) ?? []).map((one) => one.id) }]));
}

/** @returns those of the cases in which a version waits */
export async function withWaiting(tx: Tx, exceptions: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ exception: string }>(
    `select distinct exception_id as exception from exception_member where exception_id = any($1) and state = 'waiting'`, [bigints(exceptions)]);
  return new Set(rows.map((row) => row.exception));
}

/** The case is another team's from now on. */
export async function giveToOwner(tx: Tx, exception: string, owner: Owner): Promise<void> {
  await tx.query('update exception set owner = $2, assignee = null where id = $1', [exception, owner]);
}

export type NewRuling = { readonly source: number; readonly rule: string; readonly cause: string; readonly action: Action; readonly decision: Decision };

/** In place of the policy's answer from now on, until they end. */
export async function rule(tx: Tx, rulings: readonly NewRuling[]): Promise<void> {
  await tx.query(
    `insert into ruling (decision_id, source_id, rule, cause, scope, action, purposes, expires_at)
     select decision, source, rule, cause, scope, action, string_to_array(purposes, ','), expires
       from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
            as made (decision, source, rule, cause, scope, action, purposes, expires) on conflict do nothing`,
    [rulings.map((one) => one.decision.decision), integers(rulings.map((one) => one.source)), texts(rulings.map((one) => one.rule)), texts(rulings.map((one) => one.cause)),
      texts(rulings.map((one) => one.decision.scope)), texts(rulings.map((one) => one.action)), texts(rulings.map((one) => one.decision.purposes.join(','))),
      rulings.map((one) => one.decision.expiresAt ?? null)]);
}

export async function endRuling(tx: Tx, decision: string, by: 'expired' | 'reversed'): Promise<void> {
  await tx.query('update ruling set ended_at = now(), ended_by = $2 where decision_id = $1 and ended_at is null', [decision, by]);
  await tx.query('update decision set settled_at = null where id = $1', [decision]);
}

/** Decisions of the case that have effect, or no longer have it, while not all of it is in the feeds. */
export async function unsettled(db: Queryable, exception: string): Promise<{ decision: Decision; how: 'took-effect' | 'reversed' | 'expired' }[]> {
  const { rows } = await db.query<{ decision: Decision; how: 'took-effect' | 'reversed' | 'expired' }>(
    `select d.body as decision, case when d.state = 'reversed' then 'reversed' else coalesce(r.ended_by, 'took-effect') end as how
       from decision d left join ruling r on r.decision_id = d.id
      where d.exception_id = $1 and d.settled_at is null and d.state in ('effective', 'reversed') order by d.decided_at`, [exception]);
  return rows;
}

/** Decisions of the case whose release has come to its end. */
export async function expiredRulings(tx: Tx, exception: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select r.decision_id as id from ruling r join decision d on d.id = r.decision_id
      where d.exception_id = $1 and r.ended_at is null and r.expires_at <= now()`, [exception]);
  return rows.map((row) => row.id);
}

export type RuledPatient = { source: number; patient: string; versions: string[] };

/**
 * The current versions that each decision bears on, by patient, in order.
 * @param limit of patients, for each @param after the last patient of the page before
 */
export async function ruledPatients(db: Queryable, decisions: readonly string[], limit: number, after?: string): Promise<(RuledPatient & { decision: string })[]> {
  const { rows } = await db.query<RuledPatient & { decision: string }>(
    `select asked.decision, of.* from unnest($1::uuid[]) as asked (decision) cross join lateral (
       select v.source_id as source, v.patient, array_agg(distinct v.id order by v.id) as versions
         from ruled_version x join version v on v.id = x.version_id and v.head and not v.deletion
        where x.decision_id = asked.decision and ($3::text is null or v.patient > $3)
        group by v.source_id, v.patient order by v.patient limit $2) as of`, [decisions, limit, after ?? null]);
  return rows;
}

/** A ruling on a whole cause was applied to the versions: when it ends, they are judged again. @returns ids of the rows that are new */
export async function keepRuled(tx: Tx, ruled: readonly { version: string; decision: string; rule: string; cause: string }[]): Promise<string[]> {
  if (ruled.length === 0) return [];
  const { rows } = await tx.query<{ id: string }>(
    `insert into ruled_version (version_id, decision_id, rule, cause)
     select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[]) on conflict do nothing returning id`,
    [ruled.map((one) => one.version), ruled.map((one) => one.decision), ruled.map((one) => one.rule), ruled.map((one) => one.cause)]);
  return rows.map((row) => row.id);
}

export type VersionRuling = Ruling & { version: string | null };
const inForce = 'r.decision_id as decision, r.action, r.purposes';

/**
 * Rulings in force that may speak of the patient's current versions: those on a version, and (version null) those on a cause.
 * The newest first: where two speak of one finding and purpose, the newest holds.
 */
export async function rulingsInForce(db: Queryable, source: number, patient: string): Promise<VersionRuling[]> {
  const { rows } = await db.query<VersionRuling>(
    `select ${inForce}, x.version_id as version, x.rule, x.cause, d.decided_at
       from ruling r join decision d on d.id = r.decision_id join ruled_version x on x.decision_id = r.decision_id
       join version v on v.id = x.version_id and v.head
      where r.source_id = $1 and r.ended_at is null and v.patient = $2
     union all
     select ${inForce}, null, r.rule, r.cause, d.decided_at
       from ruling r join decision d on d.id = r.decision_id where r.source_id = $1 and r.ended_at is null and r.scope = 'cause'
      order by 7 desc`, [source, patient]);
  return rows;
}

/** The same for these versions, each with the source that a ruling on a cause is of. */
export async function rulingsOn(db: Queryable, versions: readonly string[], sources: readonly number[]): Promise<(VersionRuling & { source: number })[]> {
  const { rows } = await db.query<VersionRuling & { source: number }>(
    `select ${inForce}, x.version_id as version, x.rule, x.cause, d.decided_at, r.source_id as source
       from unnest($1::bigint[]) as asked (version) join ruled_version x on x.version_id = asked.version
       join ruling r on r.decision_id = x.decision_id and r.ended_at is null join decision d on d.id = r.decision_id
     union all
     select ${inForce}, null, r.rule, r.cause, d.decided_at, r.source_id
       from unnest($2::int[]) as asked (source) join ruling r on r.source_id = asked.source and r.ended_at is null and r.scope = 'cause' join decision d on d.id = r.decision_id
      order by 7 desc`, [bigints(versions), integers([...new Set(sources)])]);
  return rows;
}
