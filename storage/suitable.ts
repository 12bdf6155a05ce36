import { AssayError } from '../terms/errors.ts';
import { sqlState, type Database } from './connect.ts';

/** `unique nulls not distinct`, which the migrations use, is of PostgreSQL 15. */
const OLDEST = 15;
/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const MEANINGS: Readonly<Record<string, string>> = {
  42501: 'the role may not use or change tables that are there: let it own them, or use the role that made them',
  25006: 'it takes no writes',
};

type Server = { readonly version: number; readonly replica: boolean; readonly readOnly: boolean; readonly encoding: string; readonly schema: string | null; readonly creates: boolean | null };

/**
 * Makes ready a database that is not ours alone: what would fail later, in other words, is told now.
 * @param ready what is done with a database that can do it: its migrations
 * @throws AssayError ASSAY_DATABASE_UNSUITABLE with what is wrong
 */
export async function whereSuitable<T>(db: Database, ready: () => Promise<T>, oldest = OLDEST): Promise<T> {
  try {
    const { rows: [server] } = await db.query<Server>(
      `select current_setting('server_version_num')::int / 10000 as version, pg_is_in_recovery() as replica,
              current_setting('default_transaction_read_only')::boolean as "readOnly", current_setting('server_encoding') as encoding,
              current_schema() as schema, has_schema_privilege(current_schema(), 'create') as creates`);
    const wrong = server && whatIsWrong(server, oldest);
    if (wrong !== undefined) throw new AssayError('ASSAY_DATABASE_UNSUITABLE', wrong);
    return await ready();
  } catch (error) {
    const meaning = MEANINGS[sqlState(error)];
    throw meaning === undefined || error instanceof AssayError ? error : new AssayError('ASSAY_DATABASE_UNSUITABLE', meaning, { cause: error });
  }
}

function whatIsWrong({ version, replica, readOnly, encoding, schema, creates }: Server, oldest: number): string | undefined {
  if (version < oldest) return `it is PostgreSQL ${version}; ${oldest} or newer is needed`;
  if (replica) return 'it is a replica, which takes no writes: name the primary';
  if (readOnly) return 'it takes no writes: default_transaction_read_only is on';
  if (encoding !== 'UTF8') return `the database’s encoding is ${encoding}; UTF8 is needed`;
  if (schema === null) return 'none of the schemas of the role’s search_path is there';
  return creates === false ? `the role may not create tables: \`grant create on schema ${schema} to …\`` : undefined;
}
