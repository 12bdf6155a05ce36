import type { Role } from '../terms/role.ts';
import type { Queryable, Tx } from './connect.ts';

/** The versions wait in a case of their own from now on. @returns its id; undefined when they are not some, and not all, of what waits */
export async function splitMembers(tx: Tx, exception: string, versions: readonly string[]): Promise<string | undefined> {
  const { rows: [count] } = await tx.query<{ chosen: number; all: number }>(
    `select count(distinct version_id) filter (where version_id = any($2))::int as chosen, count(distinct version_id)::int as all
       from exception_member where exception_id = $1 and state = 'waiting'`, [exception, versions]);
  if (count === undefined || count.chosen !== new Set(versions).size || count.chosen === count.all) return undefined;
  const { rows: [made] } = await tx.query<{ id: string }>(
    `insert into exception (source_id, rule, cause, retraction, priority, reach, owner, opened_at, due_at, part, assignee)
     select source_id, rule, cause, retraction, priority, reach, owner, opened_at, due_at, gen_random_uuid()::text, assignee
       from exception where id = $1 returning id`, [exception]);
  if (made === undefined) return undefined;
  await tx.query('update exception_member set exception_id = $2, revision = 1 where exception_id = $1 and version_id = any($3) and state = \'waiting\'',
    [exception, made.id, versions]);
  return made.id;
}

/**
 * What waits in `from` waits in the case from now on, and so does what comes with its cause while the case is open.
 * @returns false where they are not two open cases of one source and kind, or one of them is being decided
 */
export async function mergeCases(tx: Tx, exception: string, from: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update exception f set state = 'closed', closed_by = 'merged', closed_at = now(), merged_into = e.id, revision = f.revision + 1
       from exception e where e.id = $1 and f.id = $2 and e.state = 'open' and f.state = 'open' and f.effect_at is null and f.turn in ('us', 'clinician', 'source')
        and f.source_id = e.source_id and f.retraction = e.retraction and f.reach = e.reach and f.owner = e.owner`, [exception, from]);
  if (rowCount !== 1) return false;
  await tx.query(
    `insert into exception_member (exception_id, version_id, assessment_id, finding, purposes, revision, state)
     select e.id, m.version_id, m.assessment_id, m.finding, m.purposes, e.revision + 1, 'waiting'
       from exception_member m join exception e on e.id = $1 where m.exception_id = $2 and m.state = 'waiting'
     on conflict (exception_id, version_id, assessment_id, finding) do update set state = 'waiting', purposes = excluded.purposes`, [exception, from]);
  await tx.query(`update exception_member set state = 'merged' where exception_id = $1 and state = 'waiting'`, [from]);
  await tx.query('update exception e set priority = least(e.priority, f.priority), due_at = least(e.due_at, f.due_at) from exception f where e.id = $1 and f.id = $2', [exception, from]);
  return true;
}

/** A closed case is open again, unless another of its cause is open: then that one takes what waits. */
export async function reopenCase(tx: Tx, exception: string): Promise<void> {
  await tx.query(
    `update exception e set state = 'open', closed_by = null, closed_at = null, revision = revision + 1
      where id = $1 and state = 'closed' and merged_into is null and not exists (
        select from exception o where o.source_id = e.source_id and o.rule = e.rule and o.cause = e.cause and o.retraction = e.retraction and o.part = e.part and o.state = 'open')`,
    [exception]);
}

/** People are told, once each time: a person with his delegate of today, or everyone with a role. */
export async function notice(tx: Tx, exception: string, kind: string, to: { person?: string; role?: Role }): Promise<void> {
  await tx.query(
    `insert into notice (exception_id, kind, person, role) values ($1, $2, $3, $4)`, [exception, kind, to.person ?? null, to.role ?? null]);
  if (to.person === undefined) return;
  await tx.query(
    `insert into notice (exception_id, kind, person)
     select $1, $2, delegate from delegation where person = $3 and ended_at is null and current_date between from_day and until_day`,
    [exception, kind, to.person]);
}

export type Overtaken = { version: string; type: string; id: string; newer: string; deletion: boolean; at: Date };

/** Records of the case that a newer version overtook while it was open, with the version and when it landed; at most a hundred. */
export async function overtaken(db: Queryable, exception: string): Promise<Overtaken[]> {
  const { rows } = await db.query<Overtaken>(
    `select distinct o.id as version, o.type, o.logical_id as id, n.id as newer, n.deletion, n.landed_at as at
       from exception_member m join version o on o.id = m.version_id
       join version n on n.source_id = o.source_id and n.type = o.type and n.logical_id = o.logical_id and n.ordinal = o.ordinal + 1
      where m.exception_id = $1 and m.state = 'superseded' order by n.landed_at, o.id limit 100`, [exception]);
  return rows;
}
