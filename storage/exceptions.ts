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
 * opened (contract 17). A repeated call adds nothing.
 */
export async function openExceptions(tx: Tx, source: number, members: readonly NewMember[]): Promise<void> {
  if (members.length === 0) return;
  const causes = new Map(members.map((member) => [JSON.stringify([member.rule, member.cause, member.retraction]), member]));
  // In one order, so that two partitions never wait for each other.
  const openings = [...causes.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, member]) => member);
  await tx.query(
    `insert into exception (source_id, rule, cause, retraction, priority, reach, owner, due_at)
     select $1, rule, cause, retraction, priority, reach, owner, now() + due_days * interval '1 day'
       from unnest($2::text[], $3::text[], $4::bool[], $5::smallint[], $6::text[], $7::text[], $8::int[])
            as opening (rule, cause, retraction, priority, reach, owner, due_days)
     on conflict (source_id, rule, cause, retraction) where state = 'open'
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
                       and e.retraction = m.retraction and e.state = 'open'
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
export async function closeEmptied(tx: Tx, exceptions: readonly string[], why: 'cleared' | 'superseded'): Promise<void> {
  if (exceptions.length === 0) return;
  await tx.query(
    `update exception e set state = 'closed', closed_by = $2, closed_at = now(), revision = revision + 1
      where id = any($1) and state = 'open'
        and not exists (select from exception_member m where m.exception_id = e.id and m.state = 'waiting')`,
    [[...new Set(exceptions)].sort(), why]);
}
