import type { CaseAct, CaseEvent } from '../terms/case-act.ts';
import type { CaseState, Turn } from '../terms/exception.ts';
import type { Priority } from '../terms/policy.ts';
import type { Purpose } from '../terms/purpose.ts';
import type { Role } from '../terms/role.ts';
import type { Owner } from '../terms/rule.ts';
import type { Reach } from '../terms/verdict.ts';
import type { Queryable, Tx } from './connect.ts';

export type CommandRow = { command: string; exception: string; body: CaseAct; person: string; roles: Role[]; outcome: string | null };

/** The act is on record before anybody is asked to do it. @returns the row that has the id: another's, if the id was used before */
export async function keepCommand(db: Queryable, given: { command: string; exception: string; asked: CaseAct; person: string; roles: readonly Role[] }): Promise<CommandRow | undefined> {
  await db.query(
    `insert into case_command (id, exception_id, body, by_person, roles) select $1, id, $3, $4, $5 from exception where id = $2 on conflict (id) do nothing`,
    [given.command, given.exception, JSON.stringify(given.asked), given.person, given.roles]);
  return commandById(db, given.command);
}

export async function commandById(db: Queryable, id: string): Promise<CommandRow | undefined> {
  const { rows: [row] } = await db.query<CommandRow>(
    `select id as command, exception_id as exception, body, by_person as person, roles, outcome from case_command where id = $1`, [id]);
  return row;
}

export async function answerCommand(tx: Tx, id: string, outcome: string): Promise<void> {
  await tx.query('update case_command set outcome = $2 where id = $1', [id, outcome]);
}

/** Acts that were asked for this long ago and that nobody has looked at, oldest first. */
export async function unansweredCommands(db: Queryable, ms: number, limit: number): Promise<{ command: string; exception: string }[]> {
  const { rows } = await db.query<{ command: string; exception: string }>(
    `select id as command, exception_id as exception from case_command
      where outcome is null and at <= now() - $1 * interval '1 millisecond' order by at, id limit $2`, [ms, limit]);
  return rows;
}

export type CaseRow = {
  exception: string; source: number; rule: string; cause: string; part: string; retraction: boolean; reach: Reach;
  state: 'open' | 'closed'; revision: number; priority: Priority; owner: Owner; dueAt: Date; events: number; waits: Purpose[];
};

/** The case's row, locked to the end of the transaction: acts on one case follow each other. What only refers to it, as a new act's row, need not wait. */
export async function lockCase(tx: Tx, exception: string): Promise<CaseRow | undefined> {
  const { rows: [row] } = await tx.query<CaseRow>(
    `select e.id as exception, e.source_id as source, e.rule, e.cause, e.part, e.retraction, e.reach, e.state, e.revision, e.priority, e.owner,
            e.due_at as "dueAt", e.events
       from exception e where e.id = $1 for no key update`, [exception]);
  if (row === undefined) return undefined;
  const { rows: waits } = await tx.query<{ purpose: Purpose }>(
    `select distinct p as purpose from exception_member m cross join lateral unnest(m.purposes) as p
      where m.exception_id = $1 and m.state = 'waiting' order by p`, [exception]);
  return { ...row, waits: waits.map((one) => one.purpose) };
}

export type CaseEventRow = { n: number; event: CaseEvent; by: string; at: Date; turn: Turn };

export async function caseEvents(db: Queryable, exception: string): Promise<CaseEventRow[]> {
  const { rows } = await db.query<CaseEventRow>(
    `select n, body as event, by_person as by, at, turn from case_event where exception_id = $1 order by n`, [exception]);
  return rows;
}

/**
 * The events are the case's newest, and its row says what they made of it. @throws when the revision is not the one read
 * @param at ISO 8601
 */
export async function keepCaseEvents(tx: Tx, row: CaseRow, events: readonly CaseEvent[], by: string, at: string, command: string | null, state: CaseState, turn: Turn): Promise<string[]> {
  const { rows } = await tx.query<{ id: string; n: number }>(
    `insert into case_event (exception_id, n, kind, body, by_person, command_id, at, turn)
     select $1, $2 + place, body ->> 'kind', body, $4, $5, $6, $7 from unnest($3::jsonb[]) with ordinality as written (body, place) returning id, n`,
    [row.exception, row.events, events.map((event) => JSON.stringify(event)), by, command, at, turn]);
  const { rowCount } = await tx.query(
    `update exception set revision = revision + 1, events = events + $3, assignee = $4, turn = $5, escalated = $6, reminded = $7, due_at = $8, effect_at = $9
      where id = $1 and revision = $2`,
    [row.exception, row.revision, events.length, state.assignee ?? null, turn, state.escalated, state.reminded, state.dueAt, state.pending?.effectAt ?? null]);
  if (rowCount !== 1) throw new Error('the case moved under its lock');
  return rows.sort((a, b) => a.n - b.n).map((written) => written.id);
}

/** A case whose decision takes effect by `now`, and which nobody else takes up meanwhile. @param but those are passed over */
export async function claimDueEffect(tx: Tx, now: Date, but: readonly string[]): Promise<string | undefined> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    'select id from exception where effect_at <= $1 and id <> all($2) order by effect_at limit 1 for no key update skip locked', [now, but]);
  return row?.id;
}

/**
 * What the case's workflow next has to do: the earliest of its times. null: nothing any more. Decisions take effect without it;
 * `graceMs` after one that did not, it does it.
 */
export async function nextOfCase(db: Queryable, exception: string, remindHours: number, graceMs: number): Promise<Date | null> {
  const { rows: [row] } = await db.query<{ at: Date | null }>(
    `select least(
        e.effect_at + $3 * interval '1 millisecond',
        case when e.state = 'open' and not e.reminded and not e.escalated then e.due_at - $2 * interval '1 hour' end,
        case when e.state = 'open' and not e.escalated then e.due_at end,
        (select min(d.effect_at) from decision d where d.exception_id = e.id and d.settled_at is null and d.state in ('effective', 'reversed')),
        (select min(r.expires_at) from ruling r join decision d on d.id = r.decision_id where d.exception_id = e.id and r.ended_at is null)) as at
       from exception e where e.id = $1`, [exception, remindHours, graceMs]);
  return row?.at ?? null;
}

/** Cases with something due before `until` that the clock has not done, as `nextOfCase` has it: for the sweep, which starts their workflows. */
export async function casesComingDue(db: Queryable, until: Date, remindHours: number, graceMs: number, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from (
       select id, effect_at as at from exception where effect_at <= $1::timestamptz - $4::int * interval '1 millisecond'
       union select exception_id, effect_at from decision where settled_at is null and state in ('effective', 'reversed') and effect_at <= $1
       union select d.exception_id, r.expires_at from ruling r join decision d on d.id = r.decision_id where r.ended_at is null and r.expires_at <= $1
       union select id, due_at from exception where state = 'open' and not escalated
         and (due_at <= $1 or (not reminded and due_at - $2 * interval '1 hour' <= $1))) as due
      group by id order by min(at), id limit $3`, [until, remindHours, limit, graceMs]);
  return rows.map((row) => row.id);
}
