import { loadPackages } from '../packages/load.ts';
import { terminologyServer } from '../packages/terminology-server.ts';
import { operationOutcome } from '../validators/profile/outcome.ts';
import { createProfileValidator } from '../validators/profile/validator.ts';
import type { ValidateOptions } from '../validators/profile/validator.ts';

export { AssayError } from '../terms/errors.ts';

export type OperationOutcome = ReturnType<typeof operationOutcome>;

export type Validator = {
  /**
   * @param bytes one resource as JSON in UTF-8
   * @returns what was found; never rejects for what the bytes hold
   */
  validate(bytes: Uint8Array, options?: Pick<ValidateOptions, 'profiles' | 'bestPractice'>): Promise<OperationOutcome>;
};

export type ValidatorSettings = {
  /** IG packages (.tgz, NAME@VERSION of ~/.fhir/packages) and loose .json or .xml definitions; R4 core is always there. */
  readonly packages?: readonly string[];
  /** A FHIR base that is asked ($validate-code) about codes that no package knows. It is sent codes with their systems. */
  readonly terminologyServer?: string;
};

/**
 * What the package `fhir-assay` gives to an import: `await createValidator({ packages }).validate(bytes)`.
 * Packages are read once; `validate` rejects when one of them, or the terminology server's /metadata, cannot be (AssayError).
 */
export function createValidator({ packages = [], terminologyServer: url }: ValidatorSettings = {}): Validator {
  const loading = (async () => {
    const server = url === undefined ? undefined : await terminologyServer({ url });
    return { server, validator: createProfileValidator({ packages: await loadPackages(packages), facts: server?.facts }) };
  })();
  loading.catch(() => {}); // each validate() tells of it
  return {
    async validate(bytes, options) {
      const { server, validator } = await loading;
      const findings = validator.validate(bytes, options);
      const { asked } = server === undefined ? { asked: 0 } : await server.resolve();
      return operationOutcome(asked === 0 ? findings : validator.validate(bytes, options));
    },
  };
}
