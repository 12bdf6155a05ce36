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

export type TaskRow = {
  task: string; exception: string; kind: CaseTask['kind']; of: CaseTask['of']; text: string; state: 'requested' | 'completed' | 'cancelled';
  askedAt: Date; doneAt: Date | null; sentAt: Date | null; priority: number; source: string;
  /** 'Type/id' of the records it is about, at most a hundred. */
  records: string[];
};

const columns = `t.id as task, t.exception_id as exception, t.kind, t.asked_of as of, t.text, t.state, t.asked_at as "askedAt", t.done_at as "doneAt",
  t.sent_at as "sentAt", e.priority, s.name as source,
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
