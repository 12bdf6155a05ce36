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
  return `select t.${key}::text as id, ${of?.source ?? 'null::int'} as source, ${of?.patient ?? `''`} as patient,
                 ${at === undefined ? 'null::text' : sqlOf.instant(`t.${at}`)} as at, json_build_object(${list}) as columns
            from ${table} t ${of?.join ?? ''}`;
}

/** The rows of these ids as facts, by id; a row that is not there is missing. */
export async function readFacts(query: Query, table: FactTable, ids: readonly (string | number)[]): Promise<Map<string, Fact>> {
  const { rows } = await query<Read>(`${selectFacts(table)} where t.${table.key} = any($1)`, [ids]);
  return new Map(rows.map(({ columns, ...row }) => [row.id, { ...row, row: plain(table.columns, columns) }]));
}

function plain(forms: Readonly<Record<string, ColumnForm>>, columns: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(forms).map(([name, form]) => {
    const value = columns[name] ?? null;
    return [name, form === 'json' && value !== null ? hash('sha256', canonicalBytes(value), 'hex') : value];
  }));
}

/** @param key undefined: the row is about nobody */
export function factDigest(table: string, row: Readonly<Record<string, unknown>>, key: HmacKey | undefined): Digest {
  const text = canonicalRow(table, { table, ...row });
  return key === undefined ? hash('sha256', text, 'binary') : hmacDigest(key, text);
}
