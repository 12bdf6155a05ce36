import { randomUUID } from 'node:crypto';
import { appendEvents } from '../../ledger/append.ts';
import { createJudgeAgain } from '../../pipelines/assessment/judge-again.ts';
import { createExceptionActivities } from '../../pipelines/exceptions/activities.ts';
import type { ExceptionDeps } from '../../pipelines/exceptions/deps.ts';
import type { Acted } from '../../pipelines/exceptions/act.ts';
import { releaseParts, retractParts } from '../../pipelines/release/chunk.ts';
import { decide, reachingHolds } from '../../pipelines/triage/decide.ts';
import { policyRule } from '../../pipelines/triage/policy-rule.ts';
import { policyInForce } from '../../storage/assessment.ts';
import { keepCommand } from '../../storage/cases.ts';
import type { Database } from '../../storage/connect.ts';
import type { NewMember } from '../../storage/exceptions.ts';
import { keepingPlans } from '../../storage/kept-plans.ts';
import type { CaseAct } from '../../terms/case-act.ts';
import type { View } from '../../terms/decision.ts';
import type { Finding } from '../../terms/finding.ts';
import type { Policy } from '../../terms/policy.ts';
import { purposes } from '../../terms/purpose.ts';
import type { Role } from '../../terms/role.ts';
import { beginRun, everyPurpose, judgeRun, landItems, releaseRun, resource } from './recorded-run.ts';

export const finding = (rule: string, cause = 'c'): Finding => ({
  rule, ruleVersion: 1, outcome: 'wrong', scope: 'resource', severity: 'error', code: 'invariant', expression: 'Observation.value',
  says: 'It is wrong.', evidence: [], cause,
});

/** What the exceptions stage is given by a worker, over a test's database, with a policy that holds what is wrong. */
export function stageDeps(db: Database, undoSeconds: number): ExceptionDeps {
  const policy: Policy = {
    name: 'recorded', rules: {}, unevaluated: { action: 'score' }, onNewerHeld: 'keep', undoSeconds,
    bySeverity: { fatal: { action: 'hold' }, error: { action: 'hold' }, warning: { action: 'flag' }, information: { action: 'score' } },
  };
  return {
    db: keepingPlans(db), appendEvents, beat: () => {},
    policy: async (on) => ({ ...await policyInForce(on, policy), body: policy }),
    judgeAgain: createJudgeAgain({ decide, reachingHolds, policyRule, appendEvents }),
    release: (tx, decided) => releaseParts(tx, appendEvents, decided.map(({ versions, decision }) => ({ versions, body: { because: 'decided', decision }, decided: true }))),
    retract: (tx, taken, why) => retractParts(tx, appendEvents, taken, why),
  };
}

export const exceptionStage = (db: Database, undoSeconds = 0) => createExceptionActivities(stageDeps(db, undoSeconds));

/** One run of a source whose records are held for the finding. @returns the case they are in */
export async function heldCase(db: Database, records: readonly string[], about: Partial<NewMember> = {}, found = finding('value-unit-fits')): Promise<{ exception: string; source: string; run: string }> {
  const source = `ehr-${randomUUID().slice(0, 8)}`;
  const { run } = await beginRun(db, source);
  const items = records.map((id) => resource('Observation', id, 1, {
    status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body weight' }] }, subject: { reference: 'Patient/p' },
    valueQuantity: { value: 71.2, unit: 'cm', code: 'cm', system: 'http://unitsofmeasure.org' },
  }));
  await landItems(db, run, 'Observation', items);
  await judgeRun(db, run, () => everyPurpose('hold', found), { owner: 'documentation', ...about });
  await releaseRun(db, run);
  const { rows: [row] } = await db.query<{ id: string }>(
    `select e.id from exception e join source s on s.id = e.source_id where s.name = $1`, [source]);
  return { exception: row?.id ?? '', source, run };
}

export type Asks = (exception: string, asked: CaseAct, by?: string, roles?: readonly Role[], command?: string) => Promise<Omit<Acted, 'waitMs'>>;

/** Asks as the API does: the row first, then the activity by its id. */
export const asker = (db: Database, stage: ReturnType<typeof exceptionStage>): Asks => async (exception, asked, by = 'ann', roles = ['steward'], command = randomUUID()) => {
  await keepCommand(db, { command, exception, asked, person: by, roles });
  const { waitMs: _, ...acted } = await stage.actOnCase(command);
  return acted;
};

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
export const signature = { name: 'Ann', credential: 'RHIA', at: '2026-01-01T00:00:00.000Z', meaning: 'I decided this.' };

/** A steward's view: released as is, for all purposes, unless told otherwise. */
export const view = (more: Partial<View> = {}): View => ({
  disposition: 'release-as-is', validity: 'true-but-acceptable', rootCause: 'documentation', purposes, reason: 'Seen in the chart.',
  scope: 'members', revision: 1_000, ...(more.disposition === undefined || more.disposition.startsWith('release') ? { expiresAt: inDays(30) } : {}), ...more,
});

/** What the feeds were told of a source's records, as "kind purpose×n[ reason]". */
export async function feedSays(db: Database, source: string): Promise<string[]> {
  const { rows } = await db.query<{ said: string }>(
    `select concat_ws(' ', e.kind, logical_id, string_agg(purpose, ',' order by purpose), reason) as said
       from feed_entry e join source s on s.id = e.source_id where s.name = $1 group by e.kind, logical_id, reason, e.at order by min(sequence)`, [source]);
  return rows.map((row) => row.said);
}
