import type { Queryable } from './connect.ts';

export type VersionName = { readonly type: string; readonly id: string; readonly ordinal: number };

/** Which resource each version is of. */
export async function versionNames(db: Queryable, versions: readonly string[]): Promise<Map<string, VersionName>> {
  const { rows } = await db.query<VersionName & { version: string }>(
    'select id as version, type, logical_id as id, ordinal from version where id = any($1)', [versions]);
  return new Map(rows.map(({ version, ...name }) => [version, name]));
}
