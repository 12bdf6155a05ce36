import { resourceCases } from '../../../test/support/rule-cases.ts';
import { valueUnitFits } from './rule.ts';

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const result = (code: string, unit: string | undefined, more: object = {}) =>
  ({ resourceType: 'Observation', status: 'final', code: loinc(code), valueQuantity: { value: 5, ...(unit === undefined ? {} : { system: 'http://unitsofmeasure.org', code: unit }) }, ...more });

resourceCases(valueUnitFits, {
  'glucose by mass in moles': [result('2345-7', 'mmol/L'), 'wrong Observation.value'],
  'body weight in centimetres': [result('29463-7', 'cm'), 'wrong Observation.value'],
  'leukocytes in moles': [result('6690-2', 'mmol/L'), 'wrong Observation.value'],
  'potassium as a percentage': [result('2823-3', '%'), 'wrong Observation.value'],
  'a component': [{ resourceType: 'Observation', component: [{ code: loinc('8480-6'), valueQuantity: { value: 120, code: 'kg' } }] }, 'wrong Observation.component[0].value'],
  'pH in hydrogen’s moles': [result('2744-1', 'mmol/L'), 'wrong Observation.value'],
  'another unit of the family': [result('2345-7', 'g/L')],
  'weight in pounds': [result('29463-7', '[lb_av]')],
  'weight in a spelling that stands for pounds': [result('29463-7', 'lbs')],
  'annotations mean nothing': [result('33914-3', 'mL/min')],
  'pH': [result('5803-2', 'pH')],
  'equivalents for moles': [result('2823-3', 'meq/L')],
  'enzymes in international units': [result('1742-6', '[IU]/L')],
  'withdrawn': [result('2345-7', 'mmol/L', { status: 'entered-in-error' })],
  'no unit': [result('2345-7', undefined), 'unevaluated Observation.value'],
  'a unit nobody knows': [result('2345-7', 'glorps'), 'unevaluated Observation.value'],
  'a code the table does not have': [result('1-8', 'cm')],
});
