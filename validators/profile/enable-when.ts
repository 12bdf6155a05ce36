import { items, type Item } from './questionnaire-response.ts';
import { UCUM } from '../terminology/ucum.ts';
import { isObject, type JsonObject } from './run.ts';

/** Response items to look for an answer in, the nearest level first: http://hl7.org/fhir/R4/questionnaire.html#enablewhen */
export type Scopes = readonly (readonly Item[])[];

const valueOf = (holder: JsonObject, prefix: string): unknown => Object.entries(holder).find(([key]) => key.startsWith(prefix))?.[1];

/** Answers to a question among items and below them. */
const answersIn = (list: readonly Item[], linkId: unknown, out: unknown[]): unknown[] => {
  for (const item of list) {
    for (const answer of items(item['answer'])) {
      if (item.linkId === linkId) { const value = valueOf(answer, 'value'); if (value !== undefined) out.push(value); }
      answersIn(items(answer['item']), linkId, out);
    }
    answersIn(items(item['item']), linkId, out);
  }
  return out;
};

const nearest = (scopes: Scopes, linkId: unknown): readonly unknown[] => {
  for (const scope of scopes) { const found = answersIn(scope, linkId, []); if (found.length > 0) return found; }
  return [];
};

/** Order of two answers; undefined where they have none. */
export const order = (a: unknown, b: unknown): number | undefined => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') {
    const times = a.length > 10 && b.length > 10 ? [Date.parse(a), Date.parse(b)] as const : undefined;
    if (times && !Number.isNaN(times[0]) && !Number.isNaN(times[1])) return times[0] - times[1];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (!isObject(a) || !isObject(b) || typeof a['value'] !== 'number' || typeof b['value'] !== 'number') return undefined;
  if (a['code'] === b['code']) return a['value'] - b['value'];
  const converted = typeof a['code'] === 'string' && typeof b['code'] === 'string' ? UCUM.convert(a['value'], a['code'], b['code']) : undefined;
  return converted === undefined ? undefined : converted - b['value'];
};

const equal = (a: unknown, b: unknown): boolean => {
  if (!isObject(a) || !isObject(b)) return a === b;
  if ('value' in a || 'value' in b) return order(a, b) === 0;
  if ('reference' in a || 'reference' in b) return a['reference'] === b['reference'];
  return a['code'] === b['code'] && (a['system'] ?? '') === (b['system'] ?? '');
};

const holds = (condition: JsonObject, scopes: Scopes): boolean => {
  const answers = nearest(scopes, condition['question']);
  const wanted = valueOf(condition, 'answer');
  const compared = (test: (by: number) => boolean): boolean => answers.some((a) => { const by = order(a, wanted); return by !== undefined && test(by); });
  switch (condition['operator']) {
    case 'exists': return (answers.length > 0) === (wanted === true);
    case '=': return answers.some((a) => equal(a, wanted));
    case '!=': return answers.some((a) => !equal(a, wanted));
    case '>': return compared((by) => by > 0);
    case '<': return compared((by) => by < 0);
    case '>=': return compared((by) => by >= 0);
    case '<=': return compared((by) => by <= 0);
    default: return true; // no operator of R4: said by its binding
  }
};

/** Whether a question is to be answered, given what else was: any condition suffices unless all are asked for. */
export const isEnabled = (item: Item, scopes: Scopes): boolean => {
  const conditions = items(item['enableWhen']);
  if (conditions.length === 0) return true;
  return item['enableBehavior'] === 'all' ? conditions.every((c) => holds(c, scopes)) : conditions.some((c) => holds(c, scopes));
};
