import type { Queryable } from './connect.ts';
import { ofFacilities, type Facilities } from './queue-filter.ts';

export type RuleFigure = { rule: string; open: number; late: number; openedLastWeek: number; openedWeekBefore: number; records: number };

/** What each rule has in the queue, and whether that grows. */
export async function ruleFigures(db: Queryable, facilities: Facilities = null): Promise<RuleFigure[]> {
  const { rows } = await db.query<RuleFigure>(
    `select e.rule, (count(*) filter (where e.state = 'open'))::int as open, (count(*) filter (where e.state = 'open' and e.due_at < now()))::int as late,
            (count(*) filter (where e.opened_at > now() - interval '7 days'))::int as "openedLastWeek",
            (count(*) filter (where e.opened_at between now() - interval '14 days' and now() - interval '7 days'))::int as "openedWeekBefore",
            coalesce(sum(waiting.n) filter (where e.state = 'open'), 0)::int as records
       from exception e left join (select exception_id, count(distinct version_id) as n from exception_member where state = 'waiting' group by 1) as waiting on waiting.exception_id = e.id
      where ${ofFacilities('e.source_id', '$1')} group by e.rule order by e.rule`, [facilities]);
  return rows;
}

export type CauseFigure = { model: string; open: number; records: number; decided: number; overridden: number; decidedBefore: number; overriddenBefore: number };

/**
 * Models as rules of AI name them in their causes ("Condition by scribe"): what waits, and how often people overrode the finding (released what it
 * held) in the last 30 days and in the 30 before.
 */
export async function modelFigures(db: Queryable, facilities: Facilities = null): Promise<CauseFigure[]> {
  const recent = `d.decided_at > now() - interval '30 days'`;
  const { rows } = await db.query<CauseFigure>(
    `select coalesce(substring(e.cause from ' by (.+)$'), e.cause) as model, (count(distinct e.id) filter (where e.state = 'open'))::int as open,
            coalesce(sum(waiting.n) filter (where e.state = 'open'), 0)::int as records,
            (count(d.id) filter (where ${recent}))::int as decided, (count(d.id) filter (where ${recent} and d.disposition like 'release-%'))::int as overridden,
            (count(d.id) filter (where not ${recent}))::int as "decidedBefore", (count(d.id) filter (where not ${recent} and d.disposition like 'release-%'))::int as "overriddenBefore"
       from exception e
       left join (select exception_id, count(distinct version_id) as n from exception_member where state = 'waiting' group by 1) as waiting on waiting.exception_id = e.id
       left join decision d on d.exception_id = e.id and d.state in ('pending', 'effective', 'reversed') and d.decided_at > now() - interval '60 days'
      where e.owner = 'ai' and ${ofFacilities('e.source_id', '$1')} group by 1 order by 1`, [facilities]);
  return rows;
}
