import { at, isObject, textAt } from '../json-exact.ts';
import { amended, type Defect } from './defect.ts';

export const codeSnomedCheckDigit: Defect = {
  rule: 'code-snomed-check-digit', type: 'Condition', because: 'The last digit of the SNOMED CT code was mistyped.',
  plant(condition) {
    const coding = at(condition, 'code', 'coding', 0);
    const code = textAt(coding, 'code');
    if (!isObject(coding) || coding['system'] !== 'http://snomed.info/sct' || !code) return undefined;
    coding['code'] = `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;
    return amended(condition);
  },
};
