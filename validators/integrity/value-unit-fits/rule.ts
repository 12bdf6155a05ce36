import type { Observation } from '@medplum/fhirtypes';
import { safeUnit } from '../reading/cause.ts';
import { unitStated } from '../reading/quantities.ts';
import { resourceRule } from '../resource-rule.ts';
import { unevaluated, wrong } from '../say.ts';
import { measuredValues } from '../templates/measured-values.ts';

export const valueUnitFits = resourceRule<Observation>({
  id: 'value-unit-fits', version: 3, category: 'value conformance', owner: 'mapping',
  title: 'A unit that does not fit the code', why: 'A mass where a concentration belongs: the code or the unit is mapped wrongly, and the number means something else.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (plausibleUnitConceptIds)', 'https://ucum.org/ucum#section-Semantics'],
  reads: { Observation: ['code', 'status', 'valueQuantity', 'component'] },
  check: (observation) => measuredValues(observation).flatMap(({ measure, quantity, path }) => {
    if (measure?.unit === undefined || quantity?.value === undefined) return [];
    const cause = `loinc ${measure.code} in ${safeUnit(quantity.code ?? quantity.unit)}`;
    const stated = unitStated(quantity);
    if (stated === undefined) return [unevaluated(`${path}.value`, 'Without a unit that can be read nobody can tell whether it fits the code.', { cause })];
    if (stated.family === measure.unit.family || measure.also.some((unit) => unit.family === stated.family)) return [];
    return [wrong(`${path}.value`, 'This unit cannot measure what the code stands for; correct the mapping of the code or of the unit.',
      { cause, evidence: [{ expression: `${path}.code`, role: 'against' }] })];
  }),
});
