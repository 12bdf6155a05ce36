import type { Observation } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/blood-pressure-codes.json' with { type: 'json' };
import type { Said } from '../../../terms/rule.ts';
import { codeIn, type SystemName } from '../reading/coded.ts';
import { valueIn } from '../reading/quantities.ts';
import { resourceRule } from '../resource-rule.ts';
import { unevaluated, wrong } from '../say.ts';

const pairs = table.rows.map((row) => ({ ...row, system: row.system as SystemName }));

export const valueBloodPressure = resourceRule<Observation>({
  id: 'value-blood-pressure', version: 3, category: 'atemporal plausibility', owner: 'documentation',
  title: 'Diastolic above systolic', why: 'The two numbers were probably swapped at entry.',
  sources: ['http://hl7.org/fhir/R4/bp.html', 'https://loinc.org/85354-9'],
  reads: { Observation: ['component', 'status'] },
  check(observation) {
    const { component, status } = observation;
    // Withdrawn pressures are not weighed.
    if (component === undefined || status === 'entered-in-error' || status === 'cancelled') return [];
    const said: Said[] = [];
    for (const { system, systolic, diastolic } of pairs) {
      const at = (code: string): number => component.findIndex((one) => codeIn(one.code, system) === code);
      const one = compared(observation, at(systolic), at(diastolic));
      // The same two components may be coded in several systems: one finding.
      if (one !== undefined && !said.some(({ expression }) => expression === one.expression)) said.push(one);
    }
    return said;
  },
});

const place = (index: number): string => `Observation.component[${index}].value`;

/** @returns what is wrong with the pair; undefined when nothing is, or one of the two has no number */
function compared(observation: Observation, high: number, low: number): Said | undefined {
  const [systolic, diastolic] = [observation.component?.[high]?.valueQuantity, observation.component?.[low]?.valueQuantity];
  if (systolic?.value === undefined || diastolic?.value === undefined) return undefined;
  const [above, below] = [valueIn(systolic, 'mm[Hg]'), valueIn(diastolic, 'mm[Hg]')];
  if (above === undefined || below === undefined) {
    return unevaluated(place(high), 'The two pressures can only be compared when both have a unit of pressure.', { cause: 'no unit of pressure' });
  }
  if (below <= above) return undefined;
  return wrong(place(low), 'The diastolic pressure is above the systolic; correct the entry if the two were swapped.',
    { evidence: [{ expression: place(high), role: 'against' }], cause: 'diastolic above systolic' });
}
