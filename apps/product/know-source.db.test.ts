import { expect, test } from 'vitest';
import { sequence } from '../../ledger/sequence.ts';
import { testDatabase } from '../../test/support/database.ts';
import { knowSource } from './know-source.ts';

const { db } = await testDatabase();
const told = async () => (await db.query<{ body: Buffer }>(`select body from event where kind = 'source-changed' order by id`)).rows.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);

test('a source that is new or reached otherwise is one leaf each, on whose word; one that is as it was is none', async () => {
  const ehr = (url: string, more: object = {}) => ({ name: 'ehr', kind: 'bulk' as const, settings: { url, ...more } });
  const id = await knowSource(db, ehr('https://ehr.example/fhir', { level: 'group' }), 'file');
  await knowSource(db, { ...ehr(''), settings: { level: 'group', url: 'https://ehr.example/fhir' } }, 'file');
  await knowSource(db, ehr('https://elsewhere.example/fhir'), 'ada');
  await knowSource(db, { ...ehr('https://elsewhere.example/fhir'), kind: 'search' }, 'ada');
  const [first, second, third] = await told();
  expect(await told()).toHaveLength(3);
  expect(first).toMatchObject({ kind: 'source-changed', source: id, name: 'ehr', how: 'bulk', by: 'file' });
  expect(second).toMatchObject({ source: id, how: 'bulk', by: 'ada' });
  expect(third).toMatchObject({ source: id, how: 'search', by: 'ada', settings: second!['settings'] });
  expect(second!['settings']).not.toBe(first!['settings']);
  expect(JSON.stringify(await told())).not.toContain('example');
  expect(await sequence(db)).toBe(3);
});

test('many roles that start at once say it once', async () => {
  const before = (await told()).length;
  await Promise.all(Array.from({ length: 6 }, () => knowSource(db, { name: 'same', kind: 'files', settings: { folder: '/data' } }, 'file')));
  expect((await told()).length).toBe(before + 1);
});
