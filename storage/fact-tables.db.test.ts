import { expect, test } from 'vitest';
import { factTables } from '../ledger/verify/fact-tables.ts';
import { workingTables } from '../ledger/verify/working-tables.ts';
import { testDatabase } from '../test/support/database.ts';

const { db } = await testDatabase();
const { rows } = await db.query<{ table: string; column: string }>(
  `select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped`);
const columns = Map.groupBy(rows, (row) => row.table);

test('every table is listed as fact or as working, never as both, with a because', () => {
  const facts = factTables.map((one) => one.table);
  expect([...columns.keys()].sort()).toEqual([...facts, ...Object.keys(workingTables)].sort());
  for (const because of [...factTables.map((one) => one.because), ...Object.values(workingTables)]) expect(because.length).toBeGreaterThan(5);
});

test.for(factTables)('every column of $table is covered, or said to be no fact', ({ table, columns: covered, at, working, key }) => {
  if (table === 'version_joined') return; // a view of version
  const own = Object.keys(covered).filter((name) => name !== 'findings'); // that is a function, over finding_list
  const listed = [...own, ...(at === undefined ? [] : [at]), ...Object.keys(working ?? {})];
  expect(columns.get(table)?.map((one) => one.column).sort()).toEqual([...new Set(listed)].sort());
  expect(listed).toContain(key);
});
