import { safeCode } from '../reading/cause.ts';
import { wrong } from '../say.ts';
import { codingRule } from '../templates/coding-rule.ts';
import { documentationOf, indicatorsOf, placeOf } from '../templates/documentation.ts';

export const codeNotClinicallySupported = codingRule({
  id: 'code-not-clinically-supported', version: 7, kind: 'judge',
  title: 'Documented, but without its clinical indicators', why: 'The provider’s statement stands; a query asks what it rests on before a payer does.',
  sources: ['ICD-10-CM Official Guidelines I.A.19', 'ACDIS/AHIMA, Guidelines for Achieving a Compliant Query Practice (2022)'],
  judge({ kind, coding, concept, encounter, version, expression }, chart) {
    // Without known indicators there is nothing to look for, and what nobody documented is coding validation's.
    if (kind !== 'diagnosis' || concept === undefined || concept.indicators.length === 0) return [];
    const stated = documentationOf({ coding, concept, encounter }, chart).told.filter(({ status }) => status === 'affirmed' || status === 'resolved');
    if (stated.length === 0 || indicatorsOf(concept, encounter, chart).length > 0) return [];
    return [wrong(expression, 'A provider documented this diagnosis, and none of the results or drugs that usually go with it is there; ask the provider.', {
      version, cause: safeCode(coding.system, coding.code), evidence: stated.map(({ note }) => ({ version: note.version, expression: placeOf(note), role: 'for' as const })) })];
  },
});
