import { resourceCases } from '../../../test/support/rule-cases.ts';
import { valueUnitValid } from './rule.ts';

const measured = (quantity: object) => ({ resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, valueQuantity: { value: 80, ...quantity } });
const ucum = (code: string) => measured({ system: 'http://unitsofmeasure.org', code });
const wrong = 'wrong Observation.value';

resourceCases(valueUnitValid, {
  'no code': [measured({ unit: 'kg' }), wrong],
  'no unit at all': [measured({}), wrong],
  'another system': [measured({ system: 'urn:local', code: 'kg' }), wrong],
  'a spelling that stands for UCUM': [ucum('lbs'), wrong],
  'picohenry for acidity': [ucum('pH'), wrong],
  'not a unit': [ucum('kilos!'), wrong],
  'a component': [{ resourceType: 'Observation', component: [{ valueQuantity: { value: 1, unit: 'x' } }] }, 'wrong Observation.component[0].value'],
  'kilograms': [ucum('kg')],
  'a compound': [ucum('mL/min/{1.73_m2}')],
  'an annotation': [ucum('{score}')],
  'no value': [{ resourceType: 'Observation', valueQuantity: { unit: 'kg' } }],
});
