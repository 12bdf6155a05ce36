import { connect } from '../../storage/connect.ts';
import { ruleSetShares } from '../../storage/rule-sets.ts';
import type { Config } from '../config.ts';
import type { Status } from '../commands/status.ts';
import { runningPostgres } from '../services/postgres.ts';
import { readState } from '../services/state-file.ts';
import { temporalClient } from '../temporal/connect.ts';
import { health, withoutPassword } from './health.ts';

/** Asks each part; starts none. What does not answer is said to be down, without throwing. */
export async function statusOf(config: Config): Promise<Status> {
  const [temporalState, apiState] = [await readState(config.home, 'temporal'), await readState(config.home, 'api')];
  const database = config.databaseUrl ?? await runningPostgres(config.home);
  const temporal = config.temporal.address ?? (temporalState === undefined ? undefined : `127.0.0.1:${temporalState.port}`);
  const wanted = config.databaseUrl === undefined ? apiState?.port : config.api.port;
  const api = wanted === undefined ? undefined : await answering(`http://localhost:${wanted}`);
  const addresses = {
    page: api ?? null, api: api ?? null, feed: api === undefined ? null : `${api}/feeds`,
    postgresql: database === undefined ? null : withoutPassword(database), temporal: temporal ?? null, kafka: config.kafka?.brokers ?? null,
  };
  const down = (part: string) => ({ part, state: 'down' as const, detail: 'Not running: `npm start`, or set its address in the environment.' });
  if (database === undefined || temporal === undefined) {
    return { parts: [...(database === undefined ? [down('PostgreSQL')] : []), ...(temporal === undefined ? [down('Temporal')] : [])], addresses, ruleSets: [] };
  }
  const db = connect(database, { connections: 2 });
  try {
    const client = await temporalClient({ ...config.temporal, address: temporal }).catch(() => undefined);
    if (client === undefined) return { parts: [down('Temporal')], addresses, ruleSets: [] };
    const ui = temporalState?.uiPort === undefined || config.temporal.address !== undefined ? undefined : `http://127.0.0.1:${temporalState.uiPort}`;
    const parts = await health({ db, temporal: client, addresses: { database, temporal, temporalUi: ui, kafka: config.kafka?.brokers.split(','), api } });
    await client.connection.close();
    return { parts: api === undefined ? [...parts, down('API')] : parts, addresses, ruleSets: await ruleSetShares(db).catch(() => []) };
  } finally {
    await db.close();
  }
}

const answering = (url: string): Promise<string | undefined> =>
  fetch(`${url}/healthz`, { signal: AbortSignal.timeout(3_000) }).then((response) => response.ok ? url : undefined, () => undefined);
