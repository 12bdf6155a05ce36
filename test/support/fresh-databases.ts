import { randomUUID } from 'node:crypto';
import { connect, type Database } from '../../storage/connect.ts';
import { startSharedPostgres, withDatabase } from './shared-postgres.ts';

export type FreshDatabases = {
  /** A migrated database of one's own, as often as asked. */
  fresh(): Promise<{ readonly db: Database; readonly url: string; drop(): Promise<void> }>;
  stop(): Promise<void>;
};

/** Databases for a proof, which runs outside the test runner: on a cluster of its own. */
export async function freshDatabases(): Promise<FreshDatabases> {
  const { told, stop } = await startSharedPostgres();
  return {
    stop,
    async fresh() {
      const name = `proof_${randomUUID().replaceAll('-', '')}`;
      const admin = connect(told.url, { connections: 1 });
      await admin.query(`create database ${name} template ${told.template}`);
      await admin.close();
      const url = withDatabase(told.url, name);
      const db = connect(url);
      return { db, url, drop: () => db.close() };
    },
  };
}
