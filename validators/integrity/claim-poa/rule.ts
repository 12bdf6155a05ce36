import table from '../../../fhir-profiles/knowledge/present-on-admission.json' with { type: 'json' };
import { safeCode } from '../reading/cause.ts';
import { bareIcd, systemOf } from '../reading/coded.ts';
import { wrong } from '../say.ts';
import { codingRule } from '../templates/coding-rule.ts';

type Row = { readonly prefix: string; readonly seventh?: string };
const byPrefix = (means: string): ReadonlyMap<string, Row> => new Map(table.rows.filter((row) => row.means === means).map((row) => [row.prefix, row]));
const [exempt, always] = [byPrefix('exempt'), byPrefix('always present')];
const isIn = (rows: ReadonlyMap<string, Row>, code: string): boolean => {
  for (let length = 1; length <= code.length; length++) {
    const row = rows.get(code.slice(0, length));
    if (row !== undefined && (row.seventh === undefined || (code.length === 7 && row.seventh.includes(code[6] ?? '')))) return true;
  }
  return false;
};
// Obstetrics alone has principal diagnoses that came after admission (Appendix I, conditions of delivery).
const mayArise = /^[OZ]/;
// UB-04 FL 67 and http://terminology.hl7.org/CodeSystem/ex-diagnosis-on-admission: yes, no, unknown, undetermined; 1 is exempt.
const allowed = new Set(['y', 'n', 'u', 'w', '1']);

export const claimPoa = codingRule({
  id: 'claim-poa', version: 7,
  title: 'Present on admission is absent or implausible', why: 'Whether the hospital caused it decides payment and quality measures.',
  sources: ['ICD-10-CM Official Guidelines, Appendix I', 'CMS, Hospital-Acquired Conditions (Deficit Reduction Act 5001(c))'],
  judge({ kind, coding, claim, inpatient, principal, poa, version, expression }) {
    // Only a claim has the indicator, and only an inpatient one needs it.
    if (kind !== 'diagnosis' || claim === undefined || !inpatient || !claim.ofHospital || systemOf(coding.system) !== 'icd10cm') return [];
    const code = bareIcd(coding.code ?? '');
    const isExempt = isIn(exempt, code);
    const stated = poa?.toLowerCase();
    const says = stated === undefined ? (isExempt ? undefined : 'This inpatient diagnosis does not say whether it was present on admission.')
      : !allowed.has(stated) ? 'The present-on-admission indicator is none that exists.'
        : stated === '1' && !isExempt ? 'This diagnosis is said to need no present-on-admission indicator, and it is none of those that need none.'
        : stated === 'n' && isIn(always, code) ? 'A lasting or congenital condition is said not to have been present on admission.'
          : stated === 'n' && principal && !mayArise.test(code) ? 'What the patient was admitted for is said not to have been present on admission.' : undefined;
    return says === undefined ? [] : [wrong(expression, says, { version, cause: stated === undefined ? 'absent' : safeCode(coding.system, coding.code) })];
  },
});
