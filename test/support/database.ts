import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { connect } from '../../storage/connect.ts';
import type { Database } from '../../storage/connect.ts';
import { askService } from './ask-service.ts';
import { withDatabase } from './shared-postgres.ts';

export type TestDatabase = { readonly db: Database; readonly url: string };

/**
 * A migrated database of the file's own: `const { db, url } = await testDatabase();` at the top of a test file.
 * After the file it is dropped, and a connection that was not given back or closed fails the file.
 * @param migrated false for an empty database, to test migrations with
 */
export async function testDatabase(options: DatabaseOptions = {}): Promise<TestDatabase> {
  const { db, url, drop } = await makeDatabase(options);
  afterAll(drop);
  return { db, url };
}

export type DatabaseOptions = { readonly migrated?: boolean; readonly connections?: number };

/** A copy of a test's database as it is now: a backup, restored elsewhere. Idle connections to it are closed. */
export async function copyOf(database: string): Promise<TestDatabase> {
  const { url: cluster } = await askService('postgres');
  const [name, from] = [`test_${randomUUID().replaceAll('-', '')}`, new URL(database).pathname.slice(1)];
  await onCluster(cluster, async (admin) => {
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [from]);
    await connectionsLeft(admin, from);
    await admin.query(`create database ${name} template ${from}`);
  });
  const url = withDatabase(cluster, name);
  const db = connect(url, { connections: 4 });
  afterAll(async () => {
    await db.close();
    await onCluster(cluster, (admin) => admin.query(`drop database ${name} with (force)`));
  });
  return { db, url };
}

/** `drop` removes the database and rejects when connections were left. */
export async function makeDatabase({ migrated = true, connections = 10 }: DatabaseOptions): Promise<TestDatabase & { drop(): Promise<void> }> {
  const { url: cluster, template } = await askService('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onCluster(cluster, (admin) => admin.query(`create database ${name} template ${migrated ? template : 'template0'}`));
  const url = withDatabase(cluster, name);
  const db = connect(url, { connections });
  const drop = async (): Promise<void> => {
    const kept = db.pool.totalCount - db.pool.idleCount;
    if (kept === 0) await db.close(); // with a kept client it would wait for ever
    const open = await onCluster(cluster, async (admin) => {
      const left = kept === 0 ? await connectionsLeft(admin, name) : 0;
      await admin.query(`drop database ${name} with (force)`);
      return left;
    });
    if (kept > 0) throw new Error(`${kept} client(s) were taken from the pool and not released`);
    if (open > 0) throw new Error(`${open} connection(s) to the test's database were left open`);
  };
  return { db, url, drop };
}

async function onCluster<T>(url: string, work: (admin: Database) => Promise<T>): Promise<T> {
  const admin = connect(url, { connections: 1 });
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}

/** Waits a little: a closed connection's backend takes a moment to go. */
async function connectionsLeft(admin: Database, database: string): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const { rows } = await admin.query<{ n: number }>('select count(*)::int as n from pg_stat_activity where datname = $1', [database]);
    const n = rows[0]?.n ?? 0;
    if (n === 0 || attempt === 20) return n;
    await sleep(50);
  }
}
