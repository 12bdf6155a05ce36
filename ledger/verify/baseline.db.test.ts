import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renewToken } from '../../pipelines/feed/consumers.ts';
import { testDatabase } from '../../test/support/database.ts';
import { ledgerHistory } from '../../test/support/ledger-history.ts';
import { appendEvent } from '../append.ts';
import { asQuery } from '../as-query.ts';
import { makeCheckpoint } from '../checkpoint.ts';
import { verifyStore } from './store.ts';

const { db } = await testDatabase();
const migrations = join(import.meta.dirname, '..', '..', 'storage', 'migrations');

/** The part of the migration that says what was there, as an upgrade runs it. */
async function runBaseline(): Promise<void> {
  const name = (await readdir(migrations)).find((one) => one.includes('baseline')) ?? '';
  const text = await readFile(join(migrations, name), 'utf8');
  await db.transaction(async (tx) => { await tx.query(text.slice(text.indexOf('do $$'))); });
}

test('a store with nothing before has no baseline', async () => {
  await runBaseline();
  expect((await db.query('select from event')).rowCount).toBe(0);
});

test('what was written before events covered rows is said as such; what is added to it or taken from it is found', async () => {
  const ledger = await ledgerHistory(db, 41, 4, false);
  // As an older program wrote: facts, and events that name no rows. Nothing of it is in the tree yet.
  await db.query(`update event set leaf = null, covers = '{}', span = null, hashes = null, touches = null, body = convert_to((convert_from(body, 'UTF8')::jsonb - 'covered' - 'root')::text, 'UTF8')`);
  await db.query(`update event set body = convert_to(format('{"at":"%s","kind":"%s"}', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), kind), 'UTF8')`);
  for (const table of ['ledger_tile', 'ledger_link', 'ledger_chain', 'ledger_bucket']) await db.query(`delete from ${table}`);
  await db.query('update ledger set size = 0');
  await runBaseline();
  const before = (await db.query<{ n: number }>('select count(*)::int as n from version')).rows[0]!.n;
  await ledger.history.govern([{ type: 'Patient', id: 'after' }, { type: 'Observation', id: 'after1', patient: 'after' }]);
  await renewToken({ db, appendEvent }, 'sepsis'); // a row of before, covered from now on
  await makeCheckpoint(ledger.signing);
  const verify = () => verifyStore({ query: asQuery(db) });
  const { troubles, limits } = await verify();
  expect(troubles).toEqual([]);
  expect(limits.join('\n')).toContain(`${before} rows of version were written before the ledger covered them`);
  await db.query('delete from consumption where id = (select min(id) from consumption)');
  expect((await verify()).troubles.map((one) => one.table)).toContain('consumption');
  await ledger.remove();
});
