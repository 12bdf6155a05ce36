import type { Queryable } from '../../storage/connect.ts';
import type { Answer } from './answer.ts';
import { decidersOf } from './deciders.ts';

/** Question 2: where does this entry come from, and why was it let through? One row a fact, in the order of events. */
export async function traceOfEntry(db: Queryable, sequence: number): Promise<Answer<Step>> {
  const { rows: [entry] } = await db.query<Traced>(
    `select e.version_id as version, e.kind, e.purpose, e.reason, e.at::text as at, e.verdict_id as verdict, e.outcome, array_to_string(e.flags, ', ') as flags,
            v.type, v.logical_id as id, v.version_id as "versionId", encode(v.hash, 'hex') as hash, v.landed_at::text as landed, v.line, v.run_id as run,
            s.name as source, f.name as file, encode(r.hash, 'hex') as "ruleSet",
            (select string_agg(key, ', ' order by key) from jsonb_object_keys(r.parts) as key where key like 'package %') as packages
       from (select feed_entry.* from feed_entry where feed_entry.version_id = (select version_id from feed_span where first <= $1 order by first desc limit 1)) as e join version v on v.id = e.version_id join source s on s.id = v.source_id join run_file f on f.id = v.file_id
       left join rule_set r on r.id = e.rule_set_id where e.sequence = $1`, [sequence]);
  const asks = `Where does entry ${sequence} come from, and why was it let through?`;
  if (entry === undefined) return { asks, columns, rows: [], leavesOut: ['No entry has this number.'] };
  const { rows: [verdict] } = await db.query<{ policy: number; at: string; because: string[]; cleared: string[]; findings: { rule: string; ruleVersion: number; says: string; outcome: string }[] | null; assessed: string }>(
    `select d.policy_id as policy, d.at::text as at, d.because::text[] as because, d.cleared, a.findings, to_char(a.as_of at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' as assessed
       from verdict d join assessment a on a.id = d.assessment_id where d.id = $1`, [entry.verdict]);
  const leaves = await leavesOf(db, entry.version, entry.verdict ?? '0', sequence);
  const rows: Step[] = [
    { step: 'received', says: `${entry.type}/${entry.id}, version ${entry.versionId ?? 'without a number'}, from ${entry.source}: run ${entry.run}, ${entry.file}, line ${entry.line}; its bytes have the SHA-256 ${entry.hash}`, at: entry.landed, leaf: leaves.landed },
    ...(verdict === undefined ? [] : [
      { step: 'assessed', says: `under rule set ${entry.ruleSet?.slice(0, 12) ?? ''}${entry.packages === null ? '' : ` with ${entry.packages}`}, as of ${verdict.assessed}`, at: verdict.at, leaf: leaves.assessed },
      ...(verdict.findings ?? []).map((one) => ({ step: one.outcome === 'wrong' ? 'found' : 'not evaluated', says: `${one.rule} (version ${one.ruleVersion}): ${one.says}`, at: verdict.at, leaf: leaves.assessed })),
      ...await decidersOf(db, { version: entry.version, purpose: entry.purpose, sequence }),
      { step: 'judged', says: `${entry.outcome ?? ''} for ${entry.purpose} under policy ${verdict.policy}${entry.flags === '' ? '' : `, flagged by ${entry.flags}`}${verdict.cleared.length === 0 ? '' : `; cleared of ${verdict.cleared.join(', ')}`}`, at: verdict.at, leaf: leaves.assessed },
    ]),
    { step: entry.kind, says: `entry ${sequence} for ${entry.purpose}${entry.reason === null ? '' : `, because: ${entry.reason}`}`, at: entry.at, leaf: leaves.released },
  ];
  return { asks, columns, rows, leavesOut: [] };
}

/** The leaves whose events cover the version, its verdict and the entry; null while they wait. */
export async function leavesOf(db: Queryable, version: string, verdict: string, sequence: number): Promise<{ landed: number | null; assessed: number | null; released: number | null }> {
  const covering = (kinds: string, place: string): string =>
    `(select min(leaf)::float8 from event where kind ${kinds} and span @> ${place} and ${place} = any(covers))`;
  const { rows: [row] } = await db.query<{ landed: number | null; assessed: number | null; released: number | null }>(
    `select ${covering(`= 'landed'`, '$1::bigint')} as landed, ${covering(`= 'assessed'`, '$2::bigint')} as assessed,
            ${covering(`in ('released', 'retracted')`, '(select max(first) from feed_span where first <= $3::bigint)')} as released`, [version, verdict, sequence]);
  return row ?? { landed: null, assessed: null, released: null };
}

type Traced = {
  version: string; kind: string; purpose: string; reason: string | null; at: string; verdict: string | null; outcome: string | null; flags: string;
  type: string; id: string; versionId: string | null; hash: string; landed: string; line: number; run: string; source: string; file: string; ruleSet: string | null; packages: string | null;
};
type Step = { step: string; says: string; at: string; leaf: number | null };
const columns = { step: 'What happened', says: 'In words', at: 'When', leaf: 'Leaf of the ledger that proves it' } as const;
