import type { Observation } from '@medplum/fhirtypes';
import { codeIn, systems } from '../reading/coded.ts';
import { valueIn } from '../reading/quantities.ts';
import { resourceRule } from '../resource-rule.ts';
import { unevaluated, wrong } from '../say.ts';

// LOINC of the systolic and the diastolic component.
const pair = ['8480-6', '8462-4'] as const;

export const valueBloodPressure = resourceRule<Observation>({
  id: 'value-blood-pressure', version: 1, category: 'atemporal plausibility', owner: 'documentation',
  title: 'Diastolic above systolic', why: 'The two numbers were probably swapped at entry.',
  sources: ['http://hl7.org/fhir/R4/bp.html', 'https://loinc.org/85354-9'],
  reads: { Observation: ['component'] },
  check(observation) {
    const [high, low] = pair.map((code) => observation.component?.findIndex((one) => codeIn(one.code, systems.loinc) === code) ?? -1);
    const [systolic, diastolic] = [observation.component?.[high ?? -1]?.valueQuantity, observation.component?.[low ?? -1]?.valueQuantity];
    if (systolic?.value === undefined || diastolic?.value === undefined) return [];
    const place = (index: number | undefined): string => `Observation.component[${index}].value`;
    const [above, below] = [valueIn(systolic, 'mm[Hg]'), valueIn(diastolic, 'mm[Hg]')];
    if (above === undefined || below === undefined) {
      return [unevaluated(place(high), 'The two pressures can only be compared when both have a unit of pressure.', { cause: 'no unit of pressure' })];
    }
    if (below <= above) return [];
    return [wrong(place(low), 'The diastolic pressure is above the systolic; correct the entry if the two were swapped.',
      { evidence: [{ expression: place(high), role: 'against' }], cause: 'diastolic above systolic' })];
  },
});
