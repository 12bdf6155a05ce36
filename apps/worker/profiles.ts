import { loadPackages } from '../../packages/load.ts';
import { asFinding } from '../../validators/profile/outcome.ts';
import { createProfileValidator, validatorVersion } from '../../validators/profile/validator.ts';
import type { CheckProfiles } from './checks.ts';

export type Profiles = { readonly check: CheckProfiles; readonly packages: Readonly<Record<string, string>> };

/** The profile validator over R4 core and the packages that the configuration puts in force. */
export async function loadProfiles(packages: readonly string[]): Promise<Profiles> {
  const definitions = await loadPackages(packages);
  const validator = createProfileValidator({ packages: definitions });
  return { check: (bytes) => validator.validate(bytes).map((found) => asFinding(found, validatorVersion)), packages: { profiles: validator.hash } };
}
