import type { Queryable } from './connect.ts';

export type VersionName = { readonly type: string; readonly id: string; readonly ordinal: number };

/** Which resource each version is of; of sources that the reader may see, null for all. */
export async function versionNames(db: Queryable, versions: readonly string[], facilities: readonly string[] | null): Promise<Map<string, VersionName>> {
  const { rows } = await db.query<VersionName & { version: string }>(
    `select v.id as version, v.type, v.logical_id as id, v.ordinal from version v
      where v.id = any($1) and ($2::text[] is null or exists (select from source s where s.id = v.source_id and s.name = any($2)))`, [versions, facilities]);
  return new Map(rows.map(({ version, ...name }) => [version, name]));
}
