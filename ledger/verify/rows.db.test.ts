import { expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { asQuery } from '../as-query.ts';
import { canonicalBytes } from './canonical-json.ts';
import { factTables } from './fact-tables.ts';
import { readFacts, readWritten } from './rows.ts';

const { db } = await testDatabase();

test('what PostgreSQL writes of a row is RFC 8785, whatever characters stand in it', async () => {
  const characters = Array.from({ length: 0x2100 }, (_, code) => (code === 0 ? '' : String.fromCodePoint(code))).join('');
  await db.query(`insert into retention_schedule (name, years, because, by_person) values ('a', 7, $1, '😀 "\\ /'), ('', 0, '', '')`, [characters]);
  await db.query(`insert into consumer (name, token_hash, feeds, purpose, models, created_at) values ('c', sha256('x'), '{3,1}', 'care', $1, now())`, [['"', '\\', '{}', ',', '']]);
  for (const name of ['retention_schedule', 'consumer']) {
    const table = factTables.find((one) => one.table === name)!;
    const ids = (await db.query<{ id: string }>(`select ${table.key}::text as id from ${name}`)).rows.map((row) => row.id);
    const [facts, written] = [await readFacts(asQuery(db), table, ids), await readWritten(asQuery(db), table, ids)];
    expect(written.size).toBe(ids.length);
    for (const [id, { row }] of facts) expect(written.get(id)?.text).toBe(canonicalBytes({ ...row, table: name }).toString('utf8'));
  }
});

test('what enters as a number is an integer in PostgreSQL: the only numbers that both write alike', async () => {
  for (const { table, columns } of factTables) {
    const numbers = Object.entries(columns).flatMap(([name, form]) => (form === 'number' || form === 'numbers' ? [name] : []));
    const { rows } = await db.query<{ type: string }>(
      `select distinct format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attname = any($2)`, [table, numbers]);
    for (const { type } of rows) expect(['smallint', 'integer', 'bigint', 'smallint[]', 'integer[]', 'bigint[]'], `${table}`).toContain(type);
  }
});
