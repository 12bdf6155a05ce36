import { purposes, type Purpose } from '../../terms/purpose.ts';
import type { Finding } from '../../terms/finding.ts';
import type { Policy } from '../../terms/policy.ts';
import type { Verdict } from '../../terms/verdict.ts';
import type { StoredVerdict } from '../../storage/compartment.ts';
import type { NewMember } from '../../storage/exceptions.ts';
import type { AssessmentDeps } from './deps.ts';
import type { AppliedRuling, Rulings } from './rulings.ts';
import type { Member } from './read-compartment.ts';

/** What changes for one version: a new assessment, new verdicts, what waits for people. */
export type Outcome = {
  readonly member: Member;
  readonly findings: readonly Finding[];
  /** The findings or the rule set are not those of the current assessment. */
  readonly assess: boolean;
  readonly verdicts: readonly Verdict[];
  /** Rules that held it before and find nothing now (contract 9). */
  readonly cleared: readonly string[];
  /** Decisions of people that spoke of its findings. */
  readonly ruled: readonly AppliedRuling[];
};

type Judging = { rulings: Rulings; policy: { id: number; body: Policy }; ruleSet: number; evaluated: ReadonlySet<string> };

/**
 * The outcomes of a compartment's members; those for which nothing changes are left out.
 * @param patientFindings by version; rules that were not evaluated again keep what they found
 */
export function outcomes(deps: AssessmentDeps, members: readonly Member[], patientFindings: ReadonlyMap<string, readonly Finding[]>,
  judging: Judging): Outcome[] {
  const found = members.filter((member) => !member.deletion).map((member) => ({
    member,
    findings: joined(member.own, kept(member, judging.evaluated), patientFindings.get(member.version) ?? [], member.population),
  }));
  const holds = new Map<Purpose, string>();
  // What is in no compartment is not one patient's: a finding there reaches its own version only.
  for (const { member, findings } of found.filter((one) => one.member.patient !== '')) {
    for (const purpose of deps.reachingHolds(findings, judging.policy.body, judging.rulings.of(member.version))) if (!holds.has(purpose)) holds.set(purpose, member.version);
  }
  return found.flatMap(({ member, findings }) => {
    const verdicts = deps.decide(findings, judging.policy.body, holds, judging.rulings.of(member.version));
    const assess = member.assessment === null || member.assessedRuleSet !== judging.ruleSet || !same(member.assessedFindings ?? [], findings);
    if (!assess && sameVerdicts(member.verdicts, verdicts, judging.policy.id)) return [];
    return [{ member, findings, assess, verdicts, cleared: cleared(member, verdicts, findings), ruled: judging.rulings.applied(member.version, findings) }];
  });
}

/** One list; where only one holds anything, that very list, which is on record under its id already. */
function joined(...lists: readonly (readonly Finding[])[]): readonly Finding[] {
  const [only = [], ...more] = lists.filter((list) => list.length > 0);
  return more.length === 0 ? only : [only, ...more].flat();
}

const kept = (member: Member, evaluated: ReadonlySet<string>): readonly Finding[] =>
  (member.assessedFindings ?? []).filter((finding) => finding.scope === 'patient' && !evaluated.has(finding.rule.split('/')[0] ?? '')); // a variant `id/variant` is its rule's

/** Equal whatever order jsonb gave the keys. */
const same = (a: readonly Finding[], b: readonly Finding[]): boolean =>
  a.length === b.length && (a.length === 0 || inOrder(a) === inOrder(b));
const inOrder = (findings: readonly Finding[]): string => findings.map((finding) => JSON.stringify(finding, keys)).sort().join('\n');
const keys = ['rule', 'ruleVersion', 'outcome', 'scope', 'severity', 'code', 'expression', 'says', 'evidence', 'version', 'role', 'cause', 'permits'];

export function sameVerdicts(stored: readonly StoredVerdict[], verdicts: readonly Verdict[], policy: number): boolean {
  const text = (one: Verdict | StoredVerdict) => JSON.stringify([one.purposes, one.outcome, one.flags, one.because, one.heldBy ?? null]);
  return stored.every((one) => one.policy === policy)
    && stored.map(text).sort().join() === verdicts.map(text).sort().join();
}

function cleared(member: Member, verdicts: readonly Verdict[], findings: readonly Finding[]): string[] {
  if (verdicts.some((verdict) => verdict.outcome === 'hold')) return [];
  const held = member.verdicts.filter((verdict) => verdict.outcome === 'hold').flatMap((verdict) => verdict.because);
  // A rule may find one thing wrong and leave another unevaluated: what held is compared with its like.
  const key = (finding: Finding): string => `${finding.outcome} ${finding.rule}`;
  const now = new Set(findings.map(key));
  return [...new Set(held.flatMap((index) => member.assessedFindings?.[index] ?? []).filter((finding) => !now.has(key(finding))).map(({ rule }) => rule))].sort();
}

const ownerless = 'mapping' as const;

/** What membersOf reads of an outcome. */
export type Judged = Pick<Outcome, 'findings' | 'verdicts'> & { readonly member: Pick<Member, 'version'> };

/** What a person must decide: findings that hold, and findings against what stands released (contract 9). */
export function membersOf(deps: Pick<AssessmentDeps, 'policyRule'>, policy: Policy, outcome: Judged, assessment: string, released: ReadonlySet<string>): NewMember[] {
  const waiting = new Map<string, { finding: number; retraction: boolean; purposes: Purpose[] }>();
  for (const verdict of outcome.verdicts) {
    if (verdict.outcome === 'release' || verdict.outcome === 'release-with-flags') continue;
    for (const purpose of purposes.filter((one) => verdict.purposes.includes(one))) {
      const retraction = released.has(purpose);
      if (verdict.outcome === 'exclude' && !retraction) continue;
      for (const finding of verdict.because) {
        const key = `${finding}/${retraction}`;
        const one = waiting.get(key) ?? { finding, retraction, purposes: [] };
        one.purposes.push(purpose);
        waiting.set(key, one);
      }
    }
  }
  return [...waiting.values()].flatMap((one) => {
    const finding = outcome.findings[one.finding];
    if (finding === undefined) return [];
    const rule = deps.policyRule(policy, finding);
    return [{
      ...one, rule: finding.rule, cause: finding.cause, version: outcome.member.version, assessment,
      priority: rule.priority ?? 5, reach: rule.reach ?? 'version', owner: rule.owner ?? ownerless, dueDays: rule.dueDays ?? 14,
    }];
  });
}
