import { hash } from 'node:crypto';
import { canonicalBytes, canonicalRow } from './canonical-json.ts';
import type { ColumnForm, FactTable } from './fact-table.ts';
import { hmacDigest, type HmacKey } from './hmac.ts';
import type { Digest } from './merkle.ts';

/** What runs SQL: a pool, a client, an open transaction. bigint columns arrive as text. */
export type Query = <Row>(sql: string, values?: unknown[]) => Promise<{ rows: Row[] }>;

/** A row as it is hashed. */
export type Fact = {
  readonly id: string;
  readonly source: number | null;
  readonly patient: string;
  readonly at: string | null;
  readonly row: Readonly<Record<string, unknown>>;
};
type Read = Omit<Fact, 'row'> & { columns: Record<string, unknown> };

const sqlOf: Record<ColumnForm, (column: string) => string> = {
  text: (c) => c, number: (c) => c, bool: (c) => c, texts: (c) => c, numbers: (c) => c,
  id: (c) => `${c}::text`, ids: (c) => `${c}::text[]`, hex: (c) => `encode(${c}, 'hex')`, json: (c) => c,
  instant: (c) => `to_char(${c} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
};

/** SQL that reads rows of a table (alias t) in the form of their canonical bytes, without its where clause. */
export function selectFacts({ table, key, of, columns, at }: FactTable): string {
  const list = Object.entries(columns).map(([name, form]) => `'${name}', ${sqlOf[form](`t.${name}`)}`).join(', ');
  return `select t.${key}::text as id, ${of?.source ?? 'null::int'} as source, coalesce(${of?.patient ?? 'null'}, '') as patient,
                 ${at === undefined ? 'null::text' : sqlOf.instant(`t.${at}`)} as at, json_build_object(${list}) as columns
            from ${table} t ${of?.join ?? ''}`;
}

/** The rows of these ids as facts, by id; a row that is not there is missing. */
export async function readFacts(query: Query, table: FactTable, ids: readonly (string | number)[]): Promise<Map<string, Fact>> {
  const { rows } = await query<Read>(`${selectFacts(table)} where t.${table.key} = any($1)`, [ids]);
  return new Map(rows.map(({ columns, ...row }) => [row.id, { ...row, row: plain(table.columns, columns) }]));
}

/** A row as it is read for verification. */
export type Written = Omit<Fact, 'row'> & {
  /** RFC 8785, with the table's name. */
  readonly text: string;
};

/**
 * SQL that reads the rows of these ids with their canonical text. PostgreSQL writes it as RFC 8785 wants it where no
 * column is jsonb: no spaces, the keys in the order they are asked for, strings escaped as JSON.stringify does.
 */
function selectWritten({ table, key, of, columns, at }: FactTable): string {
  const written = Object.entries<ColumnForm | undefined>({ ...columns, table: undefined }).sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, form]) => (form === undefined ? `'${table}'::text as "table"` : `${sqlOf[form](`t.${name}`)} as ${name}`)).join(', ');
  return `select t.${key}::text as id, ${of?.source ?? 'null::int'} as source, coalesce(${of?.patient ?? 'null'}, '') as patient,
                 ${at === undefined ? 'null::text' : sqlOf.instant(`t.${at}`)} as at, (select row_to_json(w)::text from (select ${written}) as w) as text
            from ${table} t ${of?.join ?? ''} where t.${key} = any($1)`;
}

/** The same as `readFacts`, each row as the text that was hashed. */
export async function readWritten(query: Query, table: FactTable, ids: readonly (string | number)[]): Promise<Map<string, Written>> {
  if (!Object.values(table.columns).includes('json')) {
    return new Map((await query<Written>(selectWritten(table), [ids])).rows.map((one) => [one.id, one]));
  }
  const facts = await readFacts(query, table, ids);
  return new Map([...facts].map(([id, { row, ...fact }]) => [id, { ...fact, text: canonicalRow(table.table, row) }]));
}

function plain(forms: Readonly<Record<string, ColumnForm>>, columns: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(forms).map(([name, form]) => {
    const value = columns[name] ?? null;
    return [name, form === 'json' && value !== null ? hash('sha256', canonicalBytes(value), 'hex') : value];
  }));
}

/** @param key undefined: the row is about nobody */
export const factDigest = (table: string, row: Readonly<Record<string, unknown>>, key: HmacKey | undefined): Digest => textDigest(canonicalRow(table, row), key);

export const textDigest = (text: string, key: HmacKey | undefined): Digest => key === undefined ? hash('sha256', text, 'binary') : hmacDigest(key, text);
