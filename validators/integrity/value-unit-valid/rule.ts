import type { Observation } from '@medplum/fhirtypes';
import { safeCode, safeUnit } from '../reading/cause.ts';
import { systemOf } from '../reading/coded.ts';
import { unitOf } from '../reading/units.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';
import { measuredValues } from '../templates/measured-values.ts';

export const valueUnitValid = resourceRule<Observation>({
  id: 'value-unit-valid', version: 3, category: 'value conformance', owner: 'mapping',
  title: 'A unit that is not UCUM', why: 'A number whose unit no machine can read cannot be converted, compared or summed up.',
  sources: ['https://ucum.org/ucum', 'ACLA on UCUM: not every laboratory can send it'],
  reads: { Observation: ['code', 'status', 'valueQuantity', 'component'] },
  check: (observation) => measuredValues(observation).flatMap(({ code, quantity, path }) => {
    if (quantity?.value === undefined) return [];
    const ucum = systemOf(quantity.system) === 'ucum' && quantity.code !== undefined ? unitOf(quantity.code) : undefined;
    if (ucum?.written === true) return [];
    const coding = code?.coding?.[0];
    return [wrong(`${path}.value`, 'This value has no UCUM code that can be read; the mapping must send one.',
      { cause: `${safeCode(coding?.system, coding?.code)} in ${safeUnit(quantity.code ?? quantity.unit)}` })];
  }),
});
