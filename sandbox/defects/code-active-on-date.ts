import { isCoded, setCode } from './coded-claim.ts';
import { amend, type Defect, type Form } from './defect.ts';
import { codingIn, isCategory, part, systems, textAt, type JsonObject } from './touch.ts';

const billed = (because: string, code: string, change: (claim: JsonObject) => void = () => undefined): Form => amend('Claim', because, (claim) => {
  if (!isCoded(claim) || (textAt(claim, 'billablePeriod', 'start') ?? '') < '2024') return false;
  setCode(claim, 0, code);
  change(claim);
  return true;
});
const charted = (because: string, code: string): Form => amend('Condition', because, (condition, { resolve }) => {
  const coding = codingIn(condition['code'], systems.icd);
  const line = part(resolve(textAt(condition, 'encounter', 'reference')), 'diagnosis', 0);
  // A first diagnosis is the encounter's finding.
  if (coding === undefined || !isCategory(condition, 'encounter-diagnosis') || textAt(line, 'condition', 'reference') === `Condition/${String(condition['id'])}`) return false;
  Object.assign(coding, { code, display: '' });
  return true;
});
const inYear = (period: JsonObject) => (claim: JsonObject): void => { claim['billablePeriod'] = period; };

export const codeActiveOnDate: Defect = {
  rule: 'code-active-on-date',
  forms: [
    billed('Low back pain, by the code that ended in 2021.', 'M54.5'), billed('Acidosis, by the code that ended in 2022.', 'E87.2'), billed('Chronic atrial fibrillation, by the code that ended in 2019.', 'I48.2'), billed('Kidney disease stage 3, by the code that ended in 2020.', 'N18.3'),
    billed('COVID-19 before there was a code for it.', 'U07.1', inYear({ start: '2020-02-10', end: '2020-02-12' })), charted('The chart has a code that ended.', 'R05'),
  ],
  nearMisses: [billed('The code that follows.', 'M54.50'), billed('On its last day.', 'M54.5', inYear({ start: '2021-09-30', end: '2021-09-30' })), charted('The code that is in force.', 'R05.9'), billed('A code that nobody dated.', 'R10.9')],
};
