import type { Purpose } from '../terms/purpose.ts';
import type { Queryable } from './connect.ts';
import { releasedVersions } from './retraction.ts';
import { received } from './stored-bytes.ts';

/** More Devices than a hospital's programs are not looked through. */
const DEVICES = 2_000;

export type DeviceHead = { readonly source: number; readonly id: string; readonly text: string };

/** Devices as the sources now describe them. */
export async function deviceHeads(db: Queryable): Promise<DeviceHead[]> {
  const { rows } = await db.query<{ source: number; id: string; bytes: Buffer; encoding: number }>(
    `select source_id as source, logical_id as id, bytes, encoding from version where type = 'Device' and head and bytes is not null order by id desc limit $1`, [DEVICES]);
  return rows.map(({ source, id, ...stored }) => ({ source, id, text: received(stored).toString('utf8') }));
}

export type ReleasedRecord = { source: string; type: string; id: string; version: string; purposes: Purpose[]; at: Date };

/** What these Devices asserted and what the feeds still carry, the newest first. */
export async function releasedOf(db: Queryable, devices: readonly { readonly source: number; readonly id: string }[], limit: number): Promise<{ total: number; records: ReleasedRecord[] }> {
  const versions = (await Promise.all(devices.map(({ source, id }) => releasedVersions(db, { source, device: id })))).flat();
  const { rows } = await db.query<ReleasedRecord & { total: number }>(
    `with standing as (
       select e.version_id, array_agg(distinct e.purpose order by e.purpose) as purposes, max(e.at) as at from feed_entry e
        where e.version_id = any($1) and e.kind = 'release'
          and not exists (select from feed_entry x where x.version_id = e.version_id and x.purpose = e.purpose and x.kind = 'retraction' and x.sequence > e.sequence)
        group by e.version_id)
     select s.name as source, v.type, v.logical_id as id, v.id as version, t.purposes, t.at, count(*) over ()::int as total
       from standing t join version v on v.id = t.version_id join source s on s.id = v.source_id order by t.at desc, v.id desc limit $2`, [versions, limit]);
  return { total: rows[0]?.total ?? 0, records: rows.map(({ total: _, ...row }) => row) };
}
