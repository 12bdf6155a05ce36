import type { Queryable, Tx } from './connect.ts';
import { received } from './stored-bytes.ts';

export type OpenedVersion = { version: string; source: number; sourceName: string; type: string; id: string; patient: string; hash: Buffer; text: string | null };

/** A version with its bytes as received. */
export async function versionToOpen(db: Queryable, version: string): Promise<OpenedVersion | undefined> {
  const { rows: [row] } = await db.query<Omit<OpenedVersion, 'text'> & { bytes: Buffer | null; encoding: number }>(
    `select v.id as version, v.source_id as source, s.name as "sourceName", v.type, v.logical_id as id, v.patient, v.hash, v.bytes, v.encoding
       from version v join source s on s.id = v.source_id where v.id = $1`, [version]);
  if (row === undefined) return undefined;
  const { bytes, encoding, ...rest } = row;
  return { ...rest, text: bytes === null ? null : received({ bytes, encoding }).toString('utf8') };
}

/** @returns the row's id */
export async function keepView(tx: Tx, view: { person: string; version: string; exception: string | null; shown: Buffer }): Promise<string> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    'insert into record_view (person, version_id, exception_id, shown) values ($1, $2, $3, $4) returning id', [view.person, view.version, view.exception, view.shown]);
  return row?.id ?? '';
}

/** The versions of a case that the person opened. */
export async function openedBy(db: Queryable, person: string, exceptions: readonly string[]): Promise<{ exception: string; version: string }[]> {
  const { rows } = await db.query<{ exception: string; version: string }>(
    'select distinct exception_id as exception, version_id as version from record_view where person = $1 and exception_id = any($2)', [person, exceptions]);
  return rows;
}

/** Sources that the person may see for now, by breaking the glass. */
export async function brokenGlass(db: Queryable, person: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    'select distinct s.name from broken_glass b join source s on s.id = b.source_id where b.person = $1 and b.until > now()', [person]);
  return rows.map((row) => row.name);
}

/** @returns false where there is no such source */
export async function breakGlass(tx: Tx, person: string, source: string, reason: string, minutes: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into broken_glass (person, source_id, reason, until) select $1, id, $3, now() + $4 * interval '1 minute' from source where name = $2`, [person, source, reason, minutes]);
  if (rowCount !== 1) return false;
  await tx.query(`insert into notice (role, kind, about) values ('privacy-officer', 'glass-broken', $1)`, [source]);
  return true;
}
