import { addLine, codeAt, encounterOf, isCoded, linesOf } from './coded-claim.ts';
import { amend, type Chart, type Defect, type Form } from './defect.ts';
import { codingIn, listAt, part, systems, textAt, type JsonObject } from './touch.ts';

const form = (because: string, change: (claim: JsonObject, principal: string, chart: Chart) => unknown): Form => amend('Claim', because, (claim, chart) => isCoded(claim) && change(claim, codeAt(claim, 0), chart));
const visit = (because: string, change: (encounter: JsonObject, first: JsonObject) => unknown): Form => amend('Encounter', because, (encounter) => {
  const first = part(encounter, 'diagnosis', 0);
  return first?.['rank'] === 1 && change(encounter, first);
});

export const claimDuplicateSecondary: Defect = {
  rule: 'claim-duplicate-secondary',
  forms: [
    form('The principal diagnosis stands again among the others.', (claim, code) => addLine(claim, code, '')), form('Once with its dot and once without.', (claim, code) => code.includes('.') && addLine(claim, code.replace('.', ''), '')),
    form('Once by its code and once by the Condition that has it.', (claim, code, chart) => {
      const line = listAt(encounterOf(claim, chart), 'diagnosis').find((one) => textAt(codingIn(chart.resolve(textAt(one, 'condition', 'reference'))?.['code'], systems.icd), 'code') === code);
      if (line === undefined) return false;
      claim['diagnosis'] = [...linesOf(claim), { sequence: linesOf(claim).length + 1, diagnosisReference: part(line, 'condition') ?? {}, type: [{ coding: [{ code: 'clinical' }] }] }];
      return true;
    }),
    form('Without a word on which is principal.', (claim, code) => { addLine(claim, code, ''); for (const line of linesOf(claim)) delete line['type']; }), visit('The encounter names its first diagnosis twice.', (encounter, first) => { encounter['diagnosis'] = [...listAt(encounter, 'diagnosis'), { condition: part(first, 'condition') ?? {}, rank: 9 }]; }),
  ],
  nearMisses: [
    form('Another code of the category.', (claim) => addLine(claim, 'E11.9', '')), form('A secondary diagnosis twice.', (claim) => { addLine(claim, 'R05.9', ''); addLine(claim, 'R05.9', ''); }), visit('The same at admission and at discharge, both first.', (encounter, first) => {
      encounter['diagnosis'] = [{ condition: part(first, 'condition') ?? {}, use: { coding: [{ code: 'AD' }] }, rank: 1 }, ...listAt(encounter, 'diagnosis')];
    }),
  ],
};
