import { coveredRows } from '../../ledger/covered-rows.ts';
import { lockCompartment, settleVerdicts, type PolicyInForce } from '../../storage/assessment.ts';
import { releasedPurposes } from '../../storage/compartment.ts';
import type { Tx } from '../../storage/connect.ts';
import { keepRuled, rulingsInForce } from '../../storage/decisions.ts';
import { clearMembers, closeEmptied, openExceptions } from '../../storage/exceptions.ts';
import { judgedHeads, patientHolds } from '../../storage/judged-heads.ts';
import type { Purpose } from '../../terms/purpose.ts';
import type { AssessmentDeps } from './deps.ts';
import { membersOf, sameVerdicts } from './outcomes.ts';
import { rulings, rulingsHash } from './rulings.ts';

type Deps = Pick<AssessmentDeps, 'decide' | 'reachingHolds' | 'policyRule' | 'appendEvent'>;
/** `versions` undefined: the patient's whole compartment, for what reaches it. */
export type JudgeAgain = { source: number; patient: string; versions?: readonly string[]; decision: string; policy: PolicyInForce };

/**
 * What a decision changed is judged again: by the findings that stand, the policy in force and the rulings in force. What holds
 * a version then waits in a case. In the caller's transaction; a repeated call changes nothing.
 * @returns the versions that were looked at
 */
export const createJudgeAgain = (deps: Deps) => async (tx: Tx, { source, patient, versions, decision, policy }: JudgeAgain): Promise<string[]> => {
  if (patient !== '') await lockCompartment(tx, source, patient);
  const heads = (await judgedHeads(tx, source, patient, versions)).map((head) => ({ ...head, findings: head.findings ?? [] }));
  const inForce = rulings(await rulingsInForce(tx, source, patient));
  const holds = versions === undefined ? new Map<Purpose, string>() : await patientHolds(tx, source, patient);
  if (versions === undefined) {
    for (const { version, findings } of heads) {
      for (const purpose of deps.reachingHolds(findings, policy.body, inForce.of(version))) if (!holds.has(purpose)) holds.set(purpose, version);
    }
  }
  const made = heads.map((head) => ({
    member: head, findings: head.findings, verdicts: deps.decide(head.findings, policy.body, holds, inForce.of(head.version)),
    ruled: inForce.applied(head.version, head.findings),
  })).filter(({ member, verdicts }) => !sameVerdicts(member.verdicts, verdicts, policy.id));
  const ids = await settleVerdicts(tx, null, policy.id, made.flatMap(({ member, verdicts, ruled }) => verdicts.map((verdict) => (
    { ...verdict, version: member.version, assessment: member.assessment, cleared: [], rulings: rulingsHash(ruled) }))));
  const ruled = await keepRuled(tx, made.flatMap((one) => one.ruled));
  const changed = made.map((one) => one.member.version);
  const released = await releasedPurposes(tx, changed);
  const emptied = await clearMembers(tx, changed);
  await openExceptions(tx, source, made.flatMap((one) => membersOf(deps, policy.body, one, one.member.assessment, released.get(one.member.version) ?? new Set())));
  await closeEmptied(tx, emptied, 'decided');
  if (made.length > 0) {
    await deps.appendEvent(tx, 'assessed', { decision, policy: policy.id }, [...await coveredRows(tx, 'verdict', ids), ...await coveredRows(tx, 'ruled_version', ruled)]);
  }
  return heads.map((head) => head.version);
};
