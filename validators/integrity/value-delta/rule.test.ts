import { expect, test } from 'vitest';
import { patientCases, viewOf } from '../../../test/support/rule-cases.ts';
import { runFolds } from '../check-patient.ts';
import { valueDelta } from './rule.ts';

const patient = (birthDate = '1980-01-01') => ({ resourceType: 'Patient', id: 'p', birthDate });
const series = (code: string, unit: string, ...values: number[]) => values.map((value, index) => ({ resourceType: 'Observation', id: `o${index}`, status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] }, valueQuantity: { value, code: unit }, effectiveDateTime: `2020-0${index + 1}-01` }));
const second = ['Observation/o1 wrong Observation.value'];

patientCases(valueDelta, {
  'pounds called kilograms': [[patient(), ...series('29463-7', 'kg', 80, 176.4)], second],
  'inches called centimetres': [[patient(), ...series('8302-2', 'cm', 180, 70.9)], second],
  'Fahrenheit called Celsius': [[patient(), ...series('8310-5', 'Cel', 37, 98.6)], second],
  'a slipped point': [[patient(), ...series('2823-3', 'mmol/L', 4.2, 42)], second],
  'a thousandth': [[patient(), ...series('6690-2', '10*3/uL', 7, 7000)], second],
  'the third is compared with the first': [[patient(), ...series('29463-7', 'kg', 80, 176.4, 81)], second],
  'tenfold and possible': [[patient(), ...series('1742-6', 'U/L', 30, 300)], ['Observation/o1 wrong/biological Observation.value']],
  'double and possible': [[patient(), ...series('1742-6', 'U/L', 30, 66)], []],
  'an infant grows': [[patient('2019-10-01'), ...series('29463-7', 'kg', 3.5, 7.7)], []],
  'implausible, but by no factor': [[patient(), ...series('2823-3', 'mmol/L', 4.2, 19)], []],
  'the same in another unit': [[patient(), ...series('29463-7', 'kg', 80).concat(series('29463-7', '[lb_av]', 0, 176.4).slice(1))], []],
  'withdrawn': [[patient(), ...series('2823-3', 'mmol/L', 4.2, 42).map((one) => ({ ...one, status: 'entered-in-error' }))], []],
  'of no known measure': [[patient(), ...series('99999-0', 'mmol/L', 4.2, 42)], []],
  'without times': [[patient(), ...series('2823-3', 'mmol/L', 4.2, 42).map((one) => ({ ...one, effectiveDateTime: undefined }))], []],
  'somebody else’s birth date': [[{ resourceType: 'Patient', id: 'q', birthDate: '1980-01-01' }, patient('2019-10-01'), ...series('29463-7', 'kg', 3.5, 7.7)], []],
  'zero': [[patient(), ...series('6690-2', '10*3/uL', 0, 7)], []],
  'alone': [[patient(), ...series('2823-3', 'mmol/L', 42)], []],
  'below zero, ten times': [[patient(), ...series('2823-3', 'mmol/L', -4.2, -42)], []],
  'implausible by no factor, and ten times that': [[patient(), ...series('2823-3', 'mmol/L', 4.2, 19, 190)], ['Observation/o2 wrong Observation.value']],
  'tenfold and possible, and back': [[patient(), ...series('1742-6', 'U/L', 30, 300, 30)], ['Observation/o1 wrong/biological Observation.value', 'Observation/o2 wrong/biological Observation.value']],
});

test('it says whether the value is plausible', () => {
  const says = (...resources: Parameters<typeof viewOf>[0]) => [...runFolds([valueDelta as never], [], viewOf(resources, valueDelta.reads)).values()].flat().map((finding) => / is implausible in /.test(finding.says));
  expect(says(patient(), ...series('2823-3', 'mmol/L', 4.2, 42))).toEqual([true]);
  expect(says(patient(), ...series('1742-6', 'U/L', 30, 300))).toEqual([false]);
});
