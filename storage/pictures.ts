import type { Purpose } from '../terms/purpose.ts';
import type { Queryable } from './connect.ts';

export type WaitingCell = { age: '0-2' | '3-7' | '8-14' | '15-30' | 'over-30'; due: 'late' | 'today' | 'week' | 'later'; cases: number };

/** Open cases by their age in days and by when they are due. @param facilities sources that the reader may see; null: all */
export async function waitingByAge(db: Queryable, facilities: readonly string[] | null): Promise<WaitingCell[]> {
  const { rows } = await db.query<WaitingCell>(
    `select case when days <= 2 then '0-2' when days <= 7 then '3-7' when days <= 14 then '8-14' when days <= 30 then '15-30' else 'over-30' end as age,
            case when left_ < interval '0' then 'late' when left_ < interval '1 day' then 'today' when left_ < interval '7 days' then 'week' else 'later' end as due, count(*)::int as cases
       from (select floor(extract(epoch from now() - e.opened_at) / 86400) as days, e.due_at - now() as left_ from exception e
              where e.state = 'open' and ($1::text[] is null or e.source_id in (select id from source where name = any($1)))) as open
      group by 1, 2`, [facilities]);
  return rows;
}

export type ReleasedDay = { day: string; purpose: Purpose; entries: number };

/** Releases by day and purpose. @param days oldest first, each with the instant at which it begins; the last has not ended */
export async function releasedByDay(db: Queryable, days: readonly { readonly day: string; readonly at: Date }[], facilities: readonly string[] | null): Promise<ReleasedDay[]> {
  const { rows } = await db.query<{ place: number; purpose: Purpose; entries: number }>(
    `select width_bucket(e.at, $1::timestamptz[]) as place, e.purpose, count(*)::int as entries from feed_entry e
      where e.kind = 'release' and e.at >= $2 and ($3::text[] is null or e.source_id in (select id from source where name = any($3)))
      group by 1, 2 order by 1, 2`, [days.map((one) => one.at), days[0]?.at ?? null, facilities]);
  return rows.map(({ place, ...row }) => ({ day: days[place - 1]?.day ?? '', ...row }));
}
