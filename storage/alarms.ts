import type { Finding } from '../terms/finding.ts';
import { openMatter, type Matter } from './cases-without-records.ts';
import type { Queryable, Tx } from './connect.ts';
import { ofFacilities, type Facilities } from './queue-filter.ts';

/** What monitors say of a run is on record, each once, and in the queue: one case for each thing that left its band, as long as it is open. */
export async function raiseAlarms(tx: Tx, { source, run }: { source: number; run: string }, findings: readonly (Finding & Pick<Matter, 'priority' | 'owner' | 'dueDays'>)[]): Promise<void> {
  // In one order, so that two runs never wait for each other.
  for (const { priority, owner, dueDays, ...finding } of [...findings].sort((a, b) => (`${a.rule} ${a.cause}` < `${b.rule} ${b.cause}` ? -1 : 1))) {
    const { rows: [raised] } = await tx.query<{ id: string }>(
      `insert into alarm (source_id, run_id, rule, finding) values ($1, $2, $3, $4) on conflict (run_id, rule, (finding ->> 'cause')) do nothing returning id`,
      [source, run, finding.rule, JSON.stringify(finding)]);
    if (raised === undefined) continue;
    const exception = await openMatter(tx, source, { rule: finding.rule, cause: finding.cause, says: `${finding.cause}: ${finding.says}`, priority, owner, dueDays });
    await tx.query('update alarm set exception_id = $2 where id = $1', [raised.id, exception]);
  }
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
