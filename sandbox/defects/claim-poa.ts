import { isCoded, isStay, encounterOf, linesOf, setCode } from './coded-claim.ts';
import { amend, type Defect, type Form } from './defect.ts';
import { at, type JsonObject } from './touch.ts';

const form = (because: string, change: (line: JsonObject, claim: JsonObject) => unknown, stay = true, lineOf: (claim: JsonObject) => number = () => 0): Form => amend('Claim', because, (claim, chart) => {
  const index = lineOf(claim), line = linesOf(claim)[index];
  // A code that is exempt has none.
  if (!isCoded(claim) || isStay(encounterOf(claim, chart)) !== stay || line === undefined || (stay && line['onAdmission'] === undefined)) return false;
  return change(line, claim);
});
const say = (code: string) => (line: JsonObject): void => { line['onAdmission'] = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/ex-diagnosis-on-admission', code }] }; };
const last = (claim: JsonObject): number => linesOf(claim).length - 1;

export const claimPoa: Defect = {
  rule: 'claim-poa',
  forms: [
    form('The indicator of the principal diagnosis is absent.', (line) => delete line['onAdmission']), form('The indicator of a secondary diagnosis is absent.', (line) => delete line['onAdmission'], true, last), form('An indicator that there is none of.', say('x')),
    form('Diabetes is said to have come in hospital.', (line, claim) => { setCode(claim, 0, 'E11.65'); say('n')(line); }), form('A heart defect from birth is said to have come in hospital.', (line, claim) => { setCode(claim, 0, 'Q21.0'); say('N')(line); }), form('A word in place of the indicator.', (line) => { line['onAdmission'] = { text: 'perhaps' }; }),
  ],
  nearMisses: [
    form('Not present, and that can be.', say('n'), true, (claim) => linesOf(claim).findIndex((line) => ['n'].includes(String(at(line, 'onAdmission', 'coding', 0, 'code'))))), form('Clinically undetermined.', say('w')), form('In capitals.', say('Y')), form('A visit needs none.', () => true, false),
    form('An exempt code.', (line, claim) => { setCode(claim, 0, 'Z79.4'); delete line['onAdmission']; }),
  ],
};
