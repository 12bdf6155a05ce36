import type { CaseAct, CaseEvent } from '../terms/case-act.ts';
import type { CaseState, Turn } from '../terms/exception.ts';
import type { Priority } from '../terms/policy.ts';
import type { Purpose } from '../terms/purpose.ts';
import type { Role } from '../terms/role.ts';
import type { Owner } from '../terms/rule.ts';
import type { Reach } from '../terms/verdict.ts';
import { bigints, booleans, integers, texts } from './array-parameters.ts';
import type { Queryable, Tx } from './connect.ts';

export type CommandRow = { command: string; exception: string; body: CaseAct; person: string; roles: Role[]; outcome: string | null };

/** The act is on record before anybody is asked to do it. @returns the row that has the id: another's, if the id was used before */
export async function keepCommand(db: Queryable, given: { command: string; exception: string; asked: CaseAct; person: string; roles: readonly Role[] }): Promise<CommandRow | undefined> {
  const { rows: [row] } = await db.query<CommandRow>(
    `insert into case_command (id, exception_id, body, by_person, roles) select $1, id, $3, $4, $5 from exception where id = $2
     on conflict (id) do nothing returning ${commandColumns}`,
    [given.command, given.exception, JSON.stringify(given.asked), given.person, given.roles]);
  return row ?? commandById(db, given.command);
}

const commandColumns = 'id as command, exception_id as exception, body, by_person as person, roles, outcome';

export async function commandById(db: Queryable, id: string): Promise<CommandRow | undefined> {
  const { rows: [row] } = await db.query<CommandRow>(`select ${commandColumns} from case_command where id = $1`, [id]);
  return row;
}

export async function answerCommand(tx: Tx, id: string, outcome: string): Promise<void> {
  await tx.query('update case_command set outcome = $2 where id = $1', [id, outcome]);
}

/** The case that the act is asked of, locked as `lockCase` does. */
export async function lockCaseOf(tx: Tx, command: string): Promise<LockedCase | undefined> {
  const { rows: [row] } = await tx.query<LockedCase>(
    `select ${caseColumns} from case_command c join exception e on e.id = c.exception_id where c.id = $1 for no key update of e`, [command]);
  return row;
}

/** Acts that were asked for this long ago and that nobody has looked at, oldest first. */
export async function unansweredCommands(db: Queryable, ms: number, limit: number): Promise<{ command: string; exception: string }[]> {
  const { rows } = await db.query<{ command: string; exception: string }>(
    `select id as command, exception_id as exception from case_command
      where outcome is null and at <= now() - $1 * interval '1 millisecond' order by at, id limit $2`, [ms, limit]);
  return rows;
}

/** `events`: how many it has. */
export type LockedCase = {
  exception: string; source: number; rule: string; cause: string; part: string; retraction: boolean; reach: Reach;
  state: 'open' | 'closed'; revision: number; priority: Priority; owner: Owner; dueAt: Date; events: number;
};

/** What decides whether a case can take an act, and who may see it. */
export type CaseStanding = { source: string; owner: Owner; state: 'open' | 'closed'; effectAt: Date | null; revision: number };

export async function caseStanding(db: Queryable, exception: string): Promise<CaseStanding | undefined> {
  const { rows: [row] } = await db.query<CaseStanding>(
    `select s.name as source, e.owner, e.state, e.effect_at as "effectAt", e.revision from exception e join source s on s.id = e.source_id where e.id = $1`, [exception]);
  return row;
}

const caseColumns = `e.id as exception, e.source_id as source, e.rule, e.cause, e.part, e.retraction, e.reach, e.state, e.revision, e.priority, e.owner,
            e.due_at as "dueAt", e.events`;

/** The case's row, locked to the end of the transaction: acts on one case follow each other. What only refers to it, as a new act's row, need not wait. */
export async function lockCase(tx: Tx, exception: string): Promise<LockedCase | undefined> {
  const { rows: [row] } = await tx.query<LockedCase>(`select ${caseColumns} from exception e where e.id = $1 for no key update`, [exception]);
  return row;
}

/** Cases whose decisions take effect by `now`, the oldest first, locked; those that somebody else takes up meanwhile, or in `but`, are passed over. */
export async function lockDueCases(tx: Tx, now: Date, but: readonly string[], limit: number): Promise<LockedCase[]> {
  const { rows } = await tx.query<LockedCase>(
    `select ${caseColumns} from exception e where e.effect_at <= $1 and e.id <> all($2::bigint[]) order by e.effect_at limit $3 for no key update skip locked`, [now, bigints(but), limit]);
  return rows;
}

/** When the next decision takes effect. */
export async function nextEffect(db: Queryable, but: readonly string[]): Promise<Date | undefined> {
  const { rows: [row] } = await db.query<{ at: Date }>(
    'select effect_at as at from exception where effect_at is not null and id <> all($1::bigint[]) order by effect_at limit 1', [bigints(but)]);
  return row?.at;
}

export type CaseEventRow = { n: number; event: CaseEvent; by: string; at: Date; turn: Turn };

export async function caseEvents(db: Queryable, exception: string): Promise<CaseEventRow[]> {
  const { rows } = await db.query<CaseEventRow>(
    `select n, body as event, by_person as by, at, turn from case_event where exception_id = $1 order by n`, [exception]);
  return rows;
}

/** What a case is folded from, read under its lock. */
export type CaseContents = { waits: Purpose[]; events: { event: CaseEvent; by: string }[] };

/** @returns in the order of the cases */
export async function contentsOfCases(tx: Tx, exceptions: readonly string[]): Promise<CaseContents[]> {
  const { rows } = await tx.query<CaseContents>(
    `select array(select distinct p from exception_member m cross join lateral unnest(m.purposes) as p where m.exception_id = asked.exception and m.state = 'waiting' order by p) as waits,
            (select coalesce(json_agg(json_build_object('event', body, 'by', by_person) order by n), '[]') from case_event where exception_id = asked.exception) as events
       from unnest($1::bigint[]) with ordinality as asked (exception, place) order by place`, [bigints(exceptions)]);
  return rows;
}

export type NewCaseEvents = { readonly row: LockedCase; readonly events: readonly CaseEvent[]; readonly state: CaseState; readonly turn: Turn };

/**
 * The events are their case's newest, and its row says what they made of it. @throws when a revision is not the one read
 * @param at ISO 8601
 * @returns ids of the events' rows, in order
 */
export async function keepCaseEvents(tx: Tx, cases: readonly NewCaseEvents[], by: string, at: string, command: string | null): Promise<string[]> {
  const written = cases.flatMap(({ row, events, turn }) => events.map((event, place) => ({ exception: row.exception, n: row.events + place + 1, body: JSON.stringify(event), turn })));
  const { rows } = await tx.query<{ id: string }>(
    `insert into case_event (exception_id, n, kind, body, by_person, command_id, at, turn)
     select exception, n, body ->> 'kind', body, $5, $6, $7, turn
       from unnest($1::bigint[], $2::int[], $3::jsonb[], $4::text[]) with ordinality as written (exception, n, body, turn, place) order by place returning id`,
    [bigints(written.map((one) => one.exception)), integers(written.map((one) => one.n)), written.map((one) => one.body), texts(written.map((one) => one.turn)), by, command, at]);
  const { rowCount } = await tx.query(
    `update exception e set revision = e.revision + 1, events = e.events + k.events, assignee = k.assignee, turn = k.turn, escalated = k.escalated, reminded = k.reminded,
            due_at = k.due_at, effect_at = k.effect_at
       from unnest($1::bigint[], $2::int[], $3::int[], $4::text[], $5::text[], $6::bool[], $7::bool[], $8::timestamptz[], $9::timestamptz[])
            as k (id, revision, events, assignee, turn, escalated, reminded, due_at, effect_at)
      where e.id = k.id and e.revision = k.revision`,
    [bigints(cases.map(({ row }) => row.exception)), integers(cases.map(({ row }) => row.revision)), integers(cases.map(({ events }) => events.length)),
      texts(cases.map(({ state }) => state.assignee ?? null)), texts(cases.map(({ turn }) => turn)), booleans(cases.map(({ state }) => state.escalated)),
      booleans(cases.map(({ state }) => state.reminded)), cases.map(({ state }) => state.dueAt), cases.map(({ state }) => state.pending?.effectAt ?? null)]);
  if (rowCount !== cases.length) throw new Error('a case moved under its lock');
  return rows.map((row) => row.id).sort((a, b) => Number(a) - Number(b));
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
