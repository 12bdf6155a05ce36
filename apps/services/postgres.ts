import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { sqlState } from '../../storage/connect.ts';
import { AssayError } from '../../terms/errors.ts';
import { freePort } from './free-port.ts';
import { isAlive, startProcess, stopOrphan, tail } from './owned-process.ts';
import type { OwnedProcess } from './owned-process.ts';
import { giveTo, postgresPlace } from './postgres-account.ts';
import type { PostgresPlace } from './postgres-account.ts';
import type { Say, Service } from './service.ts';
import { readState, writeState } from './state-file.ts';

export type PostgresService = Service & { readonly url: string; readonly pid?: number };

export type PostgresOptions = {
  /** DATABASE_URL: then nothing is started. */
  readonly url?: string | undefined;
  /** The folder of this installation's data, `.assay`. */
  readonly home: string;
  readonly say: Say;
  /** `-c name=value` for the server we start. */
  readonly settings?: Readonly<Record<string, string | number>>;
};

const DATABASE = 'assay';
const START_MS = 60_000;
/** In postgres.log: the shared memory of a server that was killed, its lock file or its port is not free yet. */
const NOT_FREE_YET = /still in use|already exists|could not bind|already in use/i;
const NO_ROOM = /No space left on device/i;
/** A run writes hundreds of megabytes: fewer checkpoints, a cache that holds the hot indexes. Commits stay durable; the log names no keys. */
const forBulkWrites = { shared_buffers: '512MB', max_wal_size: '4GB', checkpoint_timeout: '15min', log_error_verbosity: 'terse' };

/** The server at DATABASE_URL, the one already running on our data, or a new one on it. */
export async function findPostgres(options: PostgresOptions): Promise<PostgresService> {
  if (options.url !== undefined) {
    const refused = await refusalOf(options.url);
    if (refused !== undefined) throw new AssayError('ASSAY_DATABASE_UNREACHABLE', refused);
    return { url: options.url, from: 'DATABASE_URL', stop: async () => {} };
  }
  await mkdir(options.home, { recursive: true });
  const place = await postgresPlace(options.home);
  const state = await readState(options.home, 'postgres');
  const password = await passwordOf(options.home);
  if (state !== undefined && await accepts(address(state.port, password, 'postgres'))) {
    const orphan = !isAlive(state.owner);
    if (orphan) await writeState(options.home, 'postgres', { ...state, owner: process.pid });
    const stop = async (): Promise<void> => { if (orphan) await stopOrphan(state.pid, 'SIGINT'); };
    return { url: address(state.port, password, DATABASE), pid: state.pid, from: 'already running', stop };
  }
  if (!existsSync(join(place.data, 'PG_VERSION'))) {
    options.say('Preparing PostgreSQL’s data folder');
    await initialise(place, join(options.home, 'postgres.password'));
  }
  const port = await freePort(state?.port);
  const server = await start(place, port, password, options);
  await writeState(options.home, 'postgres', { port, pid: server.pid, owner: process.pid });
  await ensureDatabase(address(port, password, 'postgres'));
  return { url: address(port, password, DATABASE), pid: server.pid, from: 'started here', stop: () => server.stop() };
}

/** The address of the server that runs on this data folder now; undefined where none does. Starts nothing. */
export async function runningPostgres(home: string): Promise<string | undefined> {
  const state = await readState(home, 'postgres');
  if (state === undefined) return undefined;
  const url = address(state.port, await passwordOf(home), DATABASE);
  return await accepts(url) ? url : undefined;
}

/** Makes the data folder. Sorting is by code point, the same on every machine. */
async function initialise(place: PostgresPlace, passwordFile: string): Promise<void> {
  await rm(place.data, { recursive: true, force: true }); // what a killed initdb left
  await mkdir(place.data, { recursive: true, mode: 0o700 });
  await giveTo(place.account, place.data);
  const password = `${place.data}.pwfile`; // readable by the account
  await writeFile(password, await readFile(passwordFile), { mode: 0o600 });
  await giveTo(place.account, password);
  await promisify(execFile)(place.initdb, [
    `--pgdata=${place.data}`, '--username=assay', `--pwfile=${password}`, '--auth=scram-sha-256',
    '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--lc-messages=C',
  ], { ...place.account, cwd: '/' }).catch((error: unknown) => { throw notPrepared(error); }).finally(() => rm(password, { force: true }));
}

/** initdb's last word; the error itself repeats the whole command. */
function notPrepared(error: unknown): AssayError {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) ?? '' : '';
  return NO_ROOM.test(said) ? new AssayError('ASSAY_DISK_FULL', 'initdb') : new AssayError('ASSAY_DATABASE_UNREACHABLE', said.slice(0, 200));
}

async function start(place: PostgresPlace, port: number, password: string, { home, say, settings }: PostgresOptions): Promise<OwnedProcess> {
  say('Starting PostgreSQL');
  const log = join(home, 'postgres.log');
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port, ...forBulkWrites, ...settings };
  const args = ['-D', place.data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  // After kill -9 its children may hold the old shared memory for a moment: try until they are gone. Nothing else gets better.
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(200)) {
    await removeStaleLock(place.data);
    const before = (await stat(log).catch(() => undefined))?.size ?? 0;
    const server = startProcess(place.postgres, args, { log, stopSignal: 'SIGINT', cwd: '/', ...place.account });
    while (server.running() && Date.now() < end) {
      if (await accepts(address(port, password, 'postgres'))) return server;
      await sleep(50);
    }
    await server.stop();
    const said = (await readFile(log)).subarray(before).toString('utf8');
    if (NO_ROOM.test(said)) throw new AssayError('ASSAY_DISK_FULL', await tail(log));
    if (!NOT_FREE_YET.test(said)) throw new AssayError('ASSAY_DATABASE_UNREACHABLE', await tail(log));
  }
  throw new AssayError('ASSAY_DATABASE_UNREACHABLE', await tail(log));
}

/** postmaster.pid whose process is no PostgreSQL: the number was given to another program since. */
async function removeStaleLock(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  const pid = Number.parseInt(await readFile(lock, 'utf8').catch(() => ''), 10);
  if (Number.isNaN(pid)) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (!isAlive(pid) || (command !== undefined && !command.includes('postgres'))) await rm(lock, { force: true });
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

const accepts = async (url: string): Promise<boolean> => await refusalOf(url) === undefined;

/** What the codes of pg and of the system mean to whoever set the address: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const MEANINGS: Readonly<Record<string, string>> = {
  '28P01': 'the user or the password is refused', '28000': 'the user is refused', '3D000': 'there is no such database',
  ECONNREFUSED: 'nobody listens there', ENOTFOUND: 'there is no such host', '53300': 'it has too many connections',
};

/** Why the server at the address takes no connection of ours; undefined: it does. */
async function refusalOf(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return undefined;
  } catch (error) {
    const code = sqlState(error);
    return MEANINGS[code] ?? (code === '' ? 'no answer in time' : code);
  }
}

async function passwordOf(home: string): Promise<string> {
  const file = join(home, 'postgres.password');
  await writeFile(file, randomBytes(18).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch(() => {}); // kept if there
  return readFile(file, 'utf8');
}

const address = (port: number, password: string, database: string): string =>
  `postgres://assay:${password}@127.0.0.1:${port}/${database}`;
