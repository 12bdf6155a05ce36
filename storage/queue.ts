import type { Evidence } from '../terms/finding.ts';
import type { Owner } from '../terms/rule.ts';
import type { Priority } from '../terms/policy.ts';
import type { Purpose } from '../terms/purpose.ts';
import type { Reach } from '../terms/verdict.ts';
import type { Queryable } from './connect.ts';

export type QueueFilter = {
  source?: string | undefined; rule?: string | undefined; priority?: Priority | undefined;
  owner?: Owner | undefined; purpose?: Purpose | undefined;
};

/** Where a page of the queue ends: the key of its last row. `dueAt` is PostgreSQL's text, to the microsecond. */
export type QueuePlace = { priority: number; dueAt: string; id: string };

export type QueuedException = {
  id: string; source: string; rule: string;
  /** Tells the cases of one rule apart: a code and unit, an element, a department. */
  cause: string;
  priority: Priority; owner: Owner; reach: Reach; retraction: boolean;
  state: 'open' | 'closed'; closedBy: string | null; revision: number; openedAt: Date; dueAt: Date; closedAt: Date | null;
  /** Versions that wait in it. */
  records: number;
  waits: Purpose[];
  /** The finding's own sentence, of the first member; it holds no value from a record. */
  says: string | null;
};

const columns = `e.id, s.name as source, e.rule, e.cause, e.priority, e.owner, e.reach, e.retraction, e.state, e.closed_by as "closedBy",
  e.revision, e.opened_at as "openedAt", e.due_at as "dueAt", e.closed_at as "closedAt",
  waiting.records, waiting.waits, first.says`;

/** Members that still wait; of a closed exception, all it had. */
const joins = `join source s on s.id = e.source_id
  cross join lateral (
    select count(distinct m.version_id)::int as records, coalesce(array_agg(distinct p order by p) filter (where p is not null), '{}') as waits
      from exception_member m left join lateral unnest(m.purposes) as p on true
     where m.exception_id = e.id and (m.state = 'waiting' or e.state = 'closed')) as waiting
  left join lateral (
    select a.findings -> m.finding ->> 'says' as says from exception_member m join assessment a on a.id = m.assessment_id
     where m.exception_id = e.id order by m.version_id, m.assessment_id, m.finding limit 1) as first on true`;

/** $1–$5 of every statement over the queue. */
const matches = `e.state = 'open' and ($1::text is null or e.source_id = (select id from source where name = $1))
  and ($2::text is null or e.rule = $2) and ($3::smallint is null or e.priority = $3) and ($4::text is null or e.owner = $4)
  and ($5::text is null or exists (select from exception_member m where m.exception_id = e.id and m.state = 'waiting' and $5 = any(m.purposes)))`;

const values = (filter: QueueFilter): unknown[] =>
  [filter.source ?? null, filter.rule ?? null, filter.priority ?? null, filter.owner ?? null, filter.purpose ?? null];

/** Open exceptions, the most urgent first: priority, then due date. */
export async function queue(db: Queryable, filter: QueueFilter, limit: number, after?: QueuePlace): Promise<{ rows: QueuedException[]; last: QueuePlace | undefined }> {
  const { rows } = await db.query<QueuedException & { place: QueuePlace }>(
    `with page as (
       select e.* from exception e where ${matches}
          and ($6::smallint is null or (e.priority, e.due_at, e.id) > ($6, $7::timestamptz, $8::bigint))
        order by e.priority, e.due_at, e.id limit $9)
     select ${columns}, jsonb_build_object('priority', e.priority, 'dueAt', e.due_at::text, 'id', e.id::text) as place
       from page e ${joins} order by e.priority, e.due_at, e.id`,
    [...values(filter), after?.priority ?? null, after?.dueAt ?? null, after?.id ?? null, limit]);
  return { rows: rows.map(({ place: _, ...row }) => row), last: rows.at(-1)?.place };
}

export type QueueFacet = { source: string; rule: string; priority: Priority; owner: Owner; exceptions: number };

/** How the open exceptions divide; filters are offered from this, with counts that are true. */
export async function queueFacets(db: Queryable, filter: QueueFilter): Promise<QueueFacet[]> {
  const { rows } = await db.query<QueueFacet>(
    `select s.name as source, e.rule, e.priority, e.owner, count(*)::int as exceptions
       from exception e join source s on s.id = e.source_id where ${matches} group by 1, 2, 3, 4 order by 1, 2, 3, 4`, values(filter));
  return rows;
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
