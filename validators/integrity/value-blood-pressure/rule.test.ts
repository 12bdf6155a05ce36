import { resourceCases } from '../../../test/support/rule-cases.ts';
import { valueBloodPressure } from './rule.ts';

const part = (code: string, value: number | undefined, unit: string | undefined = 'mm[Hg]') => ({
  code: { coding: [{ system: 'http://loinc.org', code }] }, valueQuantity: { value, system: 'http://unitsofmeasure.org', code: unit } });
const pressure = (...component: object[]) => ({ resourceType: 'Observation', component });

resourceCases(valueBloodPressure, {
  'swapped': [pressure(part('8480-6', 70), part('8462-4', 120)), 'wrong Observation.component[1].value'],
  'swapped, diastolic first': [pressure(part('8462-4', 120), part('8480-6', 70)), 'wrong Observation.component[0].value'],
  'swapped in kilopascal and millimetres': [pressure(part('8480-6', 10, 'kPa'), part('8462-4', 80)), 'wrong Observation.component[1].value'],
  'as it should be': [pressure(part('8480-6', 120), part('8462-4', 70))],
  'equal is possible': [pressure(part('8480-6', 70), part('8462-4', 70))],
  'one in kilopascal': [pressure(part('8480-6', 16, 'kPa'), part('8462-4', 80))],
  'units unknown': [pressure(part('8480-6', 70, 'x!'), part('8462-4', 120)), 'unevaluated Observation.component[0].value'],
  'no value': [pressure(part('8480-6', 70), part('8462-4', undefined))],
  'not a blood pressure': [pressure(part('8480-6', 70))],
  'no components': [{ resourceType: 'Observation' }],
  'the same pair in two systems of codes: one finding': [pressure({ ...part('8480-6', 70), code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }, { system: 'http://snomed.info/sct', code: '271649006' }] } }, { ...part('8462-4', 120), code: { coding: [{ system: 'http://loinc.org', code: '8462-4' }, { system: 'http://snomed.info/sct', code: '271650006' }] } }), 'wrong Observation.component[1].value'],
  'swapped, and withdrawn': [{ ...pressure(part('8480-6', 70), part('8462-4', 120)), status: 'entered-in-error' }],
  'swapped, and cancelled': [{ ...pressure(part('8480-6', 70), part('8462-4', 120)), status: 'cancelled' }],
});
