import type { Queryable } from './connect.ts';

export type PacketEvidence = { version: string; type: string; id: string; ordinal: number; hash: string; state: string };
export type PacketView = { person: string; version: string; at: Date; shown: string };

/** What an auditor is shown of a case beside its history: the versions by their hashes, who opened which, the rule's versions. */
export async function packetOf(db: Queryable, exception: string): Promise<{ evidence: PacketEvidence[]; opened: PacketView[]; ruleVersions: number[] }> {
  const { rows: evidence } = await db.query<PacketEvidence>(
    `select distinct v.id as version, v.type, v.logical_id as id, v.ordinal, encode(v.hash, 'hex') as hash, m.state
       from exception_member m join version v on v.id = m.version_id where m.exception_id = $1 order by v.id limit 1000`, [exception]);
  const { rows: opened } = await db.query<PacketView>(
    `select p.name as person, w.version_id as version, w.at, encode(w.shown, 'hex') as shown from record_view w join person p on p.subject = w.person
      where w.exception_id = $1 order by w.at limit 1000`, [exception]);
  const { rows } = await db.query<{ n: number }>(
    `select distinct (a.findings -> m.finding ->> 'ruleVersion')::int as n from exception_member m join assessment a on a.id = m.assessment_id where m.exception_id = $1 order by 1`, [exception]);
  return { evidence, opened, ruleVersions: rows.map((row) => row.n) };
}
