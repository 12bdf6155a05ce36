import type pg from 'pg';
import type { Database } from './connect.ts';

/**
 * Runs `work` if no other process is running work of this name, held by a session's lock: it falls
 * when the process or its connection dies. `work` is told by the signal when the lock is lost.
 * @returns false, at once, when another has it
 */
export async function whileOnlyOne(db: Database, name: string, work: (lost: AbortSignal) => Promise<void>): Promise<boolean> {
  const client: pg.PoolClient = await db.pool.connect();
  const lost = new AbortController();
  const lose = (): void => lost.abort();
  client.once('error', lose);
  try {
    const { rows: [row] } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as mine', [name]);
    if (row?.mine !== true) return false;
    await work(lost.signal);
    return true;
  } finally {
    client.off('error', lose);
    // Closing the connection frees the lock, whatever state it is in.
    client.release(true);
  }
}
