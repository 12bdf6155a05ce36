import { purposes, type Purpose } from '../terms/purpose.ts';
import type { Queryable } from './connect.ts';

/** What one run received and what became of it, from rows, not counters (contract 10). */
export type Reconciliation = {
  readonly received: { readonly exported: number; readonly hydrated: number; readonly deletions: number; readonly skipped: number };
  readonly became: {
    readonly landed: number; readonly unchanged: number; readonly quarantined: number;
    readonly deletionsApplied: number; readonly deletionsUnknown: number; readonly skipped: number;
  };
  readonly purposes: readonly PurposeOutcome[];
  /** Both equations hold: nothing is lost, nothing is counted twice, nothing is still undecided. */
  readonly balances: boolean;
};

/** What became of the versions that landed. `undecided`: a verdict, or the release that it allows, is still to come. */
export type PurposeOutcome = {
  readonly purpose: Purpose;
  readonly released: number; readonly held: number; readonly excluded: number; readonly superseded: number;
  readonly undecided: number;
};

type Items = Reconciliation['received'] & Reconciliation['became'];

export async function reconciliation(db: Queryable, run: string): Promise<Reconciliation> {
  const [items, outcomes] = [await itemsOf(db, run), await outcomesOf(db, run)];
  const { exported, hydrated, deletions, skipped, landed, unchanged, quarantined, deletionsApplied, deletionsUnknown } = items;
  const received = { exported, hydrated, deletions, skipped };
  const became = { landed, unchanged, quarantined, deletionsApplied, deletionsUnknown, skipped };
  return {
    received, became, purposes: outcomes,
    balances: sum(received) === sum(became) && outcomes.every((one) => one.undecided === 0),
  };
}

export const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

async function itemsOf(db: Queryable, run: string): Promise<Items> {
  const { rows: [row] } = await db.query<Items>(
    `select chunks.*, versions.*,
            (select count(*) from quarantine where run_id = $1)::int as quarantined,
            (select count(*) from deletion_unknown where run_id = $1)::int as "deletionsUnknown"
       from (select coalesce(sum(c.received - c.deletions - c.skipped) filter (where f.kind <> 'hydrated'), 0)::int as exported,
                    coalesce(sum(c.received - c.deletions - c.skipped) filter (where f.kind = 'hydrated'), 0)::int as hydrated,
                    coalesce(sum(c.deletions), 0)::int as deletions,
                    coalesce(sum(c.skipped), 0)::int as skipped,
                    coalesce(sum(cardinality(c.unchanged)), 0)::int as unchanged
               from received_chunk c join run_file f on f.id = c.file_id where c.run_id = $1) as chunks,
            (select count(*) filter (where not deletion)::int as landed,
                    count(*) filter (where deletion)::int as "deletionsApplied"
               from version where run_id = $1) as versions`, [run]);
  if (row === undefined) throw new Error('a query of aggregates alone gave no row');
  return row;
}

/** The purposes of a span of the feed as bits: put together for each version without a row for each purpose. */
const bits = purposes.map((purpose, place) => `case when '${purpose}' = any(s.purposes) then ${1 << place} else 0 end`).join(' | ');

/**
 * Released: it has a release entry for the purpose, taken back later or not. Superseded: it never
 * had one, and a newer version or a deletion is the head. Else what the current verdict says.
 */
async function outcomesOf(db: Queryable, run: string): Promise<PurposeOutcome[]> {
  const { rows } = await db.query<PurposeOutcome>(
    `with released as (
       select wanted.purpose, sum(many.n)::int as n, coalesce(sum(many.n) filter (where not many.head), 0)::int as older
         from (select head, bits, count(*) as n
                 from (select v.id, v.head, bit_or(${bits}) as bits from version v join feed_span s on s.version_id = v.id and s.kind = 'release'
                        where v.run_id = $1 and not v.deletion group by v.id, v.head) as one
                group by head, bits) as many
         join unnest($2::text[]) with ordinality as wanted (purpose, place) on many.bits >> (wanted.place - 1)::int & 1 = 1
        group by wanted.purpose
     ), judged as (
       select answered.purpose, d.outcome, count(distinct v.id)::int as n
         from version v join verdict d on d.version_id = v.id and d.current and d.outcome in ('hold', 'exclude')
              cross join lateral unnest(d.purposes) as answered (purpose)
        where v.run_id = $1 and not v.deletion and v.head
          and not exists (select from feed_entry e where e.version_id = v.id and e.purpose = answered.purpose and e.kind = 'release')
        group by answered.purpose, d.outcome
     ), counted as (
       select wanted.purpose, wanted.place, landed.n as landed, coalesce(released.n, 0) as released,
              coalesce(held.n, 0) as held, coalesce(excluded.n, 0) as excluded, landed.older - coalesce(released.older, 0) as superseded
         from unnest($2::text[]) with ordinality as wanted (purpose, place)
        cross join (select count(*)::int as n, (count(*) filter (where not head))::int as older
                      from version where run_id = $1 and not deletion) as landed
         left join released using (purpose)
         left join judged held on held.purpose = wanted.purpose and held.outcome = 'hold'
         left join judged excluded on excluded.purpose = wanted.purpose and excluded.outcome = 'exclude'
     )
     select purpose, released, held, excluded, superseded, landed - released - held - excluded - superseded as undecided
       from counted order by place`, [run, purposes]);
  return rows;
}
