import type { Queryable, Tx } from './connect.ts';
import { addFile } from './run-files.ts';

/**
 * References that heads landed in this run make, whose targets did not land and that this run has
 * not asked for (contract 8). Literal ones of the source itself, and conditional ones ('Type?…').
 * Once a first batch is planned only what hydration brought can make new ones. What the last run
 * that asked got no answer to is asked for again.
 */
export async function referencesToAsk(db: Queryable, run: string, types: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ reference: string }>(
    `with planned as (
       select exists (select from run_file where run_id = $1 and kind = 'hydrated') as once
     ), made as materialized (
       select distinct reference, target.type
         from version v cross join lateral unnest(v.refs) as reference
         cross join lateral (select split_part(split_part(reference, '/', 1), '?', 1) as type) as target
        where v.run_id = $1 and v.head and not v.deletion and target.type = any($2)
          and (not (select once from planned) or v.file_id in (select id from run_file where run_id = $1 and kind = 'hydrated'))
     ), unanswered as (
       select q.reference, split_part(split_part(q.reference, '/', 1), '?', 1) as type from hydration_request q
        where not (select once from planned) and coalesce(q.outcome, 'failed') = 'failed'
          and split_part(split_part(q.reference, '/', 1), '?', 1) = any($2)
          and q.run_id = (select max(id) from run before where before.source_id = (select source_id from run where id = $1)
                             and before.id < $1 and exists (select from hydration_request where run_id = before.id))
     )
     select made.reference from (select * from made union select * from unanswered) as made join run r on r.id = $1
      where made.reference ~ '^[A-Za-z]+(/[A-Za-z0-9.-]{1,64}$|[?].)'
        and not exists (select from version h where h.source_id = r.source_id and h.type = made.type
                          and h.logical_id = split_part(made.reference, '/', 2) and h.head)
        and not exists (select from hydration_request q where q.run_id = $1 and q.reference = made.reference)
      order by made.reference`, [run, types]);
  return rows.map((row) => row.reference);
}

/** These references are asked for, as lines of a file of the run: asked once, whatever is repeated. */
export async function planHydration(tx: Tx, run: string, references: readonly string[]): Promise<void> {
  const { rows: [row] } = await tx.query<{ n: number }>(
    `select count(*)::int as n from run_file where run_id = $1 and kind = 'hydrated'`, [run]);
  const number = String((row?.n ?? 0) + 1).padStart(6, '0');
  const file = await addFile(tx, run, { name: `hydrated/${number}`, kind: 'hydrated', type: null, url: 'hydration_request' });
  await tx.query(
    `insert into hydration_request (run_id, reference, file_id, line)
     select $1, reference, $2, line from unnest($3::text[]) with ordinality as asked (reference, line)`, [run, file, references]);
}

export type Request = { reference: string; line: number };

/** Lines from `fromLine` on; those whose answer is on record already are not asked again, what was fetched is: it may not have landed. */
export async function requestsOf(db: Queryable, file: string, fromLine: number): Promise<Request[]> {
  return (await db.query<Request>(
    `select reference, line from hydration_request where file_id = $1 and line >= $2
        and coalesce(outcome, 'fetched') in ('fetched', 'failed') order by line`, [file, fromLine])).rows;
}

/** `failed`: the source kept answering with errors of its own. */
export type Outcome = 'fetched' | 'absent-at-source' | 'ambiguous' | 'refused' | 'failed';

/** What asking for the line's reference came to. @param resolved what a conditional reference means, 'Type/id' */
export async function recordOutcome(db: Queryable, file: string, line: number, outcome: Outcome, resolved?: string): Promise<void> {
  await db.query('update hydration_request set outcome = $3, resolved = $4 where file_id = $1 and line = $2', [file, line, outcome, resolved ?? null]);
  if (outcome !== 'absent-at-source' && outcome !== 'refused') return;
  await db.query(
    `insert into hydration_fact (source_id, reference, fact, run_id)
     select r.source_id, q.reference, $3, q.run_id from hydration_request q join run r on r.id = q.run_id where q.file_id = $1 and q.line = $2
     on conflict (source_id, reference) do update set fact = excluded.fact, run_id = excluded.run_id, at = now()`, [file, line, outcome]);
}

/** A resource that is there after all is no longer absent. */
export async function forgetFact(db: Queryable, file: string, line: number): Promise<void> {
  await db.query(
    `delete from hydration_fact f using hydration_request q, run r
      where q.file_id = $1 and q.line = $2 and r.id = q.run_id and f.source_id = r.source_id and f.reference = q.reference`, [file, line]);
}

/** Whether a resource, 'Type/id', has landed from the source. */
export async function isKnown(db: Queryable, source: number, reference: string): Promise<boolean> {
  const [type, id] = reference.split('/');
  return (await db.query('select from version where source_id = $1 and type = $2 and logical_id = $3 and head', [source, type, id])).rowCount === 1;
}

/** How many of the file's references the source failed at. */
export async function failedRequests(db: Queryable, file: string): Promise<number> {
  const { rows: [row] } = await db.query<{ n: number }>(
    `select count(*)::int as n from hydration_request where file_id = $1 and outcome = 'failed'`, [file]);
  return row?.n ?? 0;
}

/** What conditional references of the source mean, 'Type/id', as asked last; those nobody resolved are left out. */
export async function resolvedReferences(db: Queryable, source: number, references: readonly string[]): Promise<Map<string, string>> {
  if (references.length === 0) return new Map();
  const { rows } = await db.query<{ reference: string; resolved: string }>(
    `select distinct on (q.reference) q.reference, q.resolved from hydration_request q join run r on r.id = q.run_id
      where r.source_id = $1 and q.reference = any($2) and q.resolved is not null order by q.reference, q.run_id desc`, [source, references]);
  return new Map(rows.map((row) => [row.reference, row.resolved]));
}
