import type { Queryable, Tx } from './connect.ts';
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

/** What taking these versions back would do now: entries that stand, and who was given them. */
export type RetractionReach = { readonly versions: number; readonly patients: number; readonly entries: number; readonly readers: readonly { readonly consumer: string; readonly entries: number }[] };

export async function reachOf(db: Queryable, versions: readonly string[]): Promise<RetractionReach> {
  const standing = `standing as materialized (
      select e.* from feed_entry e where e.version_id = any($1) and e.kind = 'release'
         and not exists (select from feed_entry x where x.version_id = e.version_id and x.purpose = e.purpose and x.kind = 'retraction' and x.sequence > e.sequence))`;
  const { rows: [row] } = await db.query<{ entries: number; patients: number }>(
    `with ${standing} select (select count(*)::int from standing) as entries,
       (select count(distinct (source_id, patient))::int from version where id = any($1) and patient <> '') as patients`, [versions]);
  const { rows: readers } = await db.query<{ consumer: string; entries: number }>(
    `with ${standing}
     select c.name as consumer, count(distinct e.sequence)::int as entries
       from standing e join consumption k on int8range(k.from_sequence, k.to_sequence, '[]') @> e.sequence
       join feed f on f.id = k.feed_id and f.purpose = e.purpose and (f.types is null or e.type = any(f.types)) and (f.sources is null or e.source_id = any(f.sources))
       join consumer c on c.id = k.consumer_id group by c.name order by c.name`, [versions]);
  return { versions: versions.length, patients: row?.patients ?? 0, entries: row?.entries ?? 0, readers };
}

const kinds = { version: 'version', patient: 'patient', run: 'run', rule: 'rule', device: 'model' } as const;

/** The taking back is on record. @returns its id */
export async function recordRetraction(tx: Tx, scope: RetractionScope, versions: readonly string[], because: string, by: string): Promise<string> {
  const what = (['version', 'patient', 'run', 'rule', 'device'] as const).find((one) => one in scope) ?? 'version';
  const given = scope as Readonly<Record<string, string | number | undefined>>;
  const { rows: [row] } = await tx.query<{ id: string }>(
    'insert into retraction (what, source_id, patient, named, versions, because, by_person) values ($1, $2, $3, $4, $5, $6, $7) returning id',
    [kinds[what], given['source'] ?? null, given['patient'] ?? '', what === 'patient' ? '' : given[what], versions, because, by]);
  return row?.id ?? '';
}

/** What is not settled yet, oldest first: a taking back that was begun and maybe cut short. */
export async function unsettledRetractions(db: Queryable): Promise<{ id: string; versions: string[] }[]> {
  return (await db.query<{ id: string; versions: string[] }>('select id, versions from retraction where settled_at is null order by id')).rows;
}

export async function settleRetraction(db: Queryable, id: string): Promise<void> {
  await db.query('update retraction set settled_at = now() where id = $1 and settled_at is null', [id]);
}

/** The one source that a version or a run is of; undefined for what reaches over all of them. */
export async function sourceOfRetraction(db: Queryable, what: string, named: string): Promise<string | undefined> {
  const table = what === 'version' ? 'version' : what === 'run' ? 'run' : undefined;
  if (table === undefined || !/^\d{1,18}$/.test(named)) return undefined;
  return (await db.query<{ name: string }>(`select s.name from ${table} t join source s on s.id = t.source_id where t.id = $1`, [named])).rows[0]?.name;
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
