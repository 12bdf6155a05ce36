import { isObject, type JsonObject } from './run.ts';

/** Equal as `fixed[x]` asks: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_ */
export const same = (value: unknown, fixed: unknown): boolean => {
  if (Array.isArray(fixed)) return Array.isArray(value) && value.length === fixed.length && fixed.every((f, i) => same(value[i], f));
  if (isObject(fixed)) {
    if (!isObject(value)) return false;
    const keys = Object.keys(fixed);
    return keys.length === Object.keys(value).length && keys.every((k) => same(value[k], fixed[k]));
  }
  return value === fixed;
};

/** Holds at least what `pattern[x]` has; each item of a list must be matched by some item. */
export const fits = (value: unknown, pattern: unknown): boolean => {
  if (typeof pattern !== 'object' || pattern === null) return value === pattern;
  if (Array.isArray(pattern)) {
    if (!Array.isArray(value)) return false;
    for (let i = 0; i < pattern.length; i++) if (!anyFits(value, pattern[i])) return false;
    return true;
  }
  if (!isObject(value)) return false;
  for (const key in pattern) if (!fits(value[key], (pattern as JsonObject)[key])) return false;
  return true;
};
const anyFits = (values: readonly unknown[], pattern: unknown): boolean => {
  for (let i = 0; i < values.length; i++) if (fits(values[i], pattern)) return true;
  return false;
};

/** Where a value leaves a fixed one: paths below it (`.system`), `''` for the value itself. */
export const differences = (value: unknown, fixed: unknown, at = ''): string[] => {
  if (!isObject(fixed) || !isObject(value)) return same(value, fixed) ? [] : [at];
  const out: string[] = [];
  for (const key of new Set([...Object.keys(fixed), ...Object.keys(value)])) {
    const [f, v] = [fixed[key], value[key]];
    if (Array.isArray(f) && Array.isArray(v) && f.length === v.length) f.forEach((item, i) => out.push(...differences(v[i], item, `${at}.${key}[${i}]`)));
    else if (isObject(f) && isObject(v)) out.push(...differences(v, f, `${at}.${key}`));
    else if (!same(v, f)) out.push(f === undefined || v === undefined ? `${at}.${key}` : `${at}.${key}`);
  }
  return out;
};

/** Where a value does not hold what a pattern asks for, which it does not fit: paths below it, never into a list. */
export const misfits = (value: unknown, pattern: unknown, at = ''): string[] => {
  if (!isObject(pattern) || !isObject(value)) return [at];
  const wrong = Object.keys(pattern).filter((key) => !fits(value[key], pattern[key]));
  return wrong.some((key) => Array.isArray(pattern[key])) ? [at] : wrong.flatMap((key) => misfits(value[key], pattern[key], `${at}.${key}`));
};
