import type { Environment, Json, JsonObject } from '../environment.ts';
import { resolved } from '../functions/fhir.ts';
import type { Model } from '../model.ts';
import { Moment } from '../moment.ts';
import { isObject } from '../navigate.ts';
import { and, implies, or, xor } from '../operators.ts';
import { judgeXhtml } from '../xhtml.ts';
import { HashMentions } from './hash-mentions.ts';

const underscore = 95;
const momentOf = (text: string): Moment | undefined => Moment.parse(text, text.includes('T') ? 'DateTime' : 'Date');

const digits = (text: string, at: number): number => {
  const [ten, one] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return ten >= 0 && ten <= 9 && one >= 0 && one <= 9 ? ten * 10 + one : Number.NaN;
};

/** Milliseconds of YYYY-MM-DD or YYYY-MM-DDThh:mm:ss[.sss](Z|±hh:mm); NaN for any other text, and where it needs a calendar. */
const quickEpoch = (text: string): number => {
  const { length } = text;
  if (length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN;
  const [month, day] = [digits(text, 5), digits(text, 8)];
  if (!(month >= 1 && month <= 12 && day >= 1 && (day <= 28 || (day <= 30 && month !== 2)))) return Number.NaN;
  const year = digits(text, 0) * 100 + digits(text, 2);
  if (!(year >= 100)) return Number.NaN; // Date.UTC takes 0 to 99 for 1900 and later
  const date = Date.UTC(year, month - 1, day);
  if (length === 10) return date;
  const fraction = text.charCodeAt(19) === 46;
  const zoneAt = fraction ? 23 : 19;
  const [hour, minute, second] = [digits(text, 11), digits(text, 14), digits(text, 17)];
  if (!(hour < 24 && minute < 60 && second < 60) || text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return Number.NaN;
  const milliseconds = fraction ? digits(text, 20) * 10 + (digits(text, 21) % 10) : 0;
  const sign = text.charCodeAt(zoneAt);
  let zone = 0;
  if (sign === 90) zone = length === zoneAt + 1 ? 0 : Number.NaN;
  else if ((sign === 43 || sign === 45) && length === zoneAt + 6 && text.charCodeAt(zoneAt + 3) === 58) {
    zone = (digits(text, zoneAt + 1) * 60 + digits(text, zoneAt + 4)) * (sign === 45 ? -1 : 1);
  } else return Number.NaN;
  return date + ((hour * 60 + minute - zone) * 60 + second) * 1000 + milliseconds;
};

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
  hashMentions: (resource: JsonObject): HashMentions => new HashMentions(resource, model),
  isA: (type: unknown, ancestor: string): boolean => typeof type === 'string' && model.isA(type, ancestor),
  resolve: (value: Json, env: Environment): JsonObject | undefined => {
    const reference = isObject(value) ? value['reference'] : value;
    const target = typeof reference === 'string' ? resolved(reference, env) : undefined;
    return target !== undefined && typeof target['resourceType'] === 'string' ? target : undefined;
  },
  /** Two dates or dateTimes: −1, 0, 1, undefined (open), null (no date: the closures say what then). */
  order: (a: string, b: string): number | undefined | null => {
    const [from, to] = [quickEpoch(a), quickEpoch(b)];
    if (from === from && to === to && (a.length > 10) === (b.length > 10)) return from < to ? -1 : from > to ? 1 : 0; // NaN is not itself
    const [x, y] = [momentOf(a), momentOf(b)];
    return x && y ? x.compare(y) : null;
  },
  htmlChecks: (text: string): boolean => {
    const { wellFormed, allowed } = judgeXhtml(text);
    return wellFormed && allowed;
  },
  htmlChecks2: (text: string): boolean => judgeXhtml(text).hasContent,
});
