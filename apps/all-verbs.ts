import { configCheck } from './commands/config-check.ts';
import type { Verb } from './verb.ts';

/** Every command, in the order of --help. */
export const allVerbs: readonly Verb[] = [
  configCheck,
];
