import type { Queryable } from './connect.ts';

/** The run stands in this phase; of a run that ended nothing changes. */
export async function enterPhase(db: Queryable, run: string, phase: string): Promise<void> {
  await db.query(`update run set phase = $2 where id = $1 and state in ('running', 'held')`, [run, phase]);
}

/** The run ended without being complete; what it landed stays, what was not released is not. */
export async function endRun(db: Queryable, run: string, state: 'failed' | 'cancelled', code: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update run set state = $2, error_code = $3, finished_at = now() where id = $1 and finished_at is null`,
    [run, state, state === 'cancelled' ? null : code]);
  return rowCount === 1;
}
