import { isSnomed } from '../reading/check-digits.ts';
import { codedCheck } from '../templates/coded-check.ts';

/** The identifiers of a postcoordinated expression: terms stand between pipes, and : = + , join what is combined. */
const identifiersIn = (code: string): readonly string[] =>
  (/[:=+,|]/.test(code) ? code.replace(/\|[^|]*\|/g, ' ').split(/[^0-9A-Za-z.]+/).filter((one) => one !== '') : [code]);

export const codeSnomedCheckDigit = codedCheck({
  id: 'code-snomed-check-digit', version: 2,
  title: 'A SNOMED CT code whose check digit is wrong', why: 'The code was mistyped, cut or rounded by a spreadsheet: it stands for another concept, or for none.',
  sources: ['SNOMED CT Release File Specification, 5.5 (Verhoeff) and 5.4 (6 to 18 digits)', 'SNOMED CT Compositional Grammar 2.3.1'],
  says: 'This is no SNOMED CT identifier: its length or its check digit is wrong; correct the mapping.',
  fault: (system, code) => (system !== 'snomed' || identifiersIn(code).every(isSnomed) ? undefined : 'check digit'),
});
