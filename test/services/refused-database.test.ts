import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { findPostgres } from '../../apps/services/postgres.ts';
import { connect } from '../../storage/connect.ts';
import { migrate } from '../../storage/migrate.ts';
import { whereSuitable } from '../../storage/suitable.ts';
import { testDatabase } from '../support/database.ts';
import { scratch } from '../support/scratch.ts';

// What lets nobody in at all is in test/integration/cli.test.ts.
const { db, url } = await testDatabase();
const suffix = randomUUID().slice(0, 8);
const made: string[] = [];
afterAll(async () => { for (const statement of made.reverse()) await db.query(statement); });

/** What a role of its own sees of the database. */
async function asRole(name: string, ...rights: string[]): Promise<string> {
  const role = `${name}_${suffix}`;
  await db.query(`create role ${role} login password 'secret'`);
  made.push(`drop role ${role}`, `drop owned by ${role}`);
  for (const right of rights) await db.query(right.replaceAll('ROLE', role));
  return address({ username: role, password: 'secret' });
}

function address(changes: Partial<Record<'username' | 'password' | 'pathname', string>>): string {
  return Object.assign(new URL(url), changes).href;
}

/** As every command opens the database at DATABASE_URL. */
async function open(at: string, oldest?: number): Promise<string[]> {
  const { url: found } = await findPostgres({ url: at, home: 'unused', say: () => {} });
  const opened = connect(found, { connections: 1 });
  return whereSuitable(opened, () => migrate(opened), oldest).finally(opened.close);
}

const unsuitable = (detail: string) => ({ code: 'ASSAY_DATABASE_UNSUITABLE', detail: expect.stringContaining(detail) });

test('a role that may not create, whose tables are another’s, that takes no writes, whose schema is not there', async () => {
  await expect(open(await asRole('reader'))).rejects.toMatchObject(unsuitable('grant create on schema public'));
  await expect(open(await asRole('other', 'grant create on schema public to ROLE'))).rejects.toMatchObject(unsuitable('the role that made them'));
  await expect(open(await asRole('still', 'grant create on schema public to ROLE', 'alter role ROLE set default_transaction_read_only = on'))).rejects.toMatchObject(unsuitable('default_transaction_read_only'));
  await expect(open(await asRole('lost', 'alter role ROLE set search_path = nowhere'))).rejects.toMatchObject(unsuitable('search_path'));
});

test('another encoding, an older version', async () => {
  const ascii = `ascii_${suffix}`;
  await db.query(`create database ${ascii} template template0 encoding 'SQL_ASCII' locale 'C'`);
  made.push(`drop database ${ascii} with (force)`);
  await expect(open(address({ pathname: `/${ascii}` }))).rejects.toMatchObject(unsuitable('encoding is SQL_ASCII'));
  // The server is what it is: a program that needed a newer one would say so.
  await expect(open(url, 99)).rejects.toMatchObject(unsuitable('99 or newer is needed'));
  await expect(open(url)).resolves.toEqual([]);
});

test('a role that owns nothing but its schema is enough', async () => {
  const own = await asRole('owner', 'create schema authorization ROLE');
  expect((await open(own)).length).toBeGreaterThan(20);
});

test('a replica', async () => {
  const [home, copy] = [await scratch('primary'), await scratch('replica')];
  for (const folder of [home, copy]) await chmod(folder, 0o755); // PostgreSQL may run as another user
  await (await findPostgres({ home, say: () => {} })).stop();
  await promisify(execFile)('cp', ['-a', `${home}/.`, copy]); // with owners, which node:fs does not keep
  await writeFile(join(copy, 'postgres', 'standby.signal'), '');
  const replica = await findPostgres({ home: copy, say: () => {} });
  try {
    await expect(open(replica.url)).rejects.toMatchObject(unsuitable('replica'));
  } finally {
    await replica.stop();
  }
});
