import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';

const { db, url } = await testDatabase();

test('a test file gets a migrated database of its own', async () => {
  const { rows } = await db.query<{ name: string; fsync: string }>("select current_database() as name, current_setting('fsync') as fsync");
  expect(new URL(url).pathname.slice(1)).toBe(rows[0]?.name);
  expect(rows[0]?.name).toMatch(/^test_/);
  expect(rows[0]?.fsync).toBe('on');
  const migrations = await db.query('select name from migration');
  expect(migrations.rowCount).toBeGreaterThan(0);
});
