import { availableParallelism } from 'node:os';
import { definitionsFrom } from '../../packages/definition-store.ts';
import { loadStores } from '../../packages/load.ts';
import { validateInOrder } from '../../packages/validate-in-order.ts';
import { startValidatorThreads } from '../../packages/validator-threads.ts';
import { AssayError } from '../../terms/errors.ts';
import { createProfileValidator, type ProfileFinding, type ProfileValidator, type ValidateOptions } from '../../validators/profile/validator.ts';
import type { TerminologyFacts } from '../../validators/terminology/facts.ts';
import type { Input } from './inputs.ts';

/** Batches that one thread does before others are started: some thousand resources, less than a second's work. */
const alone = 10;

export type OpenValidator = {
  readonly validator: ProfileValidator;
  /** Findings of each input, in the order of the inputs, by as many threads as were asked for. */
  inOrder(inputs: AsyncIterable<Input>, options: ValidateOptions): AsyncGenerator<readonly [Input, readonly ProfileFinding[]]>;
};

/**
 * The validator over packages, on this thread and others. Facts are kept on this one: with them it works alone.
 * @throws AssayError ASSAY_ARGUMENT_INVALID
 */
export async function openValidator(packages: readonly string[], { threads }: { readonly threads: string }, facts: TerminologyFacts | undefined): Promise<OpenValidator> {
  if (!/^[1-9]\d?$/.test(threads)) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--threads takes a number from 1 to 99');
  const stores = await loadStores(packages);
  const validator = createProfileValidator({ packages: definitionsFrom(stores), facts });
  const others = facts === undefined ? Math.min(Number(threads), availableParallelism()) - 1 : 0;
  return {
    validator,
    async *inOrder(inputs, options) {
      const pool = startValidatorThreads(stores, others, alone);
      try { yield* validateInOrder(inputs, validator, pool, options); } finally { await pool.close(); }
    },
  };
}
