import type { Finding } from '../terms/finding.ts';
import type { Queryable, Tx } from './connect.ts';
import { ofFacilities, type Facilities } from './queue-filter.ts';

/** What monitors say of a run is on record, each once. */
export async function raiseAlarms(tx: Tx, { source, run }: { source: number; run: string }, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  await tx.query(
    `insert into alarm (source_id, run_id, rule, finding) select $1, $2, rule, finding from unnest($3::text[], $4::jsonb[]) as raised (rule, finding)
     on conflict (run_id, rule, (finding ->> 'cause')) do nothing`,
    [source, run, findings.map((finding) => finding.rule), findings.map((finding) => JSON.stringify(finding))]);
}

export type Alarm = { id: string; source: string; run: string; rule: string; subject: string; says: string; at: Date; seenBy: string | null };

/** What monitors said, the newest first. @param before the last id of the page before */
export async function alarms(db: Queryable, limit: number, { source, before, facilities = null }: { source?: string | undefined; before?: string | undefined; facilities?: Facilities } = {}): Promise<Alarm[]> {
  const { rows } = await db.query<Alarm>(
    `select a.id, s.name as source, a.run_id as run, a.rule, a.finding ->> 'cause' as subject, a.finding ->> 'says' as says, a.at, a.seen_by as "seenBy"
       from alarm a join source s on s.id = a.source_id
      where ($2::text is null or s.name = $2) and ($3::bigint is null or a.id < $3) and ${ofFacilities('a.source_id', '$4')} order by a.id desc limit $1`, [limit, source ?? null, before ?? null, facilities]);
  return rows;
}
