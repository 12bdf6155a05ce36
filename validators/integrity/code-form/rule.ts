import type { SystemName } from '../reading/coded.ts';
import { codedCheck } from '../templates/coded-check.ts';

// By system: what a code looks like, and its name in a cause. Whether it exists is another question.
const forms: Partial<Record<SystemName, readonly [form: RegExp, name: string]>> = {
  // A letter, a digit, a digit or A/B, then up to four more behind the dot; the seventh may be a letter.
  icd10cm: [/^[A-TV-Z]\d[0-9AB](?:\.?[0-9A-Z]{1,4})?$|^U\d\d(?:\.?[0-9A-Z]{1,4})?$/, 'icd-10-cm'],
  // Seven characters without I and O.
  icd10pcs: [/^[0-9A-HJ-NP-Z]{7}$/, 'icd-10-pcs'],
  cpt: [/^(?:\d{5}|\d{4}[AFMTU])$/, 'cpt'],
  hcpcs: [/^(?:[A-V]\d{4}|\d{5}|\d{4}[AFMTU])$/, 'hcpcs'],
  rxnorm: [/^\d{1,8}$/, 'rxnorm'],
  // 4-4-2, 5-3-2, 5-4-1, 5-4-2 with hyphens, or ten or eleven digits.
  ndc: [/^(?:\d{4}-\d{4}-\d{2}|\d{5}-\d{3}-\d{2}|\d{5}-\d{4}-\d{1,2}|\d{10,11})$/, 'ndc'],
  // CDC lists the first nine without a leading zero, and feeds send both.
  cvx: [/^\d{1,3}$/, 'cvx'],
};

export const codeForm = codedCheck({
  id: 'code-form', version: 2,
  title: 'A code that does not have its system’s form', why: 'A payer refuses it, and every grouping leaves it out.',
  sources: ['ICD-10-CM Official Guidelines I.A', 'ICD-10-PCS Official Guidelines A', 'CMS HCPCS', 'RxNorm technical documentation', '21 CFR 207.33 (NDC)', 'CDC CVX'],
  says: 'This code does not have the form of its code system; correct the code or the system.',
  fault(system, code) {
    const row = forms[system];
    return row === undefined || row[0].test(code) ? undefined : row[1];
  },
});
