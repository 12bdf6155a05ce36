import { chmod } from 'node:fs/promises';
import { findPostgres } from '../../apps/services/postgres.ts';
import type { PostgresService } from '../../apps/services/postgres.ts';
import { connect } from '../../storage/connect.ts';
import { migrate } from '../../storage/migrate.ts';
import { makeScratch } from './scratch.ts';
import type { Shared } from './shared-services.ts';

const TEMPLATE = 'assay_template';

/** A cluster in a scratch folder with a migrated template database. fsync stays on, as in real use. */
export async function startSharedPostgres(): Promise<Shared<'postgres'>> {
  const folder = await makeScratch('postgres');
  await chmod(folder.path, 0o755); // PostgreSQL may run as another user
  let server: PostgresService | undefined;
  const stop = async (): Promise<void> => { await server?.stop(); await folder.remove(); };
  try {
    server = await findPostgres({ home: folder.path, say: () => {}, settings: { max_connections: 300 } });
    const admin = connect(server.url, { connections: 1 });
    await admin.query(`create database ${TEMPLATE}`);
    await admin.close();
    const template = connect(withDatabase(server.url, TEMPLATE), { connections: 1 });
    await migrate(template);
    await template.close();
    return { told: { url: server.url, template: TEMPLATE }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
