import type { Query } from './rows.ts';
import type { Troubles } from './trouble.ts';

const happened = (kinds: string, decision: string): string =>
  `exists (select from case_event o where o.exception_id = d.exception_id and o.kind in (${kinds}) and o.body ->> 'decision' = ${decision})`;

/** Decisions that are not what an event of their case says: who, what, when, and what became of it. */
const changedDecisions = `
  select d.id::text as id from decision d
    left join case_event c on c.exception_id = d.exception_id and c.kind = 'decided' and c.body #>> '{decision,decision}' = d.id::text
   where c.id is null or d.body is distinct from c.body -> 'decision' or d.by_person is distinct from d.body ->> 'by'
      or (d.disposition, d.validity, d.root_cause) is distinct from (d.body ->> 'disposition', d.body ->> 'validity', d.body ->> 'rootCause')
      or (d.decided_at, d.effect_at) is distinct from ((d.body ->> 'at')::timestamptz, (d.body ->> 'effectAt')::timestamptz)
      or d.state <> case when ${happened(`'reversed'`, 'd.id::text')} then 'reversed' when ${happened(`'undone'`, 'd.id::text')} then 'undone'
                         when ${happened(`'superseded'`, 'd.id::text')} then 'superseded' when ${happened(`'took-effect'`, 'd.id::text')} then 'effective' else 'pending' end`;

const removedDecisions = `
  select c.body #>> '{decision,decision}' as id from case_event c left join decision d on d.id::text = c.body #>> '{decision,decision}'
   where c.kind = 'decided' and d.id is null`;

/** What a disposition says in place of the policy. */
const action = `case d.disposition when 'release-as-is' then 'score' when 'release-with-flag' then 'flag' when 'keep-out' then 'exclude' end`;

/** Rulings that do not follow from their decision: what, for which purposes, on which cause, until when, and how it ended. */
const changedRulings = `
  select r.decision_id::text as id from ruling r left join decision d on d.id = r.decision_id left join exception x on x.id = d.exception_id
   where d.id is null or r.action is distinct from ${action} or r.scope is distinct from d.body ->> 'scope'
      or to_jsonb(r.purposes) is distinct from d.body -> 'purposes' or r.expires_at is distinct from (d.body ->> 'expiresAt')::timestamptz
      or (r.source_id, r.rule, r.cause) is distinct from (x.source_id, x.rule, x.cause) or not ${happened(`'took-effect'`, 'd.id::text')}
      or (r.ended_at is null) <> (r.ended_by is null)
      or r.ended_by is distinct from case when ${happened(`'reversed'`, 'd.id::text')} then 'reversed' when ${happened(`'expired'`, 'd.id::text')} then 'expired' end`;

const removedRulings = `
  select d.id::text as id from decision d left join ruling r on r.decision_id = d.id
   where r.decision_id is null and ${action} is not null and d.state in ('effective', 'reversed')`;

/**
 * Decisions and rulings are made from the events of their cases, which are facts, and what is answered about
 * waivers reads them: each is compared with those events.
 */
export async function compareDecisions(query: Query, troubles: Troubles): Promise<{ decision: number; ruling: number }> {
  for (const [table, sql] of [['decision', changedDecisions], ['ruling', changedRulings]] as const) {
    for (const { id } of (await query<{ id: string }>(sql)).rows) {
      troubles.add({ kind: 'row-changed', table, row: id, says: `Row ${id} of ${table} is not what the events of its case say.` });
    }
  }
  for (const [table, sql] of [['decision', removedDecisions], ['ruling', removedRulings]] as const) {
    for (const { id } of (await query<{ id: string }>(sql)).rows) {
      troubles.add({ kind: 'row-removed', table, row: id, says: `Row ${id} of ${table} is gone; the events of its case say that it was there.` });
    }
  }
  const { rows: [counts] } = await query<{ decision: number; ruling: number }>(
    'select (select count(*) from decision)::float8 as decision, (select count(*) from ruling)::float8 as ruling');
  return counts ?? { decision: 0, ruling: 0 };
}
