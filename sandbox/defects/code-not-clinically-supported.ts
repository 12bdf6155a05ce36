import { codeAt, encounterOf, isStay, linesOf, notesOf, reportedToo, resultsOf } from './coded-claim.ts';
import type { Change, Defect, Form } from './defect.ts';
import { hasLoinc, measure, type JsonObject } from './touch.ts';

/** The results of the encounter that speak for a code are ordinary ones. */
const form = (because: string, code: RegExp, ordinary: readonly (readonly [loinc: string, value: number, unit: string])[], labelled = true): Form => ({
  type: 'Claim', because,
  plant(claim, chart): readonly Change[] | undefined {
    const found = linesOf(claim).map((_, at) => codeAt(claim, at)).find((one) => code.test(one));
    if (found === undefined || notesOf(claim, chart).length === 0) return undefined;
    const changed: JsonObject[] = [];
    for (const [loinc, value, unit] of ordinary) for (const result of resultsOf(claim, chart).filter((one) => hasLoinc(one, loinc))) {
      measure(result, value, unit);
      changed.push(result);
    }
    const label = (change: Change): Change => (labelled || change.how === 'loose' ? change : { ...change, carries: false });
    return changed.length === 0 ? undefined : [{ how: 'amend', resource: claim, carries: true }, ...reportedToo(claim, found, chart).map(label), ...changed.map((resource): Change => ({ how: 'amend', resource }))];
  },
});

export const codeNotClinicallySupported: Defect = {
  rule: 'code-not-clinically-supported',
  forms: [
    form('Kidney injury with an ordinary creatinine.', /^N17/, [['2160-0', 0.9, 'mg/dL']]), form('Hyponatremia with an ordinary sodium.', /^E87\.1$/, [['2951-2', 139, 'mmol/L']]), form('Respiratory failure with ordinary gases.', /^J96/, [['2703-7', 92, 'mm[Hg]'], ['59408-5', 98, '%']]),
    form('Appendicitis with an ordinary count.', /^K35/, [['6690-2', 7.2, '10*3/uL']]), form('Blood loss with an ordinary hemoglobin.', /^D62$/, [['718-7', 13.4, 'g/dL']]),
  ],
  nearMisses: [
    form('Pneumonia with an ordinary count, and a fever.', /^J15/, [['6690-2', 8.1, '10*3/uL']], false), form('Hyponatremia, given in other units.', /^E87\.1$/, [['2951-2', 0.126, 'mol/L']], false),
    { type: 'Claim', because: 'Nobody knows what must be there: encephalopathy.', plant: (claim, chart) => (linesOf(claim).some((_, at) => codeAt(claim, at) === 'G93.41') && isStay(encounterOf(claim, chart)) ? [{ how: 'amend', resource: claim, carries: true }] : undefined) },
  ],
};
