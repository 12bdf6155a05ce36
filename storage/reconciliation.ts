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

/**
 * Released: it has a release entry for the purpose, taken back later or not. Superseded: it never
 * had one, and a newer version or a deletion is the head. Else what the current verdict says.
 */
async function outcomesOf(db: Queryable, run: string): Promise<PurposeOutcome[]> {
  const { rows } = await db.query<PurposeOutcome>(
    `with landed as materialized (
       select id, head from version where run_id = $1 and not deletion
     ), released as materialized (
       select distinct l.id, l.head, e.purpose from landed l join feed_entry e on e.version_id = l.id and e.kind = 'release'
     ), judged as (
       select answered.purpose, v.outcome, count(distinct l.id)::int as n
         from landed l join verdict v on v.version_id = l.id and v.current cross join lateral unnest(v.purposes) as answered (purpose)
        where l.head and not exists (select from released r where r.id = l.id and r.purpose = answered.purpose)
        group by answered.purpose, v.outcome
     ), counted as (
       select wanted.purpose, wanted.place,
              (select count(*) from landed)::int as landed,
              (select count(*) from released r where r.purpose = wanted.purpose)::int as released,
              coalesce((select sum(n) from judged j where j.purpose = wanted.purpose and outcome = 'hold'), 0)::int as held,
              coalesce((select sum(n) from judged j where j.purpose = wanted.purpose and outcome = 'exclude'), 0)::int as excluded,
              ((select count(*) from landed where not head)
                - (select count(*) from released r where r.purpose = wanted.purpose and not head))::int as superseded
         from unnest($2::text[]) with ordinality as wanted (purpose, place)
     )
     select purpose, released, held, excluded, superseded, landed - released - held - excluded - superseded as undecided
       from counted order by place`, [run, purposes]);
  return rows;
}
