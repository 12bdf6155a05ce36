import type { Environment, Json, JsonObject } from '../environment.ts';
import { resolved } from '../functions/fhir.ts';
import type { Model } from '../model.ts';
import { Moment } from '../moment.ts';
import { isObject } from '../navigate.ts';
import { and, implies, or, xor } from '../operators.ts';
import { judgeXhtml } from '../xhtml.ts';

const underscore = 95;
const kindOf = (text: string): Moment | undefined => Moment.parse(text, text.includes('T') ? 'DateTime' : 'Date');

/** What generated code calls, as `R`. */
export const runTime = (model: Model) => ({
  and, or, xor, implies,
  not: (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value),
  /** No object where the model has a complex element. */
  odd: (value: Json): boolean => typeof value !== 'object' || value === null || Array.isArray(value),
  /** The key a choice has here; null: several, or something the model does not foresee. */
  choiceKey: (object: JsonObject, keys: ReadonlySet<string>): string | undefined | null => {
    let found: string | undefined;
    for (const key in object) {
      if (!keys.has(key)) continue;
      const value = object[key];
      const beside = key.charCodeAt(0) === underscore;
      if (value === null || Array.isArray(value) || (beside && typeof value !== 'object')) return null;
      if (beside && object[key.slice(1)] !== undefined) continue;
      if (found !== undefined) return null;
      found = key;
    }
    return found;
  },
  /** `complex`: `_x` keys beside complex elements, which are no children. */
  childBesidesId: (object: JsonObject | undefined | null, complex: ReadonlySet<string>): boolean => {
    if (typeof object !== 'object') return false;
    for (const key in object) {
      if (key === 'id' || key === '_id' || key === 'resourceType' || (key.charCodeAt(0) === underscore && complex.has(key))) continue;
      const value = object[key];
      if (Array.isArray(value)) {
        if (value.some((item) => (key.charCodeAt(0) === underscore ? isObject(item) : item !== null))) return true;
      } else if (key.charCodeAt(0) === underscore ? isObject(value) : value !== null && value !== undefined) return true;
    }
    return false;
  },
  isA: (type: unknown, ancestor: string): boolean => typeof type === 'string' && model.isA(type, ancestor),
  resolve: (value: Json, env: Environment): JsonObject | undefined => {
    const reference = isObject(value) ? value['reference'] : value;
    const target = typeof reference === 'string' ? resolved(reference, env) : undefined;
    return target !== undefined && typeof target['resourceType'] === 'string' ? target : undefined;
  },
  /** Two dates or dateTimes: −1, 0, 1, undefined (open), null (no date: the closures say what then). */
  order: (a: string, b: string): number | undefined | null => {
    // Same shape, same zone: text order is time order. The tail holds the zone, and no fraction.
    if (a.length === b.length && (a.length === 10 || (a.length >= 20 && a.charCodeAt(19) !== 46 && b.charCodeAt(19) !== 46 && a.slice(19) === b.slice(19)))) {
      const x = kindOf(a);
      if (!x || !kindOf(b)) return null;
      return a < b ? -1 : a > b ? 1 : 0;
    }
    const [x, y] = [kindOf(a), kindOf(b)];
    return x && y ? x.compare(y) : null;
  },
  htmlChecks: (text: string): boolean => {
    const { wellFormed, allowed } = judgeXhtml(text);
    return wellFormed && allowed;
  },
  htmlChecks2: (text: string): boolean => judgeXhtml(text).hasContent,
});
