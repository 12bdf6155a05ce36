import type { ResourceRule, RuleFacts } from '../../../terms/rule.ts';
import { day, moment } from '../reading/moments.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

/** From one time to another, and how many days that may take. */
export type LagRow = { readonly type: string; readonly from: readonly string[]; readonly to: string; readonly days: number };
type Stated = Omit<RuleFacts, 'scope' | 'kind' | 'reads' | 'owner' | 'category'> & { readonly rows: readonly LagRow[]; readonly says: string };

/** `to` is an element, or `retrieved` for the time the source was asked. */
export const lagRule = ({ rows, says, ...facts }: Stated): ResourceRule => {
  const byType = new Map(rows.map((row) => [row.type, row]));
  return resourceRule({
    ...facts, category: 'temporal plausibility', owner: 'mapping',
    reads: Object.fromEntries(rows.map((row) => [row.type, [...row.from, row.to].filter((name) => name !== 'retrieved')])),
    check(resource, { asOf }) {
      const row = byType.get(resource.resourceType);
      const name = row?.from.find((one) => typeof resource[one] === 'string');
      if (row === undefined || name === undefined) return [];
      const [from, to] = [moment(resource[name]), moment(row.to === 'retrieved' ? asOf : resource[row.to])];
      if (from === undefined || to === undefined || to.from - from.to <= row.days * day) return [];
      return [wrong(`${resource.resourceType}.${row.to === 'retrieved' ? name : row.to}`, says, { cause: `${resource.resourceType} over ${row.days} days` })];
    },
  });
};
