import type { Turn } from '../terms/exception.ts';
import type { Owner } from '../terms/rule.ts';
import type { Priority } from '../terms/policy.ts';
import type { Purpose } from '../terms/purpose.ts';

/** Sources that the reader may see; null: all. */
export type Facilities = readonly string[] | null;
/** SQL: the source's id is one of those that are named in the parameter, where it is not null. */
export const ofFacilities = (sourceId: string, parameter: string): string =>
  `(${parameter}::text[] is null or ${sourceId} in (select id from source where name = any(${parameter})))`;

export type QueueFilter = {
  source?: string | undefined; rule?: string | undefined; priority?: Priority | undefined;
  owner?: Owner | undefined; purpose?: Purpose | undefined;
  /** Resource type of a record that waits in it. */
  type?: string | undefined;
  /** The model that asserted its records, as rules name it in their cause. */
  model?: string | undefined;
  /** Subjects whose cases are meant; empty: cases that nobody has. */
  assignees?: readonly string[] | undefined;
  turn?: Turn | undefined;
  dueBefore?: Date | undefined; openedBefore?: Date | undefined; openedAfter?: Date | undefined;
  /** Sources that the reader may see; absent: all. */
  facilities?: readonly string[] | undefined;
};

/** $1–$13 of every statement over the queue; cases are `e`. */
export const matches = `e.state = 'open' and ($1::text is null or e.source_id = (select id from source where name = $1))
  and ($2::text is null or e.rule = $2) and ($3::smallint is null or e.priority = $3) and ($4::text is null or e.owner = $4)
  and ($5::text is null or exists (select from exception_member m where m.exception_id = e.id and m.state = 'waiting' and $5 = any(m.purposes)))
  and ($6::text is null or exists (select from exception_member m join version v on v.id = m.version_id
                                    where m.exception_id = e.id and m.state = 'waiting' and v.type = $6))
  and ($7::text is null or (e.owner = 'ai' and coalesce(substring(e.cause from ' by (.+)$'), e.cause) = $7))
  and ($8::text[] is null or (e.assignee is null and cardinality($8) = 0) or e.assignee = any($8))
  and ($9::text is null or e.turn = $9)
  and ($10::timestamptz is null or e.due_at < $10) and ($11::timestamptz is null or e.opened_at <= $11) and ($12::timestamptz is null or e.opened_at > $12)
  and ${ofFacilities('e.source_id', '$13')}`;
export const FILTER_VALUES = 13;

export const values = (filter: QueueFilter): unknown[] => [
  filter.source, filter.rule, filter.priority, filter.owner, filter.purpose, filter.type, filter.model, filter.assignees, filter.turn,
  filter.dueBefore, filter.openedBefore, filter.openedAfter, filter.facilities].map((value) => value ?? null);
