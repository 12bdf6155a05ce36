import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database } from '../../storage/connect.ts';
import { migrate } from '../../storage/migrate.ts';
import { findPostgres } from '../services/postgres.ts';

/** What nobody needs after a crash is not flushed. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB', max_connections: 20, autovacuum_naptime: '10s' };

/**
 * Gives `work` a migrated PostgreSQL of its own, in a folder that is gone afterwards: the statements of the
 * pipeline, without its services.
 */
export async function withScratchStore<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'assay-check-'));
  await chmod(home, 0o755); // PostgreSQL may run as another user
  try {
    const server = await findPostgres({ home, say: () => {}, settings: forgetful });
    try {
      const db = connect(server.url, { connections: 4 });
      try {
        await migrate(db);
        return await work(db);
      } finally {
        await db.close();
      }
    } finally {
      await server.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
