import { safeCode } from '../reading/cause.ts';
import { wrong } from '../say.ts';
import { codingRule } from '../templates/coding-rule.ts';
import { documentationOf, placeOf } from '../templates/documentation.ts';

export const uncertainDiagnosisCoded = codingRule({
  id: 'uncertain-diagnosis-coded', version: 7, kind: 'judge',
  title: 'An uncertain diagnosis coded as if it were established', why: 'Outpatient claims may not report what is only suspected; inpatient claims may, if it still is at discharge.',
  sources: ['ICD-10-CM Official Guidelines II.H, III.C (inpatient), IV.H (outpatient)'],
  judge({ kind, coding, concept, encounter, inpatient, version, expression }, chart) {
    const { told } = documentationOf({ coding, concept, encounter }, chart);
    const uncertain = told.filter(({ status }) => status === 'uncertain');
    if (kind !== 'diagnosis' || uncertain.length === 0 || told.some(({ status }) => status === 'affirmed')) return [];
    if (inpatient && uncertain.some(({ note }) => note.discharge)) return [];
    return [wrong(expression, inpatient ? 'The notes call this diagnosis uncertain, and none says so still at discharge; a code needs one or the other.'
      : 'The notes call this diagnosis uncertain; an outpatient encounter reports the signs and symptoms instead.',
    { version, cause: `${safeCode(coding.system, coding.code)}, ${inpatient ? 'inpatient' : 'outpatient'}`, evidence: uncertain.map(({ note }) => ({ version: note.version, expression: placeOf(note), role: 'against' as const })) })];
  },
});
