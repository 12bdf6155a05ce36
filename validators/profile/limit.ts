import { UCUM } from '../terminology/ucum.ts';
import type { Checker } from './checker.ts';
import type { ProfileSite } from './profile-source.ts';
import { isObject } from './run.ts';

/** Negative: below; dates compare at the coarser precision, and not at all across precisions that overlap. */
const compare = (value: unknown, limit: unknown): number | undefined => {
  if (typeof value === 'number' && typeof limit === 'number') return value - limit;
  if (typeof value === 'string' && typeof limit === 'string') {
    const n = Math.min(value.length, limit.length);
    const [a, b] = value.length > 10 && limit.length > 10 ? [Date.parse(value), Date.parse(limit)] : [value.slice(0, n), limit.slice(0, n)];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (isObject(value) && isObject(limit) && value['system'] === limit['system']) {
    const [a, b, from, to] = [value['value'], limit['value'], value['code'], limit['code']];
    if (from === to) return compare(a, b);
    const converted = typeof a === 'number' && typeof from === 'string' && typeof to === 'string' && value['system'] === 'http://unitsofmeasure.org' ? UCUM.convert(a, from, to) : undefined;
    return converted === undefined ? undefined : compare(converted, b);
  }
  return undefined;
};

export const limitOf = (definition: object, which: string): unknown => Object.entries(definition).find(([key]) => key.startsWith(which))?.[1];

/** ElementDefinition.minValue[x] and maxValue[x]. */
export const compareToLimit = (checker: Checker, value: unknown, site: ProfileSite, which: 'minValue' | 'maxValue'): void => {
  const order = compare(value, limitOf(site.node.definition, which));
  if (order === undefined || (which === 'minValue' ? order >= 0 : order <= 0)) return;
  checker.add({ rule: 'profile-limit', severity: 'error', code: 'invalid', messageId: which === 'minValue' ? 'Type_Specific_Checks_DT_Value_Min' : 'Type_Specific_Checks_DT_Value_Max',
    profile: site.source, says: `The value is ${which === 'minValue' ? 'below the least' : 'above the greatest'} that ${site.node.id} may have; check the value.` });
};
