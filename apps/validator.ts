import { loadPackages } from '../packages/load.ts';
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
};

/**
 * What the package `fhir-assay` gives to an import: `await createValidator({ packages }).validate(bytes)`.
 * Packages are read once; `validate` rejects when one of them cannot be (AssayError).
 */
export function createValidator({ packages = [] }: ValidatorSettings = {}): Validator {
  const loading = loadPackages(packages).then((definitions) => createProfileValidator({ packages: definitions }));
  loading.catch(() => {}); // each validate() tells of it
  return { validate: async (bytes, options) => operationOutcome((await loading).validate(bytes, options)) };
}
