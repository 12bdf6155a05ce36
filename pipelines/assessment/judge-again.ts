import type { appendEvents } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import { lockCompartments, settleVerdicts, type PolicyInForce } from '../../storage/assessment.ts';
import { releasedPurposes } from '../../storage/compartment.ts';
import type { Tx } from '../../storage/connect.ts';
import { keepRuled, rulingsOn } from '../../storage/decisions.ts';
import { clearMembers, closeEmptied, openExceptions } from '../../storage/exceptions.ts';
import { judgedHeads, patientHolds, type SomeHeads } from '../../storage/judged-heads.ts';
import type { Purpose } from '../../terms/purpose.ts';
import type { AssessmentDeps } from './deps.ts';
import { membersOf, sameVerdicts } from './outcomes.ts';
import { rulings, rulingsHash, type Rulings } from './rulings.ts';

type Deps = Pick<AssessmentDeps, 'decide' | 'reachingHolds' | 'policyRule'> & { readonly appendEvents: typeof appendEvents };
/** What a decision bears on; `versions` undefined: the patient's whole compartment, for what reaches it. */
export type JudgeAgain = SomeHeads & { readonly decision: string };

/**
 * What decisions changed is judged again: by the findings that stand, the policy in force and the rulings in force. What holds
 * a version then waits in a case. In the caller's transaction; a repeated call changes nothing.
 * @param asked no patient, nor a version of none, twice
 * @returns the versions that were looked at, by the place of what asked for them
 */
export const createJudgeAgain = (deps: Deps) => async (tx: Tx, asked: readonly JudgeAgain[], policy: PolicyInForce): Promise<string[][]> => {
  await lockCompartments(tx, asked);
  const heads = Map.groupBy(await judgedHeads(tx, asked), (head) => head.place);
  const rulingsIn = await rulingsBySource(tx, asked, [...heads.values()].flat().map((head) => head.version));
  const holding = await patientHolds(tx, asked.map((one) => one.versions === undefined ? { ...one, patient: '' } : one));
  const made = asked.flatMap(({ source, versions }, place) => {
    const judged = (heads.get(place) ?? []).map((head) => ({ ...head, findings: head.findings ?? [] }));
    const inForce = rulingsIn(source);
    const holds = holding[place] ?? new Map<Purpose, string>();
    if (versions === undefined) {
      for (const { version, findings } of judged) {
        for (const purpose of deps.reachingHolds(findings, policy.body, inForce.of(version))) if (!holds.has(purpose)) holds.set(purpose, version);
      }
    }
    return judged.map((head) => ({
      place, source, member: head, findings: head.findings, verdicts: deps.decide(head.findings, policy.body, holds, inForce.of(head.version)),
      ruled: inForce.applied(head.version, head.findings),
    })).filter(({ member, verdicts }) => !sameVerdicts(member.verdicts, verdicts, policy.id));
  });
  if (made.length > 0) await settle(deps, tx, asked, made, policy);
  return asked.map((_, place) => (heads.get(place) ?? []).map((head) => head.version));
};

async function rulingsBySource(tx: Tx, asked: readonly JudgeAgain[], versions: readonly string[]): Promise<(source: number) => Rulings> {
  const of = Map.groupBy(await rulingsOn(tx, versions, asked.map((one) => one.source)), (one) => one.source);
  const made = new Map([...of].map(([source, inForce]) => [source, rulings(inForce)]));
  const none = rulings([]);
  return (source) => made.get(source) ?? none;
}

type Made = Parameters<typeof membersOf>[2] & { place: number; source: number; member: { version: string; assessment: string }; ruled: ReturnType<Rulings['applied']> };

async function settle(deps: Deps, tx: Tx, asked: readonly JudgeAgain[], made: readonly Made[], policy: PolicyInForce): Promise<void> {
  const verdicts = made.flatMap(({ place, member, verdicts: of, ruled }) => of.map((verdict) => (
    { ...verdict, place, version: member.version, assessment: member.assessment, cleared: [], rulings: rulingsHash(ruled) })));
  const ids = await settleVerdicts(tx, null, policy.id, verdicts);
  const ruled = await keepRuled(tx, made.flatMap((one) => one.ruled));
  const changed = made.map((one) => one.member.version);
  const released = await releasedPurposes(tx, changed);
  const emptied = await clearMembers(tx, changed);
  for (const [source, of] of [...Map.groupBy(made, (one) => one.source)].sort(([a], [b]) => a - b)) {
    await openExceptions(tx, source, of.flatMap((one) => membersOf(deps, policy.body, one, one.member.assessment, released.get(one.member.version) ?? new Set())));
  }
  await closeEmptied(tx, emptied, 'decided');
  const placeOf = new Map(made.map((one) => [one.member.version, one.place]));
  const covered = Map.groupBy([...await coveredRows(tx, 'verdict', ids), ...await coveredRows(tx, 'ruled_version', ruled)],
    ({ row }) => placeOf.get(String(row.version_id)));
  await deps.appendEvents(tx, asked.flatMap(({ decision }, place) => {
    const rows = covered.get(place);
    return rows === undefined ? [] : [{ kind: 'assessed' as const, body: { decision, policy: policy.id }, covered: rows }];
  }));
}
