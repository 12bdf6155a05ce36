import { readFile, readdir } from 'node:fs/promises';
import { AssayError } from '../terms/errors.ts';
import type { Database } from './connect.ts';

/** An arbitrary number that all installers of this program share. */
const INSTALLER_LOCK = 7_346_021;
const folder = new URL('./migrations/', import.meta.url);

/**
 * Brings the schema up to this program's. Safe for concurrent installers; each migration is its
 * own transaction together with its row in `migration`.
 * @returns the names of the migrations that were applied now
 * @throws AssayError ASSAY_DATABASE_NEWER when the database knows a migration that this program does not
 */
export async function migrate(db: Database): Promise<string[]> {
  const known = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const applied: string[] = [];
  for (;;) {
    const name = await db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [INSTALLER_LOCK]);
      await tx.query('create table if not exists migration (name text primary key, applied_at timestamptz not null default now())');
      const { rows } = await tx.query<{ name: string }>('select name from migration');
      const done = new Set(rows.map((row) => row.name));
      if (rows.some((row) => !known.includes(row.name))) throw new AssayError('ASSAY_DATABASE_NEWER');
      const next = known.find((candidate) => !done.has(candidate));
      if (next === undefined) return undefined;
      await tx.query(await readFile(new URL(next, folder), 'utf8'));
      await tx.query('insert into migration (name) values ($1)', [next]);
      return next;
    });
    if (name === undefined) return applied;
    applied.push(name);
  }
}
