import type { Decision, DecisionState, Ruling } from '../terms/decision.ts';
import type { Action } from '../terms/verdict.ts';
import type { Owner } from '../terms/rule.ts';
import type { Queryable, Tx } from './connect.ts';

export async function keepDecision(tx: Tx, decision: Decision, bulk: string | null = null): Promise<void> {
  await tx.query(
    `insert into decision (id, exception_id, body, by_person, disposition, validity, root_cause, decided_at, effect_at, bulk_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [decision.decision, decision.exception, JSON.stringify(decision), decision.by, decision.disposition, decision.validity, decision.rootCause,
      decision.at, decision.effectAt, bulk]);
}

export async function moveDecision(tx: Tx, decision: string, state: DecisionState): Promise<void> {
  await tx.query(
    `update decision set state = $2, settled_at = case when $2 in ('undone', 'superseded') then now() end where id = $1`, [decision, state]);
}

export async function settleDecision(tx: Tx, decision: string): Promise<void> {
  await tx.query('update decision set settled_at = clock_timestamp() where id = $1', [decision]);
}

export type DecisionRow = { decision: Decision; state: DecisionState; settled: boolean };

export async function decisionsOf(db: Queryable, exception: string): Promise<DecisionRow[]> {
  const { rows } = await db.query<DecisionRow>(
    `select body as decision, state, settled_at is not null as settled from decision where exception_id = $1 order by decided_at, id`, [exception]);
  return rows;
}

/**
 * The decision covers the versions that waited in the case when it was read, for its purposes; they wait for those no longer.
 * A repeated call adds nothing.
 * @returns how many versions it covers, and the rows that say so
 */
export async function coverMembers(tx: Tx, decision: Pick<Decision, 'decision' | 'exception' | 'revision' | 'purposes'>): Promise<{ covered: number; ruled: string[] }> {
  const { rows: ruled } = await tx.query<{ id: string }>(
    `insert into ruled_version (version_id, decision_id, rule, cause)
     select distinct m.version_id, $1::uuid, f.finding ->> 'rule', f.finding ->> 'cause'
       from exception_member m join assessment a on a.id = m.assessment_id
      cross join lateral (select a.findings -> m.finding as finding) as f
      where m.exception_id = $2 and m.revision <= $3 and m.state = 'waiting' and m.purposes && $4::text[]
     on conflict do nothing returning id`, [decision.decision, decision.exception, decision.revision, decision.purposes]);
  await tx.query(
    `update exception_member set purposes = case when purposes <@ $3::text[] then purposes else array(select unnest(purposes) except select unnest($3::text[])) end,
            state = case when purposes <@ $3::text[] then 'decided' else state end
      where exception_id = $1 and revision <= $2 and state = 'waiting' and purposes && $3::text[]`,
    [decision.exception, decision.revision, decision.purposes]);
  const { rows: [row] } = await tx.query<{ n: number }>(
    'select count(distinct version_id)::int as n from ruled_version where decision_id = $1', [decision.decision]);
  return { covered: row?.n ?? 0, ruled: ruled.map((one) => one.id) };
}

export async function waitingMembers(tx: Tx, exception: string): Promise<number> {
  const { rows: [row] } = await tx.query<{ n: number }>(
    `select count(distinct version_id)::int as n from exception_member where exception_id = $1 and state = 'waiting'`, [exception]);
  return row?.n ?? 0;
}

/** The case is another team's from now on. */
export async function giveToOwner(tx: Tx, exception: string, owner: Owner): Promise<void> {
  await tx.query('update exception set owner = $2, assignee = null where id = $1', [exception, owner]);
}

/** In place of the policy's answer from now on, until it ends. */
export async function rule(tx: Tx, about: { source: number; rule: string; cause: string }, decision: Decision, action: Action): Promise<void> {
  await tx.query(
    `insert into ruling (decision_id, source_id, rule, cause, scope, action, purposes, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [decision.decision, about.source, about.rule, about.cause, decision.scope, action, decision.purposes, decision.expiresAt ?? null]);
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
 * The current versions that a decision bears on, by patient, in order.
 * @param after the last patient of the page before
 */
export async function ruledPatients(db: Queryable, decision: string, limit: number, after?: string): Promise<RuledPatient[]> {
  const { rows } = await db.query<RuledPatient>(
    `select v.source_id as source, v.patient, array_agg(distinct v.id order by v.id) as versions
       from ruled_version x join version v on v.id = x.version_id and v.head and not v.deletion
      where x.decision_id = $1 and ($3::text is null or v.patient > $3)
      group by v.source_id, v.patient order by v.patient limit $2`, [decision, limit, after ?? null]);
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

/**
 * Rulings in force that may speak of the patient's current versions: those on a version, and (version null) those on a cause.
 * The newest first: where two speak of one finding and purpose, the newest holds.
 */
export async function rulingsInForce(db: Queryable, source: number, patient: string): Promise<VersionRuling[]> {
  const { rows } = await db.query<VersionRuling>(
    `select r.decision_id as decision, r.action, r.purposes, x.version_id as version, x.rule, x.cause, d.decided_at
       from ruling r join decision d on d.id = r.decision_id join ruled_version x on x.decision_id = r.decision_id
       join version v on v.id = x.version_id and v.head
      where r.source_id = $1 and r.ended_at is null and v.patient = $2
     union all
     select r.decision_id, r.action, r.purposes, null, r.rule, r.cause, d.decided_at
       from ruling r join decision d on d.id = r.decision_id where r.source_id = $1 and r.ended_at is null and r.scope = 'cause'
      order by 7 desc`, [source, patient]);
  return rows;
}
