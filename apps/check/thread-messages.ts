import type { Store } from '../../packages/definition-store.ts';
import type { ValidateOptions } from '../../validators/profile/validator.ts';
import type { Piece } from './check.ts';

/** What a thread of the check begins with. Then each message to it is a block, each from it that block's answer. */
export type ThreadData = { readonly stores: readonly Store[]; readonly format: string; readonly version: string; readonly options: ValidateOptions };

/** `memory`: what the block was in. */
export type Answer = { readonly piece: Piece; readonly memory: ArrayBuffer };
