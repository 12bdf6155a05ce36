import type { Queryable } from '../../storage/connect.ts';
import { received } from '../../storage/stored-bytes.ts';
import { purposes } from '../../terms/purpose.ts';
import type { Answer } from './answer.ts';
import { versionsOf } from './given.ts';

export type ModelAt = {
  readonly model: string;
  /** The moment; what had been given until then and not taken back. */
  readonly at: Date;
  /** Only records that the source had written by then. */
  readonly recordedBy?: Date;
  /** Only what happened by then, as the record says. */
  readonly effectiveBy?: Date;
  /** Only of one patient. */
  readonly patient?: { readonly source: number; readonly patient: string };
  /** Sequence to go on behind. */
  readonly after?: number;
  readonly limit?: number;
};

/**
 * Question 8: what did a model see at a moment? Of each resource the newest entry that a consumer
 * serving the model had been given, unless it had been given the retraction too. A page at a time, and no more
 * work than a page: `offset 0` has what replaced an entry asked of that entry alone, not made for all there are.
 */
export async function modelSaw(db: Queryable, { model, at, recordedBy, effectiveBy, patient, after = 0, limit = 200 }: ModelAt): Promise<Answer<Seen>> {
  const { rows } = await db.query<Seen & { bytes: Buffer | null; encoding: number }>(
    `with reader as materialized (
       select c.id as consumer_id, c.name as consumer, f.id as feed_id, f.name as feed, f.purpose, f.types, f.sources,
              (select max(to_sequence) from consumption k where k.consumer_id = c.id and k.feed_id = f.id and k.at <= $2) as upto
         from consumer c join feed f on f.id = any(c.feeds) where $1 = any(c.models))
     select e.sequence::float8 as sequence, r.consumer, r.feed, e.type, e.logical_id as id, e.version_id as version, v.version_id as "versionId",
            v.last_updated::text as recorded, e.at::text as published,
            (select min(k.at)::text from consumption k where k.consumer_id = r.consumer_id and k.feed_id = r.feed_id
                and int8range(k.from_sequence, k.to_sequence, '[]') @> e.sequence) as given, v.bytes, v.encoding, null as effective
       from ${patient === undefined ? `(select * from feed_span where first > $3::bigint - ${purposes.length} and first <= (select max(upto) from reader) order by first) as span` : `${versionsOf('$5', '$6')} as mine join feed_span span on span.version_id = mine.id`}
      cross join lateral (select * from reader r where r.purpose = any(span.purposes) and (r.types is null or span.type = any(r.types))
                              and (r.sources is null or span.source_id = any(r.sources)) offset 0) as r
      cross join lateral (select span.*, r.purpose, span.first + array_position(span.purposes, r.purpose) - 1 as sequence) as e
       join version v on v.id = e.version_id
      where span.kind = 'release' and span.first > $3::bigint - ${purposes.length} and e.sequence > $3 and e.sequence <= r.upto
        and ($4::timestamptz is null or coalesce(v.last_updated, v.landed_at) <= $4) and ($5::int is null or ($6::text is not null))
        and not exists (select from version o join feed_entry n on n.version_id = o.id
                         where o.source_id = v.source_id and o.type = v.type and o.logical_id = v.logical_id and n.purpose = e.purpose
                           and n.kind in ('release', 'retraction') and n.sequence > e.sequence and n.sequence <= r.upto offset 0)
      order by span.first limit $7`, [model, at, after, recordedBy ?? null, patient?.source ?? null, patient?.patient ?? null, limit]);
  const seen = rows.map(({ bytes, encoding, ...row }) => ({ ...row, effective: bytes === null ? null : effectiveOf(received({ bytes, encoding })) }));
  const kept = effectiveBy === undefined ? seen : seen.filter(({ effective }) => effective === null || Date.parse(effective) <= effectiveBy.getTime());
  return {
    asks: `What did ${model} see at ${at.toISOString()}?`, columns, rows: kept,
    leavesOut: rows.length === limit ? [`This is a page: the next one begins behind entry ${rows.at(-1)?.sequence}.`] : [],
  };
}

/** Elements that say when it happened, by preference: http://hl7.org/fhir/R4/fivews.html (FiveWs.done, .init, .recorded). */
const moments = ['effectiveDateTime', 'effectiveInstant', 'occurrenceDateTime', 'performedDateTime', 'onsetDateTime', 'authoredOn', 'issued', 'recordedDate', 'created', 'date'];
const periods = ['effectivePeriod', 'occurrencePeriod', 'performedPeriod', 'period', 'onsetPeriod', 'billablePeriod'];

function effectiveOf(bytes: Buffer): string | null {
  const resource = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  const moment = moments.map((element) => resource[element]).find((value) => typeof value === 'string');
  const period = periods.map((element) => resource[element]).find((value): value is { start: string } => typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'string');
  return (moment as string | undefined) ?? period?.start ?? null;
}

type Seen = {
  sequence: number; consumer: string; feed: string; type: string; id: string; version: string; versionId: string | null;
  effective: string | null; recorded: string | null; published: string; given: string | null;
};
const columns = {
  sequence: 'Number in the feeds', consumer: 'Read by', feed: 'From the feed', type: 'Kind of record', id: 'Its id', version: 'Version', versionId: 'Version at the source',
  effective: 'When it happened', recorded: 'When the source wrote it', published: 'In the feeds since', given: 'Given at',
} as const;
