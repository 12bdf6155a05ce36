import { createHash } from 'node:crypto';
import { appendEvent } from '../../ledger/append.ts';
import { createLandingActivities } from '../../pipelines/landing/activities.ts';
import { assessVersions, knowRuleSet, policyInForce, settleVerdicts } from '../../storage/assessment.ts';
import type { Database } from '../../storage/connect.ts';
import { openExceptions, type NewMember } from '../../storage/exceptions.ts';
import { enterFeed, type Basis } from '../../storage/release.ts';
import type { Finding } from '../../terms/finding.ts';
import type { Policy } from '../../terms/policy.ts';
import { purposes, type Purpose } from '../../terms/purpose.ts';
import type { SourceItem } from '../../terms/resource-version.ts';
import type { VerdictOutcome } from '../../terms/verdict.ts';

/** What a source gives, without its place. */
export type GivenItem = Pick<SourceItem, 'bytes' | 'skip' | 'deleted'>;

export const resource = (type: string, id: string, revision: number, fields: object = {}): GivenItem => ({
  bytes: Buffer.from(JSON.stringify({
    resourceType: type, id, meta: { lastUpdated: new Date(Date.UTC(2026, 0, 1) + revision * 60_000).toISOString() }, ...fields,
  })),
});
export const notJson = (): GivenItem => ({ bytes: Buffer.from('{"resourceType":') });
export const skipped = (): GivenItem => ({ bytes: Buffer.from('{}'), skip: 'OperationOutcome' });
export const deletion = (type: string, id: string): GivenItem => ({ bytes: Buffer.from('{}'), deleted: { type, id } });

const ruleSetHash = createHash('sha256').update('recorded').digest('hex');
const policy: Policy = {
  name: 'recorded', rules: {}, unevaluated: { action: 'score' }, onNewerHeld: 'keep', undoSeconds: 10,
  bySeverity: { fatal: { action: 'hold' }, error: { action: 'hold' }, warning: { action: 'flag' }, information: { action: 'score' } },
};

/** A run's row; its source is made where it is new. @returns ids of the run and the source */
export async function beginRun(db: Database, source: string, kind: 'bulk' | 'search' | 'files' = 'bulk'): Promise<{ run: string; source: number }> {
  await db.query(`insert into source (name, kind, settings) values ($1, $2, $3) on conflict do nothing`,
    [source, kind, { url: `https://${source}.example.org/fhir` }]);
  const { rows: [row] } = await db.query<{ run: string; source: number }>(
    `insert into run (source_id, started_by, asked) select id, gen_random_uuid()::text, '{}' from source where name = $1
     returning id as run, source_id as source`, [source]);
  if (row === undefined) throw new Error('no run was made');
  return row;
}

let files = 0;

/** Lands the items as one file of the run, through landing itself. */
export async function landItems(db: Database, run: string, type: string | null, items: readonly GivenItem[], kind: 'output' | 'hydrated' | 'deleted' = 'output'): Promise<void> {
  const { rows: [file] } = await db.query<{ id: string }>(
    `insert into run_file (run_id, name, kind, type, url) values ($1, $2, $3, $4, '') returning id`, [run, `file-${++files}`, kind, type]);
  if (file === undefined) throw new Error('no file was made');
  const activities = createLandingActivities({
    db, check: () => [], ruleSet: () => knowRuleSet(db, ruleSetHash, {}), appendEvent, beat: () => {},
    openItems: async function* () { for (const [place, item] of items.entries()) yield { ...item, line: place + 1, nextOffset: place + 1 }; },
  });
  while (!(await activities.landFile(file.id)).done);
}

/** What a head is answered: the same for all purposes, or some of them; none: nobody has judged it yet. */
export type Answer = { readonly outcome: VerdictOutcome; readonly purposes: readonly Purpose[]; readonly finding?: Finding };

/** Assesses the run's heads as told, and settles their verdicts. Held ones are members of a case. */
export async function judgeRun(db: Database, run: string, answersTo: (type: string, id: string) => readonly Answer[], about: Partial<NewMember> = {}): Promise<void> {
  const ruleSet = await knowRuleSet(db, ruleSetHash, {});
  const { id: policyId } = await policyInForce(db, policy);
  await db.transaction(async (tx) => {
    const { rows } = await tx.query<{ version: string; type: string; id: string; source: number }>(
      `select id as version, type, logical_id as id, source_id as source from version where run_id = $1 and head and not deletion order by id`, [run]);
    const judged = rows.map((row) => ({ ...row, answers: answersTo(row.type, row.id) })).filter(({ answers }) => answers.length > 0);
    const assessments = await assessVersions(tx, { run, asOf: new Date(), ruleSet, contextHash: Buffer.alloc(32) },
      judged.map(({ version, answers }) => ({ version, findings: answers.flatMap(({ finding }) => finding ?? []) })));
    const settled = judged.flatMap(({ version, answers }) => answers.map((answer) => (
      { version, assessment: assessments.get(version)?.id ?? '', outcome: answer.outcome, purposes: answer.purposes, flags: [], because: [], cleared: [] })));
    await settleVerdicts(tx, run, policyId, settled);
    for (const { source, version, answers } of judged) {
      const findings = answers.flatMap((answer) => answer.finding === undefined ? [] : [{ ...answer, finding: answer.finding }]);
      await openExceptions(tx, source, findings.flatMap((answer, place) => answer.outcome !== 'hold' ? [] : [{
        rule: answer.finding.rule, cause: answer.finding.cause, version, assessment: assessments.get(version)?.id ?? '', finding: place,
        purposes: answer.purposes, retraction: false, priority: 5, reach: 'version', owner: 'mapping', dueDays: 30, ...about,
      }]));
    }
  });
}

/** Enters in the feed what the current verdicts of the run's heads let go and no feed has yet. */
export async function releaseRun(db: Database, run: string): Promise<void> {
  await db.transaction(async (tx) => {
    const { rows } = await tx.query<{ version: string; hash: Buffer; patient: string; source: number; type: string; id: string; purpose: Purpose; basis: Basis }>(
      `select v.id as version, v.hash, v.patient, v.source_id as source, v.type, v.logical_id as id, purpose,
              json_build_object('verdict', d.id::text, 'ruleSet', a.rule_set_id, 'outcome', d.outcome, 'flags', d.flags) as basis
         from version v join verdict d on d.version_id = v.id and d.current join assessment a on a.id = d.assessment_id cross join lateral unnest(d.purposes) as purpose
        where v.run_id = $1 and v.head and d.outcome in ('release', 'release-with-flags')
          and not exists (select from feed_entry e where e.version_id = v.id and e.purpose = purpose.purpose) order by v.id, purpose`, [run]);
    if (rows.length > 0) await enterFeed(tx, rows.map((row) => ({ ...row, kind: 'release', about: null, reason: null, run })));
  });
}

export const everyPurpose = (outcome: VerdictOutcome, finding?: Finding): Answer[] =>
  [{ outcome, purposes, ...(finding === undefined ? {} : { finding }) }];
