import { isSnomed } from '../reading/check-digits.ts';
import { systems } from '../reading/coded.ts';
import { codedCheck } from '../templates/coded-check.ts';

// Postcoordinated expressions combine identifiers with : = + , and terms between pipes.
const expression = /[:=+,|]/;

export const codeSnomedCheckDigit = codedCheck({
  id: 'code-snomed-check-digit', version: 1,
  title: 'A SNOMED CT code whose check digit is wrong', why: 'The code was mistyped, cut or rounded by a spreadsheet: it stands for another concept, or for none.',
  sources: ['SNOMED CT Release File Specification, 5.5 (Verhoeff) and 5.4 (6 to 18 digits)'],
  says: 'This is no SNOMED CT identifier: its length or its check digit is wrong; correct the mapping.',
  fault: ({ system, code }) => (system !== systems.snomed || expression.test(code) || isSnomed(code) ? undefined : 'check digit'),
});
