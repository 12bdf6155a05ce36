import { loadPackages } from '../../packages/load.ts';
import { terminologyServer, type TerminologySettings } from '../../packages/terminology-server.ts';
import { asFinding } from '../../validators/profile/outcome.ts';
import { createProfileValidator, validatorVersion } from '../../validators/profile/validator.ts';
import type { CheckProfiles } from './checks.ts';

export type Profiles = {
  readonly check: CheckProfiles;
  /** Asks the terminology server what these resources need to be known; without one it does nothing. */
  readonly prepare: (resources: readonly Uint8Array[]) => Promise<void>;
  /** What the rule set is made of here, each with its hash. */
  readonly packages: Readonly<Record<string, string>>;
};

/**
 * The profile validator over R4 core and the packages that the configuration puts in force.
 * @throws AssayError ASSAY_TERMINOLOGY_UNREACHABLE
 */
export async function loadProfiles(packages: readonly string[], terminology?: TerminologySettings): Promise<Profiles> {
  const definitions = await loadPackages(packages);
  const server = terminology && await terminologyServer(terminology);
  const validator = createProfileValidator({ packages: definitions, facts: server?.facts });
  return {
    check: (bytes) => validator.validate(bytes).map((found) => asFinding(found, validatorVersion)),
    async prepare(resources) {
      if (server === undefined) return;
      for (const bytes of resources) validator.validate(bytes);
      await server.resolve();
    },
    packages: { profiles: validator.hash, ...(server === undefined ? {} : { 'terminology server': server.identity }) },
  };
}
