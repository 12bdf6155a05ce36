import { isLoinc, isSnomed } from './check-digits.ts';
import { systems } from './coded.ts';
import { unitOf } from './units.ts';

/**
 * Parts of a cause key (contract 17). Whatever a record says may be somebody's name: a code enters
 * only in its system's form, a unit only when it is one.
 */
export function safeCode(system: string | undefined, code: string | undefined): string {
  if (system === undefined || code === undefined) return 'no code';
  if (system === systems.loinc) return isLoinc(code) ? `loinc ${code}` : 'loinc, malformed';
  if (system === systems.snomed) return isSnomed(code) ? `snomed ${code}` : 'snomed, malformed';
  if (system === systems.rxnorm) return /^\d{1,8}$/.test(code) ? `rxnorm ${code}` : 'rxnorm, malformed';
  if (system === systems.cvx) return /^\d{1,3}$/.test(code) ? `cvx ${code}` : 'cvx, malformed';
  if (system === systems.icd10cm) return /^[A-Z]\d[0-9AB](\.?[0-9A-Z]{1,4})?$/.test(code) ? `icd-10-cm ${code}` : 'icd-10-cm, malformed';
  return 'another system';
}

export const safeUnit = (unit: string | undefined): string =>
  unit === undefined ? 'no unit' : unitOf(unit) === undefined ? 'unknown unit' : unit.replace(/\{[^{}]*\}/g, '{}');

/** A code system in a cause key: only those with a name here. */
export const safeSystem = (system: string | undefined): string =>
  Object.entries(systems).find(([, uri]) => uri === system)?.[0] ?? (system === undefined ? 'no system' : 'another system');
