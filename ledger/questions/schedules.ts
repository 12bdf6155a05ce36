import type { Queryable } from '../../storage/connect.ts';
import type { Answer } from './answer.ts';

/** Retention schedules as they are in force: the newest row of each name. */
export async function schedules(db: Queryable): Promise<Answer<Schedule>> {
  const { rows } = await db.query<Schedule>(
    `select distinct on (name) name, years, because, by_person as who, at::text as at from retention_schedule order by name, id desc`);
  return { asks: 'How long are records kept?', columns, rows, leavesOut: [] };
}

type Schedule = { name: string; years: number; because: string; who: string; at: string };
const columns = { name: 'Schedule', years: 'Years after the newest record', because: 'The law or rule that asks for it', who: 'Set by', at: 'On' } as const;
