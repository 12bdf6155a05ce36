import { expect, test } from 'vitest';
import { AssayError } from '../terms/errors.ts';
import { testDatabase } from '../test/support/database.ts';
import { connect } from './connect.ts';
import { migrate } from './migrate.ts';

const { db, url } = await testDatabase({ migrated: false });

test('concurrent installers apply each migration once, in order', async () => {
  const applied = await Promise.all([migrate(db), migrate(db), migrate(db)]);
  const names = applied.flat();
  expect(names.length).toBeGreaterThan(4);
  expect([...names].sort()).toEqual([...new Set(names)].sort());
  expect(await migrate(db)).toEqual([]);
});

test('a database that a newer program migrated is refused', async () => {
  await db.query(`insert into migration (name) values ('9999-from-the-future.sql')`);
  await expect(migrate(db)).rejects.toThrow(new AssayError('ASSAY_DATABASE_NEWER'));
  await db.query(`delete from migration where name = '9999-from-the-future.sql'`);
});

test('nobody there is an error of the catalogue', async () => {
  const nobody = connect(url.replace(/:\d+\//, ':1/'));
  await expect(nobody.transaction(async () => 1)).rejects.toMatchObject({ code: 'ASSAY_DATABASE_UNREACHABLE' });
  await nobody.close();
});

test('a transaction that deadlocks is tried again; one that fails leaves nothing', async () => {
  await db.query('create table pair (id int primary key, n int); insert into pair values (1, 0), (2, 0)');
  const both = (first: number, second: number) => db.transaction(async (tx) => {
    await tx.query('update pair set n = n + 1 where id = $1', [first]);
    await tx.query('select pg_sleep(0.1)');
    await tx.query('update pair set n = n + 1 where id = $1', [second]);
  });
  await Promise.all([both(1, 2), both(2, 1)]);
  await expect(db.transaction(async (tx) => {
    await tx.query('update pair set n = 100');
    throw new Error('no');
  })).rejects.toThrow('no');
  expect((await db.query('select n from pair')).rows).toEqual([{ n: 2 }, { n: 2 }]);
});
