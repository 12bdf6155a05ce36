import { loadPackages } from '../../packages/load.ts';
import type { Finding } from '../../terms/finding.ts';
import { createProfileValidator, validatorVersion, type ProfileFinding } from '../../validators/profile/validator.ts';
import type { CheckProfiles } from './checks.ts';

export type Profiles = { readonly check: CheckProfiles; readonly packages: Readonly<Record<string, string>> };

/** The profile validator over R4 core and the packages that the configuration puts in force. */
export async function loadProfiles(packages: readonly string[]): Promise<Profiles> {
  const definitions = await loadPackages(packages);
  const validator = createProfileValidator({ packages: definitions });
  return { check: (bytes) => validator.validate(bytes).map(findingOf), packages: { profiles: validator.hash } };
}

const findingOf = (found: ProfileFinding): Finding => ({
  rule: found.rule, ruleVersion: validatorVersion, outcome: found.unevaluated ? 'unevaluated' : 'wrong', scope: 'resource',
  severity: found.severity, code: found.code, expression: found.expression, says: found.says, evidence: [],
  // One fault of an interface is one cause, wherever in a list it stands.
  cause: [found.expression.replace(/\[\d+\]/g, ''), found.messageId ?? '', found.profile ?? ''].join('|'),
});
