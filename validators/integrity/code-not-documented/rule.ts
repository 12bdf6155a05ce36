import { safeCode } from '../reading/cause.ts';
import { systemOf } from '../reading/coded.ts';
import { unevaluated, wrong } from '../say.ts';
import { codingRule } from '../templates/coding-rule.ts';
import { documentationOf, indicatorsOf, placeOf } from '../templates/documentation.ts';

// External causes and factors (chapters 20 and 21): Guideline I.B.14 lets other clinicians document many of them.
const circumstances = /^[V-Z]/i;

export const codeNotDocumented = codingRule({
  id: 'code-not-documented', version: 7, kind: 'judge',
  title: 'A reported code that no provider documented', why: 'A payer asks for the provider’s statement: without one the code cannot be defended, whatever the results say.',
  sources: ['ICD-10-CM Official Guidelines I.A.19, III', 'AHIMA, Standards of Ethical Coding', 'Coding Clinic: abnormal findings are not coded without a provider’s statement'],
  judge({ kind, coding, concept, encounter, inpatient, version, expression }, chart) {
    const { notes, told, recognised } = documentationOf({ coding, concept, encounter }, chart);
    const about = { version, cause: safeCode(coding.system, coding.code) };
    if (notes.length === 0) return [unevaluated(expression, 'No provider’s note of this encounter has landed, so nobody can tell whether the code is documented.', { ...about, cause: 'no notes' })];
    if (!recognised) return [unevaluated(expression, 'Neither the words for this code nor its display are at hand, so the notes could not be searched for it.', about)];
    const documentedOtherwise = concept === undefined && circumstances.test(coding.code ?? '') && systemOf(coding.system) === 'icd10cm';
    // A past illness is not a present one, unless it lasts; what ended within a stay was of the stay.
    const documented = told.filter(({ status, section }) => status === 'affirmed' || status === 'uncertain' || (status === 'resolved' && inpatient && section !== 'history') || ((status === 'historical' || status === 'resolved') && (concept?.chronic === true || kind === 'procedure')));
    if (documented.length > 0) return [];
    if (documentedOtherwise) return [unevaluated(expression, 'What this code reports, notes seldom say in the words of its title, and others than providers may write it.', about)];
    return [wrong(expression, 'No provider’s note of this encounter states what this code reports; results and drugs alone never support a code.', { ...about, evidence: [
      ...notes.map((note) => ({ version: note.version, expression: placeOf(note), role: 'against' as const })),
      ...(concept === undefined ? [] : indicatorsOf(concept, encounter, chart))] })];
  },
});
