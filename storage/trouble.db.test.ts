import { expect, test } from 'vitest';
import { testDatabase } from '../test/support/database.ts';
import { surroundings } from './trouble.ts';

const { db } = await testDatabase();
const failureOf = (statement: string): Promise<unknown> => db.query(statement).catch((error: unknown) => error);
const raised = (state: string): Promise<unknown> => failureOf(`do $$ begin raise exception 'quotes Patient/1' using errcode = '${state}'; end $$`);

test('a full disk and a server that stops have codes of their own, which quote nothing', async () => {
  expect(surroundings(await raised('53100'))).toMatchObject({ code: 'ASSAY_DISK_FULL' });
  expect(surroundings(await raised('57P01'))?.message).toBe('PostgreSQL does not answer, or lets us not in. (57P01)');
  expect(surroundings(await failureOf('select pg_terminate_backend(pg_backend_pid())'))).toMatchObject({ code: 'ASSAY_DATABASE_UNREACHABLE' });
});

test('what is wrong with a statement is not taken for that', async () => {
  expect(surroundings(await failureOf('select nothing from nowhere'))).toBe(undefined);
  expect(surroundings(new TypeError('x'))).toBe(undefined);
});
