import type { Evidence } from '../terms/finding.ts';
import type { Owner } from '../terms/rule.ts';
import type { Priority } from '../terms/policy.ts';
import type { Purpose } from '../terms/purpose.ts';
import type { Reach } from '../terms/verdict.ts';
import type { Turn } from '../terms/exception.ts';
import type { Queryable } from './connect.ts';
import { FILTER_VALUES, matches, values, type QueueFilter } from './queue-filter.ts';

export type { QueueFilter } from './queue-filter.ts';

/** `urgency`: priority, then due date; `due`: due date alone; `oldest`: when it was opened. */
export const queueOrders = ['urgency', 'due', 'oldest'] as const;
export type QueueOrder = (typeof queueOrders)[number];
const orderKeys: Readonly<Record<QueueOrder, readonly [string, string]>> = {
  urgency: ['e.priority', 'e.due_at'], due: ['0::smallint', 'e.due_at'], oldest: ['0::smallint', 'e.opened_at'],
};

/** Where a page of the queue ends: the key of its last row. `dueAt` is PostgreSQL's text of the time it is ordered by, to the microsecond. */
export type QueuePlace = { priority: number; dueAt: string; id: string };

export type QueuedException = {
  id: string; source: string; rule: string;
  /** Tells the cases of one rule apart: a code and unit, an element, a department. */
  cause: string;
  priority: Priority; owner: Owner; reach: Reach; retraction: boolean;
  assignee: string | null; turn: Turn; escalated: boolean; effectAt: Date | null;
  state: 'open' | 'closed'; closedBy: string | null; revision: number; openedAt: Date; dueAt: Date; closedAt: Date | null;
  /** Versions that wait in it. */
  records: number;
  waits: Purpose[];
  /** The finding's own sentence, of the first member, or what a case without records is about; it holds no value from a record. */
  says: string | null;
};

const columns = `e.id, s.name as source, e.rule, e.cause, e.priority, e.owner, e.reach, e.retraction, e.assignee, e.turn, e.escalated, e.effect_at as "effectAt", e.state, e.closed_by as "closedBy",
  e.revision, e.opened_at as "openedAt", e.due_at as "dueAt", e.closed_at as "closedAt",
  waiting.records, waiting.waits, coalesce(first.says, e.says) as says`;

/** Members that still wait; of a closed exception, all it had. */
const joins = `join source s on s.id = e.source_id
  cross join lateral (
    select count(distinct m.version_id)::int as records, coalesce(array_agg(distinct p order by p) filter (where p is not null), '{}') as waits
      from exception_member m left join lateral unnest(m.purposes) as p on true
     where m.exception_id = e.id and (m.state = 'waiting' or e.state = 'closed')) as waiting
  left join lateral (
    select a.findings -> m.finding ->> 'says' as says from exception_member m join assessment a on a.id = m.assessment_id
     where m.exception_id = e.id order by m.version_id, m.assessment_id, m.finding limit 1) as first on true`;

/** Open exceptions in an order, a page at a time. */
export async function queue(db: Queryable, filter: QueueFilter, limit: number, after?: QueuePlace, order: QueueOrder = 'urgency'): Promise<{ rows: QueuedException[]; last: QueuePlace | undefined }> {
  const [first, second] = orderKeys[order];
  const [n1, n2, n3, n4] = [1, 2, 3, 4].map((n) => `$${FILTER_VALUES + n}`);
  const { rows } = await db.query<QueuedException & { place: QueuePlace }>(
    `with page as (
       select e.* from exception e where ${matches}
          and (${n1}::smallint is null or (${first}, ${second}, e.id) > (${n1}::smallint, ${n2}::timestamptz, ${n3}::bigint))
        order by ${first}, ${second}, e.id limit ${n4})
     select ${columns}, jsonb_build_object('priority', ${first}, 'dueAt', ${second}::text, 'id', e.id::text) as place
       from page e ${joins} order by ${first}, ${second}, e.id`,
    [...values(filter), after?.priority ?? null, after?.dueAt ?? null, after?.id ?? null, limit]);
  return { rows: rows.map(({ place: _, ...row }) => row), last: rows.at(-1)?.place };
}

/** What the queue is counted by. */
export const queueFacets = ['source', 'rule', 'priority', 'owner', 'assignee', 'turn'] as const;
export type QueueFacet = (typeof queueFacets)[number];
export type QueueCount = { by: QueueFacet; value: string | null; exceptions: number; late: number };

/** How the open cases divide by each of these alone: in one pass, however many cases there are. */
export async function queueCounts(db: Queryable, filter: QueueFilter): Promise<QueueCount[]> {
  const { rows } = await db.query<QueueCount>(
    `select c.by, case c.by when 'source' then s.name else c.value end as value, c.exceptions, c.late from (
       select case when grouping(e.source_id) = 0 then 'source' when grouping(e.rule) = 0 then 'rule' when grouping(e.priority) = 0 then 'priority'
                   when grouping(e.owner) = 0 then 'owner' when grouping(e.assignee) = 0 then 'assignee' else 'turn' end as by,
              coalesce(e.source_id::text, e.rule, e.priority::text, e.owner, e.assignee, e.turn) as value, count(*)::int as exceptions,
              (count(*) filter (where e.due_at < now()))::int as late
         from exception e where ${matches}
        group by grouping sets ((e.source_id), (e.rule), (e.priority), (e.owner), (e.assignee), (e.turn))) as c
       left join source s on c.by = 'source' and s.id::text = c.value
      order by 1, 2`, values(filter));
  return rows;
}

/** What can be filtered for: types of records that runs counted, and models as rules name them in the causes of what is open. */
export async function queueContents(db: Queryable, filter: QueueFilter): Promise<{ types: string[]; models: string[] }> {
  const { rows: [row] } = await db.query<{ types: string[] | null; models: string[] | null }>(
    `select (select array_agg(distinct type order by type) from score_type) as types,
            (select array_agg(model order by model) from (select distinct coalesce(substring(e.cause from ' by (.+)$'), e.cause) as model from exception e where ${matches} and e.owner = 'ai') as m) as models`, values(filter));
  return { types: row?.types ?? [], models: row?.models ?? [] };
}

export async function exceptionById(db: Queryable, id: string): Promise<QueuedException | undefined> {
  const { rows: [row] } = await db.query<QueuedException>(`select ${columns} from exception e ${joins} where e.id = $1`, [id]);
  return row;
}

/** One finding of one version in an exception: where, never what. */
export type ExceptionMember = {
  version: string; type: string; id: string; ordinal: number; versionId: string | null; run: string; landedAt: Date;
  state: string; purposes: Purpose[]; says: string | null; expression: string | null; evidence: Evidence[] | null;
};

/** Members in the order of their versions. @param limit of versions; @param after the last version of the page before */
export async function exceptionMembers(db: Queryable, exception: string, limit: number, after?: string): Promise<ExceptionMember[]> {
  const { rows } = await db.query<ExceptionMember>(
    `with page as (
       select distinct version_id from exception_member where exception_id = $1 and ($3::bigint is null or version_id > $3)
        order by version_id limit $2)
     select v.id as version, v.type, v.logical_id as id, v.ordinal, v.version_id as "versionId", v.run_id as run, v.landed_at as "landedAt",
            m.state, m.purposes, a.findings -> m.finding ->> 'says' as says,
            a.findings -> m.finding ->> 'expression' as expression, a.findings -> m.finding -> 'evidence' as evidence
       from page join exception_member m on m.exception_id = $1 and m.version_id = page.version_id
       join version v on v.id = m.version_id join assessment a on a.id = m.assessment_id
      order by m.version_id, m.assessment_id, m.finding`, [exception, limit, after ?? null]);
  return rows;
}
