import type { PartHealth } from '../../console/api/deps.ts';
import type { RuleSetShare } from '../../storage/rule-sets.ts';
import { verb } from '../verb.ts';

export type Status = {
  readonly parts: readonly PartHealth[];
  readonly addresses: Readonly<Record<'page' | 'api' | 'feed' | 'postgresql' | 'temporal' | 'kafka', string | null>>;
  /** How many current versions stand under which rule set (contract 12). */
  readonly ruleSets: readonly RuleSetShare[];
};

export const status = verb<object, Status>({
  name: 'status',
  summary: 'each part’s address and health, and which rule sets the records stand under',
  async run(_, context) {
    const { statusOf } = await import('../product/status.ts');
    return statusOf(context.config());
  },
  print({ parts, ruleSets }, line) {
    for (const part of parts) line(`${part.state.padEnd(7)} ${part.part.padEnd(18)} ${part.address ?? ''}${part.detail === undefined ? '' : `  ${part.detail}`}`);
    for (const one of ruleSets) line(`rule set ${one.hash.slice(0, 12)}: ${one.versions.toLocaleString('en')} current records`);
  },
  exitCode: ({ parts }) => parts.some((part) => part.state === 'down') ? 1 : 0,
});
