import { actionFor, policyRule } from '../../pipelines/triage/policy-rule.ts';
import type { Evidence, Finding } from '../../terms/finding.ts';
import type { Policy } from '../../terms/policy.ts';
import type { Purpose } from '../../terms/purpose.ts';
import type { Action } from '../../terms/verdict.ts';
import { evidenceUrl, rulesSystem, type OutcomeIssue } from '../../validators/profile/outcome.ts';

/** A place in the files that were given; `within`: the element of a Bundle that holds the resource, '' where none does. */
export type Place = { readonly file: string; readonly line: number; readonly within: string };

/** A path of the resource, as the line that holds it has it. */
const seenFrom = (within: string, expression: string): string => (within === '' ? expression : expression.replace(/^[A-Za-z]*/, within));

const severityOf: Readonly<Record<Action, string>> = { exclude: 'error', hold: 'error', flag: 'warning', score: 'information' };

/**
 * An integrity finding as an issue: how grave it is, the policy says for the purpose.
 * @param placeOf where the version stands that a piece of evidence names; undefined: the finding's own
 */
export function integrityIssue(finding: Finding, policy: Policy, purpose: Purpose, placeOf: (version: string | undefined) => Place | undefined): OutcomeIssue {
  const action = finding.outcome === 'unevaluated' ? 'score' : actionFor(policyRule(policy, finding), finding, purpose);
  // A finding about one place has it as its evidence.
  const stated: readonly Evidence[] = finding.evidence.length > 0 ? finding.evidence : [{ expression: finding.expression }];
  const evidence = stated.flatMap(({ version, expression, role }) => {
    const place = placeOf(version);
    return place === undefined ? [] : [{ url: evidenceUrl, extension: [
      { url: 'file', valueString: place.file }, { url: 'line', valuePositiveInt: place.line }, { url: 'expression', valueString: seenFrom(place.within, expression) },
      ...(role === undefined ? [] : [{ url: 'role', valueCode: role }])] }];
  });
  return {
    ...(evidence.length === 0 ? {} : { extension: evidence }),
    severity: severityOf[action], code: finding.code,
    details: { coding: [{ system: rulesSystem, code: finding.rule }], text: finding.says },
    ...(finding.expression === '' ? {} : { expression: [seenFrom(placeOf(undefined)?.within ?? '', finding.expression)] }),
  };
}
