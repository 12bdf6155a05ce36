import type { CaseRequest } from '../terms/case-request.ts';
import type { CaseTask } from '../terms/exception.ts';
import type { Queryable, Tx } from './connect.ts';

export async function askTask(tx: Tx, exception: string, task: CaseTask, text: string, at: string): Promise<void> {
  await tx.query(
    `insert into case_task (id, exception_id, kind, asked_of, text, asked_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [task.task, exception, task.kind, task.of, text, at]);
}

export async function completeTask(tx: Tx, task: string): Promise<void> {
  await tx.query(`update case_task set state = 'completed', done_at = now() where id = $1 and state = 'requested'`, [task]);
}

/** What was asked because of a decision that no longer stands. */
export async function cancelTask(tx: Tx, task: string): Promise<void> {
  await tx.query(`update case_task set state = 'cancelled', done_at = now() where id = $1 and state = 'requested'`, [task]);
}

/** `sentAt`: when the source was first told; `tries`: of telling it, since it was last told. */
export type TaskRow = CaseRequest & { sentAt: Date | null; tries: number };

const columns = `t.id as task, t.exception_id as exception, t.kind, t.asked_of as of, t.text, t.state, t.asked_at as "askedAt", t.done_at as "doneAt",
  t.sent_at as "sentAt", t.tries, e.priority, s.name as source, s.settings ->> 'url' as base,
  array(select distinct v.type || '/' || v.logical_id from exception_member m join version v on v.id = m.version_id
         where m.exception_id = t.exception_id order by 1 limit 100) as records`;
const joins = 'case_task t join exception e on e.id = t.exception_id join source s on s.id = e.source_id';

export async function tasksOf(db: Queryable, exception: string): Promise<TaskRow[]> {
  const { rows } = await db.query<TaskRow>(`select ${columns} from ${joins} where t.exception_id = $1 order by t.asked_at, t.id`, [exception]);
  return rows;
}

export async function taskById(db: Queryable, task: string): Promise<TaskRow | undefined> {
  const { rows: [row] } = await db.query<TaskRow>(`select ${columns} from ${joins} where t.id = $1`, [task]);
  return row;
}

/** Requests to a source, the newest first. @param state absent: in any */
export async function tasksOfSource(db: Queryable, source: string, state: TaskRow['state'] | undefined, limit: number): Promise<TaskRow[]> {
  const { rows } = await db.query<TaskRow>(
    `select ${columns} from ${joins} where s.name = $1 and ($2::text is null or t.state = $2) order by t.asked_at desc, t.id limit $3`, [source, state ?? null, limit]);
  return rows;
}

/** What a source has yet to be told, of sources that have an address for it; a source that did not take it is left alone until its time. */
export async function untoldTasks(db: Queryable, limit: number): Promise<(TaskRow & { settings: unknown })[]> {
  const { rows } = await db.query<TaskRow & { settings: unknown }>(
    `select ${columns}, s.settings from ${joins}
      where t.told is distinct from t.state and s.settings -> 'requests' ? 'url' and (t.again_at is null or t.again_at <= now())
        and not exists (select from case_task o join exception x on x.id = o.exception_id where x.source_id = e.source_id and o.told is distinct from o.state and o.again_at > now())
      order by t.again_at nulls first, t.asked_at limit $1`, [limit]);
  return rows;
}

/** The source took it in this state. */
export async function taskTold(db: Queryable, task: string, state: TaskRow['state']): Promise<void> {
  await db.query('update case_task set told = $2, tries = 0, again_at = null, sent_at = coalesce(sent_at, now()) where id = $1', [task, state]);
}

/** The source did not take it: it is told again after a time that doubles, from `firstMs` to `mostMs`. */
export async function taskNotTold(db: Queryable, task: string, firstMs: number, mostMs: number): Promise<void> {
  await db.query(
    `update case_task set tries = tries + 1, again_at = now() + least($3::float8, $2::float8 * 2 ^ least(tries, 20)) * interval '1 millisecond' where id = $1`, [task, firstMs, mostMs]);
}
