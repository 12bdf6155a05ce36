import type { Role } from '../terms/role.ts';
import type { Queryable, Tx } from './connect.ts';

export type Person = { subject: string; name: string; credential: string; roles: Role[]; facilities: string[] | null; leads: string[] };

const columns = 'subject, name, credential, roles, facilities, leads';

/** The person is as the identity provider named him now. @returns whether his roles or facilities are others than before */
export async function knowPerson(tx: Tx, person: Person): Promise<boolean> {
  const { rows: [before] } = await tx.query<Person>(`select ${columns} from person where subject = $1`, [person.subject]);
  await tx.query(
    `insert into person (subject, name, credential, roles, facilities, leads) values ($1, $2, $3, $4, $5, $6)
     on conflict (subject) do update set name = excluded.name, credential = excluded.credential, roles = excluded.roles,
       facilities = excluded.facilities, leads = excluded.leads, last_seen = now()`,
    [person.subject, person.name, person.credential, person.roles, person.facilities, person.leads]);
  const rights = (one: Person | undefined): string => JSON.stringify([[...one?.roles ?? []].sort(), one?.facilities === null ? null : [...one?.facilities ?? []].sort()]);
  return rights(before) !== rights(person);
}

/** Those whom a case can be given to. */
export async function people(db: Queryable): Promise<Person[]> {
  const { rows } = await db.query<Person>(`select ${columns} from person order by name, subject limit 1000`);
  return rows;
}

export async function personNames(db: Queryable, subjects: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ subject: string; name: string }>('select subject, name from person where subject = any($1)', [subjects]);
  return new Map(rows.map((row) => [row.subject, row.name]));
}

export type Delegation = { id: string; person: string; delegate: string; fromDay: string; untilDay: string };

/** @returns undefined where the person has one in those days already, or the delegate gives his own away then */
export async function delegate(tx: Tx, given: Omit<Delegation, 'id'>): Promise<Delegation | undefined> {
  const { rows: [row] } = await tx.query<Delegation>(
    `insert into delegation (person, delegate, from_day, until_day)
     select $1, $2, $3, $4 where not exists (select from delegation where person in ($1, $2) and ended_at is null and from_day <= $4 and until_day >= $3)
        and not exists (select from delegation where delegate = $1 and ended_at is null and from_day <= $4 and until_day >= $3)
     returning id, person, delegate, from_day::text as "fromDay", until_day::text as "untilDay"`,
    [given.person, given.delegate, given.fromDay, given.untilDay]);
  return row;
}

/** Those that give the person's cases away, or others' to him, now or later. */
export async function delegations(db: Queryable, person: string): Promise<Delegation[]> {
  const { rows } = await db.query<Delegation>(
    `select id, person, delegate, from_day::text as "fromDay", until_day::text as "untilDay" from delegation
      where (person = $1 or delegate = $1) and ended_at is null and until_day >= current_date order by from_day, id`, [person]);
  return rows;
}

export async function endDelegation(tx: Tx, id: string, person: string): Promise<boolean> {
  const { rowCount } = await tx.query('update delegation set ended_at = now() where id = $1 and person = $2 and ended_at is null', [id, person]);
  return rowCount === 1;
}

export type Notice = { id: string; exception: string | null; kind: string; about: string | null; at: Date };

/** What the person was told and has not seen: himself, or as one of a role. */
export async function notices(db: Queryable, person: string, roles: readonly Role[]): Promise<Notice[]> {
  const { rows } = await db.query<Notice>(
    `select id, exception_id as exception, kind, about, at from notice where seen_at is null and (person = $1 or role = any($2)) order by id desc limit 100`, [person, roles]);
  return rows;
}

export async function seeNotices(db: Queryable, person: string, roles: readonly Role[], ids: readonly string[]): Promise<void> {
  await db.query('update notice set seen_at = now() where id = any($3) and (person = $1 or role = any($2)) and seen_at is null', [person, roles, ids]);
}

/** Everyone with the role is told of a consumer, once a kind and thing. @returns the consumer's number; undefined where they were told before */
export async function tellOnce(tx: Tx, { kind, role, about, consumer }: { kind: string; role: Role; about: string; consumer: string }): Promise<number | undefined> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`notice ${kind}`]);
  const { rows: [row] } = await tx.query<{ consumer: number }>(
    `with told as (
       insert into notice (role, kind, about) select $2, $1, $3 where not exists (select from notice where kind = $1 and role = $2 and about = $3) returning id)
     select c.id as consumer from told cross join consumer c where c.name = $4`, [kind, role, about, consumer]);
  return row?.consumer;
}

export type SavedView = { id: string; name: string; query: string };

export async function savedViews(db: Queryable, person: string): Promise<SavedView[]> {
  const { rows } = await db.query<SavedView>('select id, name, query from saved_view where person = $1 order by name', [person]);
  return rows;
}

export async function saveView(db: Queryable, person: string, name: string, query: string): Promise<void> {
  await db.query('insert into saved_view (person, name, query) values ($1, $2, $3) on conflict (person, name) do update set query = excluded.query', [person, name, query]);
}

export async function dropView(db: Queryable, person: string, id: string): Promise<void> {
  await db.query('delete from saved_view where id = $1 and person = $2', [id, person]);
}
