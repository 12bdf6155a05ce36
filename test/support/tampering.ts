import { factTables } from '../../ledger/verify/fact-tables.ts';
import type { ColumnForm, FactTable } from '../../ledger/verify/fact-table.ts';
import type { TroubleKind } from '../../ledger/verify/trouble.ts';
import type { Queryable } from '../../storage/connect.ts';

/** One change that somebody with the database's highest rights makes. */
export type Tampering = {
  readonly says: string;
  /** Kinds of trouble of which one must be found, and the row and table that must be named, where it is about one. */
  readonly found: readonly TroubleKind[];
  readonly table?: string;
  readonly row?: string;
};
type Tamper = (db: Queryable, random: () => number) => Promise<Tampering | undefined>;

/** SQL of another value than the column has. */
const otherwise: Record<ColumnForm, (column: string) => string> = {
  text: (c) => `case when ${c} is null then 'x' else overlay(${c} placing chr(ascii(${c}) # 1) from 1 for 1) end`,
  number: (c) => `coalesce(${c}, 0) + 1`, id: (c) => `coalesce(${c}, 0) + 1`, bool: (c) => `not ${c}`,
  hex: (c) => `case when length(${c}) > 0 then set_byte(${c}, 0, get_byte(${c}, 0) # 1) else '\\x01'::bytea end`,
  instant: (c) => `coalesce(${c}, now()) + interval '1 microsecond'`,
  texts: (c) => `array_append(${c}, 'x')`, numbers: (c) => `array_append(${c}, 9)`, ids: (c) => `array_append(${c}, 9)`,
  json: (c) => `coalesce(${c}, '[]'::jsonb) || '[{"x": 1}]'::jsonb`,
};
/** What the database's own checks let nobody write, whoever he is. */
const checked: Readonly<Record<string, string>> = {
  'feed_span.kind': `case when kind = 'stale' then 'release' else 'stale' end`,
  'verdict.outcome': `case when outcome = 'hold' then 'release' else 'hold' end`,
};

/** Fact tables that have rows; a view's are another table's. */
async function someTable(db: Queryable, random: () => number): Promise<FactTable> {
  const filled: FactTable[] = [];
  for (const one of factTables) if (one.table !== 'version_joined' && (await db.query(`select from ${one.table} limit 1`)).rowCount === 1) filled.push(one);
  return pick(filled, random);
}
const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!;

async function anyRow(db: Queryable, { table, key }: Pick<FactTable, 'table' | 'key'>, random: () => number): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(`select ${key}::text as id from ${table} order by ${key}`);
  return rows.length === 0 ? undefined : pick(rows, random).id;
}

/** The constraints that would refuse the change are taken away first: the owner can. */
async function freely(db: Queryable, sql: string, values: unknown[]): Promise<boolean> {
  await db.query(`set local session_replication_role = replica`);
  await db.query('savepoint tampering');
  try {
    return (await db.query(sql, values)).rowCount === 1;
  } catch {
    await db.query('rollback to savepoint tampering');
    return false;
  }
}

const changeColumn: Tamper = async (db, random) => {
  const fact = await someTable(db, random);
  const id = await anyRow(db, fact, random);
  const columns = { ...fact.columns, ...(fact.at === undefined ? {} : { [fact.at]: 'instant' as const }) };
  const [column, form] = pick(Object.entries(columns).filter(([name]) => name !== fact.key), random);
  const value = checked[`${fact.table}.${column}`] ?? otherwise[form](column);
  if (id === undefined || !await freely(db, `update ${fact.table} set ${column} = ${value} where ${fact.key} = $1`, [id])) return undefined;
  return { says: `${fact.table}.${column} of ${id} changed`, found: ['row-changed'], table: fact.table, row: id };
};

const deleteRow: Tamper = async (db, random) => {
  const fact = await someTable(db, random);
  const id = await anyRow(db, fact, random);
  if (id === undefined || !await freely(db, `delete from ${fact.table} where ${fact.key} = $1`, [id])) return undefined;
  return { says: `${id} of ${fact.table} deleted`, found: ['row-removed', 'row-changed'], table: fact.table, row: id };
};

const insertRow: Tamper = async (db, random) => {
  const fact = await someTable(db, random);
  const { rows: columns } = await db.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`, [fact.table]);
  const id = await anyRow(db, fact, random);
  const copied: Readonly<Record<string, string>> = { logical_id: `logical_id || '-copy'`, line: 'line + 1000', name: `name || '-copy'`, token_hash: `sha256(token_hash)`, current: 'false', from_line: 'from_line + 1000', head: 'false', context_hash: 'sha256(context_hash)', cause: `cause || '-copy'` };
  const list = columns.map((one) => one.name);
  const made = `insert into ${fact.table} (${list.join(', ')}) overriding system value
    select ${list.map((name) => name === fact.key ? `(select max(${fact.key}) + 1 from ${fact.table})` : copied[name] ?? name).join(', ')} from ${fact.table} where ${fact.key} = $1`;
  if (id === undefined || !await freely(db, made, [id])) return undefined;
  const { rows: [added] } = await db.query<{ id: string }>(`select max(${fact.key})::text as id from ${fact.table}`);
  return { says: `a row added to ${fact.table}`, found: ['row-added'], table: fact.table, row: added!.id };
};

const one = (says: string, found: readonly TroubleKind[], sql: string): Tamper => async (db) => await freely(db, sql, []) ? { says, found } : undefined;
const anEvent = '(select id from event where leaf is not null order by md5(id::text) limit 1)';
const flip = (column: string): string => `${column} = set_byte(${column}, length(${column}) / 2, get_byte(${column}, length(${column}) / 2) # 1)`;

const versionBytes: Tamper = async (db, random) => {
  const { rows } = await db.query<{ id: string }>('select id from version where bytes is not null order by id');
  const { id } = pick(rows, random);
  await freely(db, `update version set ${flip('bytes')} where id = $1`, [id]);
  return { says: `a byte of version ${id} changed`, found: ['bytes-changed'], table: 'version', row: id };
};

const reorder: Tamper = async (db, random) => {
  const { rows } = await db.query<{ id: string; leaf: string }>('select id, leaf from event where leaf is not null order by leaf');
  const at = Math.floor(random() * (rows.length - 1));
  const [a, b] = [rows[at]!, rows[at + 1]!];
  await freely(db, 'update event set leaf = null where id = $1', [a.id]);
  await freely(db, 'update event set leaf = $2 where id = $1', [b.id, a.leaf]);
  await freely(db, 'update event set leaf = $2 where id = $1', [a.id, b.leaf]);
  return { says: `leaves ${a.leaf} and ${b.leaf} swapped`, found: ['tile-changed', 'tree-differs'] };
};

/** Every way in which the tests tamper. */
export const tampers: readonly Tamper[] = [
  changeColumn, changeColumn, changeColumn, deleteRow, insertRow, versionBytes, reorder,
  one('a byte of an event’s body changed', ['tile-changed', 'tree-differs', 'event-changed'], `update event set ${flip('body')} where id = ${anEvent}`),
  one('an event deleted', ['event-removed'], `delete from event where id = ${anEvent}`),
  one('the kind beside a leaf changed', ['row-changed'], `update event set kind = 'waived' where id = ${anEvent} and kind <> 'waived'`),
  one('the time beside a leaf changed', ['row-changed'], `update event set at = at + interval '1 microsecond' where id = ${anEvent}`),
  one('a kept row hash changed', ['event-changed'], `update event set ${flip('hashes')} where id = (select id from event where hashes is not null order by id limit 1)`),
  one('a byte of a tile changed', ['tile-changed'], `update ledger_tile set ${flip('hashes')} where (level, index) = (select level, index from ledger_tile order by md5(level || '/' || index) limit 1)`),
  one('a checkpoint deleted', ['checkpoint-removed'], `delete from checkpoint where size = (select min(size) from checkpoint)`),
  one('a checkpoint’s root replaced', ['tree-differs', 'checkpoint-unsigned', 'checkpoint-changed'], `update checkpoint set note = overlay(note placing 'AAAA' from position(E'\\n' in substr(note, position(E'\\n' in note) + 1)) + position(E'\\n' in note) + 1 for 4) where size = (select max(size) from checkpoint)`),
  one('a signature replaced', ['checkpoint-unsigned', 'checkpoint-changed'], `update checkpoint set note = overlay(note placing 'QUJDRA' from length(note) - 40 for 6) where size = (select max(size) from checkpoint)`),
  one('the last link of a chain dropped', ['link-removed'], `delete from ledger_link where (chain_id, n) = (select chain_id, max(n) from ledger_link group by chain_id order by md5(chain_id::text) limit 1)`),
  one('the last link of a chain dropped, and its head set back', ['link-removed', 'chain-changed'],
    `with cut as (delete from ledger_link where (chain_id, n) = (select chain_id, max(n) from ledger_link group by chain_id having max(n) > 1 order by md5(chain_id::text) limit 1) returning chain_id)
     update ledger_chain set count = count - 1 where id = (select chain_id from cut)`),
  one('a link changed', ['chain-changed'], `update ledger_link set leaf = leaf + 1 where (chain_id, n) = (select chain_id, n from ledger_link order by md5(chain_id || '/' || n) limit 1)`),
  one('a chain’s head changed', ['chain-changed'], `update ledger_chain set ${flip('link')} where id = (select max(id) from ledger_chain)`),
  one('a chain invented', ['chain-added', 'link-removed'], `insert into ledger_chain (subject, count, link) values (sha256('x'), 0, sha256('x'))`),
  one('a patient’s key changed', ['row-changed', 'chain-changed', 'chain-removed'], `update subject_key set ${flip('key')} where (source_id, patient) = (select source_id, patient from subject_key order by patient desc limit 1)`),
  one('a patient’s key deleted', ['row-changed'], `delete from subject_key where (source_id, patient) = (select source_id, patient from subject_key order by patient desc limit 1)`),
  one('a part of a rule set changed', ['row-changed'], `update rule_set set parts = parts || '{"rule reference-missing": "9"}' where id = (select min(rule_set_id) from assessment)`),
  one('a rule set replaced, hash and all', ['row-changed'], `update rule_set set parts = '{}', hash = sha256('') where id = (select min(rule_set_id) from assessment)`),
  one('the ledger’s size set back', ['event-removed'], 'update ledger set size = size - 1'),
];
