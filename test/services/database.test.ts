import pg from 'pg';
import { expect, test } from 'vitest';
import { makeDatabase, testDatabase } from '../support/database.ts';

const { db, url } = await testDatabase();

test('a test file gets a migrated database of its own', async () => {
  const { rows } = await db.query<{ name: string; fsync: string }>("select current_database() as name, current_setting('fsync') as fsync");
  expect(new URL(url).pathname.slice(1)).toBe(rows[0]?.name);
  expect(rows[0]?.name).toMatch(/^test_/);
  expect(rows[0]?.fsync).toBe('on');
  const migrations = await db.query('select name from migration');
  expect(migrations.rowCount).toBeGreaterThan(0);
});

test('a client that is not released fails the file', async () => {
  const own = await makeDatabase({});
  const client = await own.db.pool.connect();
  client.on('error', () => {}); // dropping the database cuts it off
  await expect(own.drop()).rejects.toThrow('1 client(s) were taken from the pool and not released');
});

test('a connection left open fails the file', async () => {
  const own = await makeDatabase({});
  const client = new pg.Client(own.url);
  client.on('error', () => {});
  await client.connect();
  await expect(own.drop()).rejects.toThrow('1 connection(s) to the test\'s database were left open');
});
