import { beforeAll, expect, test } from 'vitest';
import { knowSource } from '../../apps/product/know-source.ts';
import { testDatabase } from '../../test/support/database.ts';
import { asQuery } from '../as-query.ts';
import { sequence } from '../sequence.ts';
import { verifyStore } from './store.ts';

const { db } = await testDatabase();
beforeAll(async () => {
  await knowSource(db, { name: 'ehr', kind: 'bulk', settings: { url: 'https://old.example', level: 'group', n: 1.5 } }, 'file');
  await knowSource(db, { name: 'other', kind: 'files', settings: { folder: '/in' } }, 'file');
  await sequence(db);
  await knowSource(db, { name: 'ehr', kind: 'bulk', settings: { url: 'https://ehr.example', level: 'group', n: 1.5 } }, 'ada'); // no leaf yet
  await db.query(`insert into source (name, kind, settings) values ('older than the events', 'files', '{}')`);
});

test('sources that stand as their newest events say are no trouble', async () => {
  const { troubles, looked } = await verifyStore({ query: asQuery(db) });
  expect(troubles).toEqual([]);
  expect(looked['source']).toBe(2);
});

class Undo extends Error {}
test.for([
  [`update source set settings = jsonb_set(settings, '{url}', '"https://old.example"') where name = 'ehr'`, 'row-changed'],
  [`update source set kind = 'search' where name = 'other'`, 'row-changed'],
  [`update source set name = 'another' where name = 'other'`, 'row-changed'],
  [`delete from source where name = 'other'`, 'row-removed'],
] as const)('%s', async ([sql, found]) => {
  await expect(db.transaction(async (tx) => {
    expect((await tx.query(sql)).rowCount).toBe(1);
    expect((await verifyStore({ query: asQuery(tx) })).troubles).toMatchObject([{ kind: found, table: 'source' }]);
    throw new Undo();
  })).rejects.toThrow(Undo);
});
