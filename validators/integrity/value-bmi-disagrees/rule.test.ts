import { patientCases } from '../../../test/support/rule-cases.ts';
import { valueBmiDisagrees } from './rule.ts';

const measured = (id: string, code: string, value: number, unit: string, encounter = 'e') => ({ resourceType: 'Observation', id, status: 'final', effectiveDateTime: '2020-01-01T10:00:00Z',
  code: { coding: [{ system: 'http://loinc.org', code }] }, valueQuantity: { value, code: unit }, ...(encounter === '' ? {} : { encounter: { reference: `Encounter/${encounter}` } }) });
const weight = measured('w', '29463-7', 80, 'kg');
const height = measured('h', '8302-2', 180, 'cm');
const bmi = (value: number, encounter?: string) => measured('b', '39156-5', value, 'kg/m2', encounter);
const wrong = ['Observation/b wrong Observation.value'];

patientCases(valueBmiDisagrees, {
  'digits swapped': [[weight, height, bmi(42.7)], wrong],
  'six percent off': [[weight, height, bmi(26.2)], wrong],
  'weight in pounds is converted': [[measured('w', '29463-7', 176.4, '[lb_av]'), height, bmi(24.7)], []],
  'pounds called kilograms': [[measured('w', '29463-7', 176.4, 'kg'), height, bmi(24.7)], wrong],
  'on one day without encounters': [[measured('w', '29463-7', 80, 'kg', ''), measured('h', '8302-2', 180, 'cm', ''), bmi(42.7, '')], wrong],
  'rounded': [[weight, height, bmi(25)], []],
  'weighed twice': [[measured('v', '29463-7', 138, 'kg'), weight, height, bmi(24.7)], []],
  'of another encounter': [[weight, height, bmi(42.7, 'f')], []],
  'no height': [[weight, bmi(42.7)], []],
  'weighed twice, and one agrees': [[weight, measured('w2', '29463-7', 95, 'kg'), height, bmi(24.7)], []],
  'no height, again': [[weight, bmi(42)], []],
  'no weight': [[height, bmi(42)], []],
  'withdrawn': [[weight, height, { ...bmi(42.7), status: 'entered-in-error' }], []],
  'no value': [[weight, height, { ...bmi(1), valueQuantity: undefined }], []],
  'no encounter and no time': [[{ ...weight, encounter: undefined, effectiveDateTime: undefined }, { ...height, encounter: undefined, effectiveDateTime: undefined }, { ...bmi(42.7), encounter: undefined, effectiveDateTime: undefined }], []],
  'two heights of which one agrees': [[weight, height, measured('h2', '8302-2', 150, 'cm'), bmi(24.7)], []],
  'in another’s record': [[weight, height, bmi(42.7)], [], { referenced: ['Observation/b'] }],
  'weighed without clothes, measured standing': [[measured('w', '8351-9', 80, 'kg'), measured('h', '8308-9', 180, 'cm'), bmi(42.7)], wrong],
});
