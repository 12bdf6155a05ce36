import type { Store } from '../../packages/definition-store.ts';
import type { ValidateOptions } from '../../validators/profile/validator.ts';

/** What a thread of the check begins with. */
export type ThreadData = { readonly stores: readonly Store[]; readonly format: string; readonly version: string; readonly options: ValidateOptions };

/** A thread's first message; each later one is the piece of a block. */
export const started = 'started';
export type Started = typeof started;
