import { isLoinc, isSnomed } from './check-digits.ts';
import { systemOf } from './coded.ts';
import { unitOf } from './units.ts';

/**
 * Parts of a cause key (contract 17). Whatever a record says may be somebody's name: a code enters
 * only in its system's form, a unit only when it is one.
 */
export function safeCode(uri: string | undefined, code: string | undefined): string {
  if (uri === undefined || code === undefined) return 'no code';
  switch (systemOf(uri)) {
    case 'loinc': return isLoinc(code) ? `loinc ${code}` : 'loinc, malformed';
    case 'snomed': return isSnomed(code) ? `snomed ${code}` : 'snomed, malformed';
    case 'rxnorm': return /^\d{1,8}$/.test(code) ? `rxnorm ${code}` : 'rxnorm, malformed';
    case 'cvx': return /^\d{1,3}$/.test(code) ? `cvx ${code}` : 'cvx, malformed';
    case 'icd10cm': return /^[A-Z]\d[0-9AB](\.?[0-9A-Z]{1,4})?$/.test(code) ? `icd-10-cm ${code}` : 'icd-10-cm, malformed';
    case 'icd10pcs': return /^[0-9A-HJ-NP-Z]{7}$/.test(code) ? `icd-10-pcs ${code}` : 'icd-10-pcs, malformed';
    case 'cpt': return /^\d{4}[0-9A-Z]$/.test(code) ? `cpt ${code}` : 'cpt, malformed';
    default: return 'another system';
  }
}

export const safeUnit = (unit: string | undefined): string =>
  unit === undefined ? 'no unit' : unitOf(unit) === undefined ? 'unknown unit' : unit.replace(/\{[^{}]*\}/g, '{}');
