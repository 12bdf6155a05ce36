import { isLoinc } from '../reading/check-digits.ts';
import { codedCheck } from '../templates/coded-check.ts';

// LOINC's own answer lists, answers and parts carry a prefix and no check digit of this kind matters for them.
const otherParts = /^(LA|LL|LP|LG|MTHU)\d+-\d$/;

export const codeLoincCheckDigit = codedCheck({
  id: 'code-loinc-check-digit', version: 2,
  title: 'A LOINC code whose check digit is wrong', why: 'The code was mistyped or made up: it stands for another test, or for none.',
  sources: ['https://loinc.org/get-started/loinc-term-basics/ (Mod 10 check digit)'],
  says: 'This is no LOINC code: its check digit does not follow from its number; correct the mapping.',
  fault: (system, code) => (system !== 'loinc' || otherParts.test(code) || isLoinc(code) ? undefined : 'check digit'),
});
