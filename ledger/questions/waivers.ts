import type { Queryable } from '../../storage/connect.ts';
import type { Answer } from './answer.ts';

const LIMIT = 1_000;

/** Question 5: which decisions let something through, by whom, why, until when? */
export async function waivers(db: Queryable, { person, reason, until }: { person?: string; reason?: string; until?: Date }): Promise<Answer<Waiver>> {
  const { rows } = await db.query<Waiver>(
    `select d.by_person as who, d.body ->> 'reason' as reason, r.rule, r.cause, r.scope, r.action, array_to_string(r.purposes, ', ') as purposes,
            d.decided_at::text as decided, r.expires_at::text as expires, coalesce(r.ended_by, case when r.expires_at <= now() then 'expired' end) as ended,
            (select count(*)::int from ruled_version x where x.decision_id = d.id) as records, d.exception_id as "case"
       from ruling r join decision d on d.id = r.decision_id
      where ($1::text is null or d.by_person = $1) and ($2::text is null or d.body ->> 'reason' ilike '%' || $2 || '%')
        and ($3::timestamptz is null or r.expires_at <= $3)
      order by d.decided_at desc limit ${LIMIT}`, [person ?? null, reason ?? null, until ?? null]);
  return { asks: 'Which decisions let something through?', columns, rows, leavesOut: rows.length === LIMIT ? [`Only the newest ${LIMIT} are listed.`] : [] };
}

type Waiver = {
  who: string; reason: string | null; rule: string; cause: string; scope: string; action: string; purposes: string; decided: string;
  expires: string | null; ended: string | null; records: number; case: string;
};
const columns = {
  who: 'By whom', reason: 'Why', rule: 'Rule', cause: 'What it found', scope: 'For these records or for this cause', action: 'What was decided instead',
  purposes: 'Purposes', decided: 'Decided', expires: 'Until', ended: 'Ended by', records: 'Records', case: 'Case',
} as const;
