import type { Owner } from '../terms/rule.ts';
import type { Priority } from '../terms/policy.ts';
import type { Purpose } from '../terms/purpose.ts';
import type { Reach } from '../terms/verdict.ts';
import type { Tx } from './connect.ts';

/** A finding that holds a version, or that speaks against one already released (`retraction`). */
export type NewMember = {
  rule: string; cause: string; version: string; assessment: string; finding: number; purposes: readonly Purpose[];
  retraction: boolean; priority: Priority; reach: Reach; owner: Owner; dueDays: number;
};

/**
 * Every member is in the open exception of its (source, rule, cause); where there is none, one is
 * opened (contract 17). What people split off or merged stays where they put it. A repeated call adds nothing.
 */
export async function openExceptions(tx: Tx, source: number, members: readonly NewMember[]): Promise<void> {
  if (members.length === 0) return;
  const put = await putByPeople(tx, source, members);
  const placed = members.flatMap((member, place) => { const exception = put.get(place); return exception === undefined ? [] : [{ member, exception }]; });
  if (placed.length > 0) await joinExceptions(tx, placed);
  const rest = members.filter((_, place) => !put.has(place));
  if (rest.length > 0) await joinByCause(tx, source, rest);
}

/** @returns place among the members → the open exception that people put it in */
async function putByPeople(tx: Tx, source: number, members: readonly NewMember[]): Promise<Map<number, string>> {
  const { rows } = await tx.query<{ place: string; exception: string }>(
    `select m.place, coalesce(split.id, merged.id) as exception
       from unnest($2::text[], $3::text[], $4::bool[], $5::bigint[]) with ordinality as m (rule, cause, retraction, version, place)
       left join lateral (select e.id from exception e join exception_member x on x.exception_id = e.id and x.version_id = m.version
              where e.source_id = $1 and e.rule = m.rule and e.cause = m.cause and e.retraction = m.retraction and e.part <> '' and e.state = 'open'
              order by e.id limit 1) as split on true
       left join lateral (select t.id from exception e join exception t on t.id = e.merged_into and t.state = 'open'
              where e.source_id = $1 and e.rule = m.rule and e.cause = m.cause and e.retraction = m.retraction and e.merged_into is not null
              order by t.id limit 1) as merged on true
      where split.id is not null or merged.id is not null`,
    [source, members.map((one) => one.rule), members.map((one) => one.cause), members.map((one) => one.retraction), members.map((one) => one.version)]);
  return new Map(rows.map((row) => [Number(row.place) - 1, row.exception]));
}

async function joinExceptions(tx: Tx, placed: readonly { member: NewMember; exception: string }[]): Promise<void> {
  await tx.query('update exception set revision = revision + 1 where id in (select id from exception where id = any($1) order by id for update)',
    [placed.map((one) => one.exception)]);
  await tx.query(
    `insert into exception_member (exception_id, version_id, assessment_id, finding, purposes, revision)
     select e.id, m.version, m.assessment, m.finding, array(select jsonb_array_elements_text(m.purposes)), e.revision
       from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::jsonb[]) as m (exception, version, assessment, finding, purposes)
       join exception e on e.id = m.exception
     on conflict (exception_id, version_id, assessment_id, finding) do update set state = 'waiting', purposes = excluded.purposes`,
    [placed.map((one) => one.exception), placed.map((one) => one.member.version), placed.map((one) => one.member.assessment),
      placed.map((one) => one.member.finding), placed.map((one) => JSON.stringify(one.member.purposes))]);
}

async function joinByCause(tx: Tx, source: number, members: readonly NewMember[]): Promise<void> {
  const causes = new Map(members.map((member) => [JSON.stringify([member.rule, member.cause, member.retraction]), member]));
  // In one order, so that two partitions never wait for each other.
  const openings = [...causes.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, member]) => member);
  await tx.query(
    `insert into exception (source_id, rule, cause, retraction, priority, reach, owner, due_at)
     select $1, rule, cause, retraction, priority, reach, owner, now() + due_days * interval '1 day'
       from unnest($2::text[], $3::text[], $4::bool[], $5::smallint[], $6::text[], $7::text[], $8::int[])
            as opening (rule, cause, retraction, priority, reach, owner, due_days)
     on conflict (source_id, rule, cause, retraction, part) where state = 'open'
     do update set revision = exception.revision + 1, priority = least(exception.priority, excluded.priority)`,
    [source, openings.map((one) => one.rule), openings.map((one) => one.cause), openings.map((one) => one.retraction),
      openings.map((one) => one.priority), openings.map((one) => one.reach), openings.map((one) => one.owner),
      openings.map((one) => one.dueDays)]);
  await tx.query(
    `insert into exception_member (exception_id, version_id, assessment_id, finding, purposes, revision)
     select e.id, m.version, m.assessment, m.finding, array(select jsonb_array_elements_text(m.purposes)), e.revision
       from unnest($2::text[], $3::text[], $4::bool[], $5::bigint[], $6::bigint[], $7::int[], $8::jsonb[])
            as m (rule, cause, retraction, version, assessment, finding, purposes)
       join exception e on e.source_id = $1 and e.rule = m.rule and e.cause = m.cause
                       and e.retraction = m.retraction and e.part = '' and e.state = 'open'
     on conflict (exception_id, version_id, assessment_id, finding) do update set state = 'waiting', purposes = excluded.purposes`,
    [source, members.map((one) => one.rule), members.map((one) => one.cause), members.map((one) => one.retraction),
      members.map((one) => one.version), members.map((one) => one.assessment), members.map((one) => one.finding),
      members.map((one) => JSON.stringify(one.purposes))]);
}

/** What waited under an older assessment of these versions waits no longer. */
export async function clearMembers(tx: Tx, versions: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ exception: string }>(
    `update exception_member set state = 'cleared' where version_id = any($1) and state = 'waiting'
     returning exception_id as exception`, [versions]);
  return rows.map((row) => row.exception);
}

/** Members whose resource has a newer head, or was deleted, are superseded (contract 2). */
export async function supersedeMembers(tx: Tx, run: string, patient: string): Promise<string[]> {
  const { rows } = await tx.query<{ exception: string }>(
    `update exception_member m set state = 'superseded'
       from version n join version o on o.source_id = n.source_id and o.type = n.type and o.logical_id = n.logical_id and not o.head
      where n.run_id = $1 and n.patient = $2 and n.ordinal > 1 and m.version_id = o.id and m.state = 'waiting'
     returning m.exception_id as exception`, [run, patient]);
  return rows.map((row) => row.exception);
}

/** Exceptions in which nothing waits any more close by themselves. */
export async function closeEmptied(tx: Tx, exceptions: readonly string[], why: 'cleared' | 'superseded' | 'decided' | 'reversed' | 'expired'): Promise<void> {
  if (exceptions.length === 0) return;
  await tx.query(
    `with closed as (
       update exception e set state = 'closed', closed_by = $2, closed_at = now(), revision = revision + 1
        where id = any($1) and state = 'open'
          and not exists (select from exception_member m where m.exception_id = e.id and m.state = 'waiting')
       returning e.id)
     update case_task t set state = 'completed', done_at = now() from closed where t.exception_id = closed.id and t.state = 'requested'`,
    [[...new Set(exceptions)].sort(), why]);
}
