import { resourceCases } from '../../../test/support/rule-cases.ts';
import { valueTypeFits } from './rule.ts';

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const result = (code: string, value: object) => ({ resourceType: 'Observation', status: 'final', code: loinc(code), ...value });
const wrong = 'wrong Observation.value';

resourceCases(valueTypeFits, {
  'potassium as a text': [result('2823-3', { valueString: 'see note' }), wrong],
  'body weight as a concept': [result('29463-7', { valueCodeableConcept: { text: 'heavy' } }), wrong],
  'presence of ketones as a quantity': [result('2514-8', { valueQuantity: { value: 1, code: '{presence}' } }), wrong],
  'smoking status as a quantity': [result('72166-2', { valueQuantity: { value: 1 } }), wrong],
  'a component': [{ resourceType: 'Observation', component: [{ code: loinc('8480-6'), valueString: '120' }] }, 'wrong Observation.component[0].value'],
  'potassium as a quantity': [result('2823-3', { valueQuantity: { value: 4 } })],
  'a titre as a ratio': [result('2823-3', { valueRatio: {} })],
  'presence as a concept': [result('2514-8', { valueCodeableConcept: {} })],
  'no value, and why': [result('2823-3', { dataAbsentReason: {} })],
  'a code the table does not have': [result('1-8', { valueString: 'x' })],
  'withdrawn': [{ ...result('2823-3', { valueString: 'x' }), status: 'entered-in-error' }],
});
