import type { Queryable, Tx } from './connect.ts';

export type StoredCheckpoint = { size: number; note: string; at: Date; anchoredAt: Date | null };
const columns = 'size::float8 as size, note, at, anchored_at as "anchoredAt"';

export async function newestCheckpoint(db: Queryable): Promise<StoredCheckpoint | undefined> {
  return (await db.query<StoredCheckpoint>(`select ${columns} from checkpoint order by size desc limit 1`)).rows[0];
}

/** The newest checkpoint made at or before a time. */
export async function checkpointBefore(db: Queryable, at: Date): Promise<StoredCheckpoint | undefined> {
  return (await db.query<StoredCheckpoint>(`select ${columns} from checkpoint where at <= $1 order by size desc limit 1`, [at])).rows[0];
}

export async function recordCheckpoint(tx: Tx, size: number, note: string): Promise<void> {
  await tx.query('insert into checkpoint (size, note) values ($1, $2)', [size, note]);
}

/** The checkpoint is in every anchor; witnesses may have signed it as well. */
export async function markAnchored(db: Queryable, size: number, note: string): Promise<void> {
  await db.query('update checkpoint set anchored_at = now(), note = $2 where size = $1', [size, note]);
}
