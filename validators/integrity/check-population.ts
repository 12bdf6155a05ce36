import type { Finding } from '../../terms/finding.ts';
import type { PopulationRule } from '../../terms/rule.ts';
import { findingFrom } from './finding-from.ts';

/** Findings of one candidate by the version they are about; '' where they are about the run. */
export function judgeCandidate<Candidate>(rule: PopulationRule<Candidate>, candidate: Candidate): Map<string, Finding[]> {
  const findings = new Map<string, Finding[]>();
  for (const said of rule.judge(candidate)) {
    const version = said.version ?? '';
    const found = findings.get(version);
    if (found === undefined) findings.set(version, [findingFrom(rule, said)]);
    else found.push(findingFrom(rule, said));
  }
  return findings;
}
