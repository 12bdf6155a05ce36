import pg from 'pg';
import { AssayError } from '../terms/errors.ts';

/** Anything statements run on: the pool, or the client of an open transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

/** The inside of a transaction; only `transaction` makes one. `pool`: for what stays on record whatever becomes of it. */
export type Tx = Queryable & { readonly inTransaction: true; readonly pool: pg.Pool };

export type Database = Queryable & {
  /** Runs `work` in one transaction; a serialization failure or deadlock is tried again. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when every connection is closed. */
  close(): Promise<void>;
  readonly pool: pg.Pool;
};

/** 40001 serialization_failure, 40P01 deadlock_detected: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const worthAnotherTry = new Set(['40001', '40P01']);
const TRIES = 5;

/**
 * Opens a pool. bigint columns arrive as strings (ids are opaque), timestamptz as Date.
 * @param url a postgres:// address
 * @throws AssayError ASSAY_DATABASE_UNREACHABLE on the first use when nobody answers
 */
export function connect(url: string, { connections = 10 }: { connections?: number } = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max: connections, application_name: 'fhir-assay' });
  // An idle connection that breaks is replaced by the pool at its next use.
  pool.on('error', () => {});
  // One in use that breaks between two statements tells it by the next one, and must not end the process.
  pool.on('connect', (client) => { client.on('error', () => {}); });
  return {
    pool,
    query: pool.query.bind(pool) as Queryable['query'],
    transaction: (work) => transaction(pool, work),
    close: () => pool.end(),
  };
}

async function transaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await checkOut(pool);
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await work(Object.assign(client, { inTransaction: true as const, pool }));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((cause: Error) => { broken = cause; });
      if (attempt < TRIES && worthAnotherTry.has(sqlState(error))) continue;
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

async function checkOut(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new AssayError('ASSAY_DATABASE_UNREACHABLE', sqlState(error), { cause: error });
  }
}

/** The SQLSTATE or system error code of what pg threw; '' where there is none. */
export function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
