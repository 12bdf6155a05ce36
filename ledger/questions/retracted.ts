import type { Queryable } from '../../storage/connect.ts';
import type { Answer } from './answer.ts';

const LIMIT = 100;

/** What people took back, newest first: why, how far it is, and which readers have not acknowledged it. With nobody left the loop is closed. */
export async function retracted(db: Queryable): Promise<Answer<Retracted>> {
  const { rows } = await db.query<Retracted>(
    `select r.id::text as retraction, r.what, coalesce(s.name || ' ' || r.patient || r.named, r.named) as named, r.because, r.by_person as who, r.at::text as at,
            cardinality(r.versions) as versions, entries.n as entries, r.settled_at is not null as done, silent.names as waiting, r.settled_at is not null and silent.names is null as closed
       from (select * from retraction order by id desc limit ${LIMIT}) as r left join source s on s.id = r.source_id
      cross join lateral (select count(*)::int as n from feed_entry e where e.version_id = any(r.versions) and e.kind = 'retraction' and e.at >= r.at) as entries
      cross join lateral (
        select string_agg(distinct c.name, ', ' order by c.name) as names
          from feed_entry e join consumption k on int8range(k.from_sequence, k.to_sequence, '[]') @> e.about
          join feed f on f.id = k.feed_id and f.purpose = e.purpose and (f.types is null or e.type = any(f.types)) and (f.sources is null or e.source_id = any(f.sources))
          join consumer c on c.id = k.consumer_id and c.revoked_at is null
         where e.version_id = any(r.versions) and e.kind = 'retraction'
           and e.sequence > coalesce((select max(sequence) from acknowledgement a where a.consumer_id = c.id and a.feed_id = f.id), 0)) as silent
      order by r.id desc`);
  return { asks: 'What was taken back, and who has acknowledged it?', columns, rows, leavesOut: rows.length === LIMIT ? [`Only the newest ${LIMIT} are listed.`] : [] };
}

type Retracted = {
  retraction: string; what: string; named: string; because: string; who: string; at: string; versions: number; entries: number; done: boolean; waiting: string | null; closed: boolean;
};
const columns = {
  retraction: 'Number', what: 'What', named: 'Which', because: 'Why', who: 'By', at: 'When', versions: 'Versions of records', entries: 'Entries taken back',
  done: 'All is taken back', waiting: 'Have not acknowledged', closed: 'The loop is closed',
} as const;
