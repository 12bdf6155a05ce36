import type { Queryable } from './connect.ts';
import { ofFacilities, type Facilities } from './queue-filter.ts';
import type { RunPhase, RunState } from './runs.ts';

export type SourceOverview = {
  id: number; name: string; kind: 'bulk' | 'search' | 'files'; address: string | null; createdAt: Date;
  /** The newest run; null before the first. */
  lastRun: { id: string; state: RunState; phase: RunPhase; startedAt: string; finishedAt: string | null } | null;
  lastGoodAt: Date | null;
  /** Current versions that are no deletions. */
  resources: number;
  waiting: number;
};

export async function sourcesOverview(db: Queryable, facilities: Facilities = null): Promise<SourceOverview[]> {
  const { rows } = await db.query<SourceOverview>(
    `select s.id, s.name, s.kind, coalesce(s.settings ->> 'url', s.settings ->> 'folder') as address, s.created_at as "createdAt",
            (select jsonb_build_object('id', r.id::text, 'state', r.state, 'phase', r.phase, 'startedAt', r.started_at, 'finishedAt', r.finished_at)
               from run r where r.source_id = s.id order by r.id desc limit 1) as "lastRun",
            (select max(finished_at) from run r where r.source_id = s.id and r.state = 'completed') as "lastGoodAt",
            (select coalesce(sum(c.grew), 0)::int from run r join received_chunk c on c.run_id = r.id where r.source_id = s.id) as resources,
            (select count(*)::int from exception e where e.source_id = s.id and e.state = 'open') as waiting
       from source s where ${ofFacilities('s.id', '$1')} order by s.name`, [facilities]);
  return rows;
}

export async function sourceExists(db: Queryable, name: string): Promise<boolean> {
  const { rowCount } = await db.query('select from source where name = $1', [name]);
  return rowCount === 1;
}

export type FeedOverview = {
  name: string; purpose: string; types: string[] | null; sources: string[] | null;
  entries: number; lastSequence: string | null; lastAt: Date | null; consumers: number;
};

/** Each feed with what it holds: the entries of its purpose, types and sources. */
export async function feedsOverview(db: Queryable): Promise<FeedOverview[]> {
  const { rows } = await db.query<FeedOverview>(
    `select f.name, f.purpose, f.types,
            (select array_agg(s.name order by s.name) from source s where s.id = any(f.sources)) as sources,
            held.entries, held."lastSequence", held."lastAt",
            (select count(*)::int from consumer c where f.id = any(c.feeds) and c.revoked_at is null) as consumers
       from feed f cross join lateral (
              select coalesce(sum(e.entries), 0)::int as entries, max(e.last) as "lastSequence", max(e.last_at) as "lastAt" from feed_tally e
               where e.purpose = f.purpose and (f.types is null or e.type = any(f.types))
                 and (f.sources is null or e.source_id = any(f.sources))) as held
      order by f.name`);
  return rows;
}
