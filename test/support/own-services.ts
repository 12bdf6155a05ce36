import { chmod } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgres, type PostgresService } from '../../apps/services/postgres.ts';
import { isAlive } from '../../apps/services/owned-process.ts';
import { findTemporal } from '../../apps/services/temporal.ts';
import { temporalClient } from '../../apps/temporal/connect.ts';
import { connect } from '../../storage/connect.ts';
import { migrate } from '../../storage/migrate.ts';
import type { ProductServices } from './product.ts';
import { makeScratch } from './scratch.ts';

/** Servers for one trial alone: its PostgreSQL may be killed, its memory is not shared. */
export type OwnServices = ProductServices & {
  /** SIGKILL to the postmaster, and its start on the same data and port. */
  killPostgres(): Promise<void>;
  stop(): Promise<void>;
};

const quiet = (): void => {};

/** A PostgreSQL in the folder that may be killed. */
export async function ownPostgres(folder: string): Promise<{ readonly url: string; kill(): Promise<void>; stop(): Promise<void> }> {
  await chmod(folder, 0o755); // it may run as another user
  const start = (): Promise<PostgresService> => findPostgres({ home: folder, say: quiet });
  let postgres = await start();
  return {
    url: postgres.url,
    async kill() {
      const pid = postgres.pid ?? 0;
      process.kill(pid, 'SIGKILL');
      while (isAlive(pid)) await sleep(20);
      postgres = await start();
    },
    stop: () => postgres.stop(),
  };
}

/** @param kept a folder that stays, with its data; default one that goes with the services */
export async function ownServices(kept?: string): Promise<OwnServices> {
  const folder = kept === undefined ? await makeScratch('services') : { path: kept, remove: async () => {} };
  const postgres = await ownPostgres(folder.path);
  const temporal = await findTemporal({ home: folder.path, say: (line) => process.stderr.write(`${line}\n`) });
  const client = await temporalClient({ address: temporal.address });
  const db = connect(postgres.url, { connections: 6 });
  await migrate(db);
  return {
    db, databaseUrl: postgres.url, temporal: client, temporalAddress: temporal.address, namespace: 'default',
    killPostgres: postgres.kill,
    async stop() {
      await db.close();
      await client.connection.close();
      await temporal.stop();
      await postgres.stop();
      await folder.remove();
    },
  };
}
