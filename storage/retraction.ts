import type { Queryable } from './connect.ts';
import { namesOfRule } from './rule-sets.ts';

/** What is taken back: one version, all of a patient, a run, what a rule finds, what a model (its Device) asserted. */
export type RetractionScope =
  | { readonly version: string }
  | { readonly source: number; readonly patient: string }
  | { readonly run: string }
  | { readonly rule: string }
  | { readonly source: number; readonly device: string };

/** Versions in the scope that were released to any feed. */
export async function releasedVersions(db: Queryable, scope: RetractionScope): Promise<string[]> {
  const [where, values] = condition(scope);
  const { rows } = await db.query<{ id: string }>(
    `select v.id from version v where ${where} and exists (select from feed_entry e where e.version_id = v.id and e.kind = 'release') order by v.id`, values);
  return rows.map((row) => row.id);
}

function condition(scope: RetractionScope): [string, unknown[]] {
  if ('version' in scope) return ['v.id = $1', [scope.version]];
  if ('patient' in scope) return ['v.source_id = $1 and v.patient = $2', [scope.source, scope.patient]];
  if ('run' in scope) return ['v.run_id = $1', [scope.run]];
  if ('rule' in scope) {
    return [`v.id in (select a.version_id from finding_list l join assessment a on a.finding_list = l.id and a.current
                       where finding_rules(l.findings) ?| ${namesOfRule('$1')}
                         and exists (select from jsonb_array_elements(l.findings) as f
                                      where (f ->> 'rule' = $1 or starts_with(f ->> 'rule', $1 || '/')) and f ->> 'outcome' = 'wrong'))`, [scope.rule]];
  }
  // What names the device itself, and what a Provenance that names it is about.
  return [`v.source_id = $1 and (v.refs @> array['Device/' || $2] or v.type || '/' || v.logical_id in (
             select unnest(p.refs) from version p where p.source_id = $1 and p.type = 'Provenance' and p.head and p.refs @> array['Device/' || $2]))
           and v.type not in ('Provenance', 'Device')`, [scope.source, scope.device]];
}

/** The patients of these versions. */
export async function patientsOf(db: Queryable, versions: readonly string[]): Promise<{ source: number; patient: string }[]> {
  const { rows } = await db.query<{ source: number; patient: string }>(
    `select distinct source_id as source, patient from version where id = any($1) and patient <> ''`, [versions]);
  return rows;
}

export async function recordAcknowledgement(db: Queryable, consumer: number, feed: number, sequence: number): Promise<string> {
  const { rows: [row] } = await db.query<{ id: string }>(
    'insert into acknowledgement (consumer_id, feed_id, sequence) values ($1, $2, $3) returning id', [consumer, feed, sequence]);
  return row?.id ?? '';
}
