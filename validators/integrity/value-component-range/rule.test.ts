import { patientCases } from '../../../test/support/rule-cases.ts';
import { valueComponentRange } from './rule.ts';

const part = (code: string, value: number, unit = 'mm[Hg]') => ({ code: { coding: [{ system: 'http://loinc.org', code }] }, valueQuantity: { value, code: unit } });
const pressure = (...component: object[]) => [{ resourceType: 'Patient', id: 'p', birthDate: '1980-01-01' },
  { resourceType: 'Observation', id: 'o', effectiveDateTime: '2020-01-01', component }];

patientCases(valueComponentRange, {
  'systolic': [pressure(part('8480-6', 1200), part('8462-4', 80)), ['Observation/o wrong Observation.component[0].value']],
  'diastolic': [pressure(part('8480-6', 120), part('8462-4', 8)), ['Observation/o wrong Observation.component[1].value']],
  'both': [pressure(part('8480-6', 12), part('8462-4', 8)), ['Observation/o wrong Observation.component[0].value', 'Observation/o wrong Observation.component[1].value']],
  'in kilopascal': [pressure(part('8480-6', 16, 'kPa'), part('8462-4', 10, 'kPa')), []],
  'plausible': [pressure(part('8480-6', 120), part('8462-4', 80)), []],
  'the value itself: another rule': [[{ resourceType: 'Observation', id: 'o', code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] }, valueQuantity: { value: 99, code: 'mmol/L' } }], []],
});
