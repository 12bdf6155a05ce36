import { expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { governedHistory } from '../../test/support/governed-history.ts';
import { asQuery } from '../as-query.ts';
import { collectTroubles } from './trouble.ts';
import { checkBytes } from './version-bytes.ts';

const { db } = await testDatabase();

test('the bytes of every version are looked at, also of thousands', async () => {
  const history = await governedHistory(db);
  await history.land(Array.from({ length: 2_500 }, (_, n) => ({ type: 'Observation', id: `o${n}`, text: `${n}` })));
  const { rows } = await db.query<{ id: string }>('update version set hash = sha256(hash) where id % 7 = 3 returning id');
  const troubles = collectTroubles();
  await checkBytes(asQuery(db), troubles, new Map());
  expect(troubles.count).toBe(rows.length);
  expect(troubles.list[0]).toMatchObject({ kind: 'bytes-changed', table: 'version', row: '3' });
});
