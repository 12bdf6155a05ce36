import table from '../../../fhir-profiles/knowledge/present-on-admission.json' with { type: 'json' };
import { safeCode } from '../reading/cause.ts';
import { bareIcd, systemOf } from '../reading/coded.ts';
import { wrong } from '../say.ts';
import { codingRule } from '../templates/coding-rule.ts';

const starting = (means: string): readonly string[] => table.rows.filter((row) => row.means === means).map((row) => row.prefix);
const [exempt, always] = [starting('exempt'), starting('always present')];
// UB-04 FL 67 and http://terminology.hl7.org/CodeSystem/ex-diagnosis-on-admission: yes, no, unknown, undetermined; 1 is exempt.
const allowed = new Set(['y', 'n', 'u', 'w', '1']);

export const claimPoa = codingRule({
  id: 'claim-poa', version: 1,
  title: 'Present on admission is absent or implausible', why: 'Whether the hospital caused it decides payment and quality measures.',
  sources: ['ICD-10-CM Official Guidelines, Appendix I', 'CMS, Hospital-Acquired Conditions (Deficit Reduction Act 5001(c))'],
  judge({ kind, coding, claim, inpatient, poa, version, expression }) {
    // Only a claim has the indicator, and only an inpatient one needs it.
    if (kind !== 'diagnosis' || claim === undefined || !inpatient || systemOf(coding.system) !== 'icd10cm') return [];
    const code = bareIcd(coding.code ?? '');
    const isExempt = exempt.some((prefix) => code.startsWith(prefix));
    const stated = poa?.toLowerCase();
    const says = stated === undefined ? (isExempt ? undefined : 'This inpatient diagnosis does not say whether it was present on admission.')
      : !allowed.has(stated) ? 'The present-on-admission indicator is none that exists.'
        : stated === 'n' && always.some((prefix) => code.startsWith(prefix)) ? 'A lasting or congenital condition is said not to have been present on admission.' : undefined;
    return says === undefined ? [] : [wrong(expression, says, { version, cause: stated === undefined ? 'absent' : safeCode(coding.system, coding.code) })];
  },
});
