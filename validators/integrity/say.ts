import type { Said } from '../../terms/rule.ts';

type More = Omit<Said, 'outcome' | 'expression' | 'says'>;

/** The check was made and the record fails it. `says`: one sentence for a HIM steward, no value from the record. */
export const wrong = (expression: string, says: string, more: More = {}): Said => ({ outcome: 'wrong', expression, says, ...more });

/** The check could not be made: unknown is not clean. */
export const unevaluated = (expression: string, says: string, more: More = {}): Said =>
  ({ outcome: 'unevaluated', expression, says, ...more });
