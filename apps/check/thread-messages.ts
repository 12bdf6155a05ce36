import type { Store } from '../../packages/definition-store.ts';
import type { ValidateOptions } from '../../validators/profile/validator.ts';

/** What a thread of the check begins with. Then each message to it is a block, each from it that block's piece. */
export type ThreadData = { readonly stores: readonly Store[]; readonly format: string; readonly version: string; readonly options: ValidateOptions };
