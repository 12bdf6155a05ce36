import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../apps/services/free-port.ts';
import { giveTo, postgresPlace } from '../../apps/services/postgres-account.ts';
import { mkdir } from 'node:fs/promises';

/** The folder of a PostgreSQL that the machine has, with its server and pg_dump: what npm brings has no pg_dump, and one of another version refuses our server. */
export const machinePostgres = (): string | undefined => [...globSync('/usr/lib/postgresql/*/bin'), '/usr/bin', '/usr/local/bin']
  .sort((a, b) => b.localeCompare(a, 'en', { numeric: true })).find((bin) => ['initdb', 'pg_ctl', 'pg_dump', 'pg_restore', 'createdb'].every((program) => existsSync(join(bin, program))));

/** A server of the machine's PostgreSQL in a folder; `run` runs a program that came with it. */
export async function startMachinePostgres(home: string) {
  const bin = machinePostgres() ?? '';
  const { account } = await postgresPlace(home);
  const data = join(home, 'machine');
  await mkdir(data, { mode: 0o700 });
  await giveTo(account, data);
  const port = await freePort();
  const run = (program: string, ...args: string[]): void => void execFileSync(join(bin, program), args, { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PGHOST: '127.0.0.1', PGPORT: `${port}`, PGUSER: 'assay' } });
  run('initdb', '--pgdata', data, '--username=assay', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync');
  run('pg_ctl', '--pgdata', data, '--wait', '--log', join(data, 'log'), '--options', `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`, 'start');
  return { run, data, url: (database: string) => `postgres://assay@127.0.0.1:${port}/${database}`, stop: () => run('pg_ctl', '--pgdata', data, '--mode=fast', '--wait', 'stop') };
}
