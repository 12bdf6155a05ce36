import type { Coding } from '@medplum/fhirtypes';
import { hcpcsSystems, pcsSystems, systems } from '../reading/coded.ts';
import { codedCheck } from '../templates/coded-check.ts';

// By system: what a code looks like. Whether it exists is another question.
const forms: readonly (readonly [is: (system: string) => boolean, form: RegExp, name: string])[] = [
  // A letter, a digit, a digit or A/B, then up to four more behind the dot; the seventh may be a letter.
  [(system) => system === systems.icd10cm, /^[A-TV-Z]\d[0-9AB](?:\.?[0-9A-Z]{1,4})?$|^U\d\d(?:\.?[0-9A-Z]{1,4})?$/, 'icd-10-cm'],
  // Seven characters without I and O.
  [(system) => pcsSystems.has(system), /^[0-9A-HJ-NP-Z]{7}$/, 'icd-10-pcs'],
  [(system) => system === systems.cpt, /^(?:\d{5}|\d{4}[FTUM])$/, 'cpt'],
  [(system) => hcpcsSystems.has(system), /^(?:[A-V]\d{4}|\d{5}|\d{4}[FTUM])$/, 'hcpcs'],
  [(system) => system === systems.rxnorm, /^\d{1,8}$/, 'rxnorm'],
  // 4-4-2, 5-3-2, 5-4-1, 5-4-2 with hyphens, or ten or eleven digits.
  [(system) => system === systems.ndc, /^(?:\d{4}-\d{4}-\d{2}|\d{5}-\d{3}-\d{2}|\d{5}-\d{4}-\d{1,2}|\d{10,11})$/, 'ndc'],
  [(system) => system === systems.cvx, /^\d{2,3}$/, 'cvx'],
];

export const codeForm = codedCheck({
  id: 'code-form', version: 1,
  title: 'A code that does not have its system’s form', why: 'A payer refuses it, and every grouping leaves it out.',
  sources: ['ICD-10-CM Official Guidelines I.A', 'ICD-10-PCS Official Guidelines A', 'CMS HCPCS', 'RxNorm technical documentation', '21 CFR 207.33 (NDC)', 'CDC CVX'],
  says: 'This code does not have the form of its code system; correct the code or the system.',
  fault: ({ system, code }: Coding & { system: string; code: string }) => {
    const row = forms.find(([is]) => is(system));
    return row === undefined || row[1].test(code) ? undefined : row[2];
  },
});
