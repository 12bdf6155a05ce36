import type { Client } from '@temporalio/client';
import { ensureFeeds, defaultFeeds } from '../../pipelines/feed/feeds.ts';
import { connect, type Database } from '../../storage/connect.ts';
import { migrate } from '../../storage/migrate.ts';
import { whereSuitable } from '../../storage/suitable.ts';
import type { Config } from '../config.ts';
import { findPostgres, type PostgresService } from '../services/postgres.ts';
import type { Say } from '../services/service.ts';
import { findTemporal, type TemporalService } from '../services/temporal.ts';
import { temporalClient } from '../temporal/connect.ts';
import { knowSource } from './know-source.ts';

/** The services behind the product: found, already running, or started by us and stopped with us. */
export type Services = { readonly postgres: PostgresService; readonly temporal: TemporalService; stop(): Promise<void> };

export async function findServices(config: Config, say: Say): Promise<Services> {
  const database = findPostgres({ url: config.databaseUrl, home: config.home, say });
  // A server that does not answer is told at once; what is started here is started beside Temporal.
  if (config.databaseUrl !== undefined) await database;
  const [postgres, temporal] = await Promise.allSettled([database, findTemporal({ address: config.temporal.address, home: config.home, say })]);
  if (postgres.status === 'fulfilled' && temporal.status === 'fulfilled') {
    return { postgres: postgres.value, temporal: temporal.value, stop: async () => { await temporal.value.stop(); await postgres.value.stop(); } };
  }
  // When one fails the other is stopped again.
  for (const service of [temporal, postgres]) if (service.status === 'fulfilled') await service.value.stop();
  throw (postgres.status === 'rejected' ? postgres : temporal as PromiseRejectedResult).reason;
}

/** What every role works with. */
export type Product = { readonly db: Database; readonly temporal: Client; close(): Promise<void> };

/** Connects, brings the schema up to this program's, and makes the configured sources and feeds known. */
export async function openProduct(config: Config, services: Pick<Services, 'postgres' | 'temporal'>): Promise<Product> {
  const db = connect(services.postgres.url, { connections: 16 });
  try {
    await whereSuitable(db, () => migrate(db));
    for (const { name, kind, ...settings } of config.sources) await knowSource(db, { name, kind, settings }, 'file');
    await ensureFeeds(db, config.feeds.length === 0 ? defaultFeeds : config.feeds);
    const temporal = await temporalClient({ ...config.temporal, address: services.temporal.address });
    return { db, temporal, close: async () => { await temporal.connection.close(); await db.close(); } };
  } catch (error) {
    await db.close();
    throw error;
  }
}
