import type { PolicyRule } from '../requests/policy.ts';

export type Action = PolicyRule['action'];

/** What the policy does with a finding. */
export const actionWords: Readonly<Record<Action, string>> = { score: 'Release', flag: 'Release with a flag', hold: 'Hold for a person', exclude: 'Keep out' };
export const actions = Object.keys(actionWords) as Action[];

/** The same for a table. */
export const actionShort: Readonly<Record<Action, string>> = { score: 'release', flag: 'flag', hold: 'hold', exclude: 'keep out' };

/** What becomes of a record. */
export const outcomeWords: Readonly<Record<string, string>> = { release: 'released', 'release-with-flags': 'released with a flag', hold: 'held', exclude: 'kept out' };
