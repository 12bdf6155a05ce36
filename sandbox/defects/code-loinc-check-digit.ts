import { at, isObject, textAt } from '../json-exact.ts';
import { amended, type Defect } from './defect.ts';

export const codeLoincCheckDigit: Defect = {
  rule: 'code-loinc-check-digit', type: 'Observation', because: 'A digit of the LOINC code was mistyped.',
  plant(observation) {
    const coding = at(observation, 'code', 'coding', 0);
    const code = textAt(coding, 'code');
    // laboratory only: vital signs have their codes fixed by profiles, which would be a second defect
    const laboratory = textAt(observation, 'category', 0, 'coding', 0, 'code') === 'laboratory';
    if (!isObject(coding) || !laboratory || coding['system'] !== 'http://loinc.org' || !code || !/^\d+-\d$/.test(code)) return undefined;
    coding['code'] = `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;
    return amended(observation);
  },
};
