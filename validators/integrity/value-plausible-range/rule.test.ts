import { patientCases } from '../../../test/support/rule-cases.ts';
import { valuePlausibleRange } from './rule.ts';

const patient = { resourceType: 'Patient', id: 'p', birthDate: '2000-01-01' };
const result = (code: string, value: number, unit: string, effectiveDateTime = '2020-01-01') => ({ resourceType: 'Observation', id: 'o', status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] }, valueQuantity: { value, system: 'http://unitsofmeasure.org', code: unit }, effectiveDateTime });
const wrong = ['Observation/o wrong Observation.value'];

patientCases(valuePlausibleRange, {
  'a slipped decimal point': [[patient, result('2823-3', 42, 'mmol/L')], wrong],
  'too low': [[patient, result('2951-2', 14, 'mmol/L')], wrong],
  'after conversion': [[patient, result('8310-5', 200, '[degF]')], wrong],
  'a spelling that stands for a unit': [[patient, result('29463-7', 2000, 'lbs')], wrong],
  'an adult of five kilograms': [[patient, result('29463-7', 5, 'kg')], wrong],
  'a newborn of five kilograms': [[patient, result('29463-7', 5, 'kg', '2000-02-01')], []],
  'a newborn of eighty kilograms': [[patient, result('29463-7', 80, 'kg', '2000-02-01')], wrong],
  'five kilograms at an unknown age': [[{ resourceType: 'Patient', id: 'p' }, result('29463-7', 5, 'kg')], []],
  'plausible': [[patient, result('2823-3', 4.2, 'mmol/L')], []],
  'fever in Fahrenheit': [[patient, result('8310-5', 104, '[degF]')], []],
  'at the bound': [[patient, result('2708-6', 100, '%')], []],
  'just over it': [[patient, result('2708-6', 100.5, '%')], wrong],
  'enzymes in international units': [[patient, result('1742-6', 40, '[IU]/L')], []],
  'another family of units: another rule': [[patient, result('2823-3', 42, 'mg/dL')], []],
  'withdrawn': [[patient, { ...result('2823-3', 42, 'mmol/L'), status: 'entered-in-error' }], []],
  'a code the table does not have': [[patient, result('1-8', 1e9, 'mmol/L')], []],
});
