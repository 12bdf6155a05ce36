import type { Queryable } from '../../storage/connect.ts';
import { given } from './given.ts';
import type { Answer } from './answer.ts';

/** Question 1: where did this version of a resource go? @param version storage's version.id */
export async function entriesOfVersion(db: Queryable, version: string): Promise<Answer<EntryOfVersion>> {
  const { rows } = await db.query<EntryOfVersion>(
    `select e.sequence::float8 as sequence, e.kind, e.purpose, e.reason, e.at::text as published, g.consumer, g.feed, g.at::text as given
       from feed_entry e left join lateral (${given('e')}) as g on true
      where e.version_id = $1 order by e.sequence, g.at`, [version]);
  return { asks: `Where did version ${version} go?`, columns, rows, leavesOut: [] };
}

type EntryOfVersion = {
  sequence: number; kind: string; purpose: string; reason: string | null; published: string;
  consumer: string | null; feed: string | null; given: string | null;
};
const columns = {
  sequence: 'Number in the feeds', kind: 'Released, taken back, or said to be stale', purpose: 'Purpose', reason: 'Why it was taken back',
  published: 'In the feeds since', consumer: 'Given to', feed: 'By the feed', given: 'At',
} as const;
