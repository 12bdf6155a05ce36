import { resourceCases } from '../../../test/support/rule-cases.ts';
import { valueReferenceRange } from './rule.ts';

const mg = (value: number, code: string | undefined = 'mg/dL') => ({ value, ...(code === undefined ? {} : { code }) });
const ranged = (...referenceRange: object[]) => ({ resourceType: 'Observation', valueQuantity: mg(90), referenceRange });
const wrong = 'wrong Observation.referenceRange[0]';

resourceCases(valueReferenceRange, {
  'upside down': [ranged({ low: mg(100), high: mg(70) }), wrong],
  'upside down without units': [ranged({ low: { value: 100 }, high: { value: 70 } }), wrong],
  'upside down after conversion': [ranged({ low: mg(1, 'g/dL'), high: mg(900) }), wrong, ],
  'another unit than the value': [ranged({ low: mg(3.9, 'mmol/L'), high: mg(5.6, 'mmol/L') }), wrong],
  'another size of the unit': [ranged({ low: mg(0.7, 'g/L'), high: mg(1, 'g/L') }), wrong],
  'a component’s': [{ resourceType: 'Observation', component: [{ valueQuantity: mg(1), referenceRange: [{}, { low: mg(9), high: mg(1) }] }] }, 'wrong Observation.component[0].referenceRange[1]'],
  'as it should be': [ranged({ low: mg(70), high: mg(100) })],
  'one point': [ranged({ low: mg(70), high: mg(70) })],
  'one end': [ranged({ high: mg(100) })],
  'units left to the value': [ranged({ low: { value: 70 }, high: { value: 100 } })],
  'a text': [ranged({ text: 'below 100' })],
});
