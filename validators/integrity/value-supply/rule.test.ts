import { resourceCases } from '../../../test/support/rule-cases.ts';
import { valueSupply } from './rule.ts';

const request = (dispenseRequest: object) => ({ resourceType: 'MedicationRequest', dispenseRequest });
const lasting = (value: number, code?: string) => request({ expectedSupplyDuration: { value, ...(code === undefined ? {} : { code }) } });
const dispensed = (value: number) => ({ resourceType: 'MedicationDispense', daysSupply: { value } });
const duration = 'MedicationRequest.dispenseRequest.expectedSupplyDuration';

resourceCases(valueSupply, {
  'no day': [lasting(0, 'd'), `wrong ${duration}`],
  'more than a year': [lasting(366, 'd'), `wrong ${duration}`],
  'two years': [lasting(2, 'a'), `wrong ${duration}`],
  'dispensed for ten years': [dispensed(3650), 'wrong MedicationDispense.daysSupply'],
  'ninety refills': [request({ numberOfRepeatsAllowed: 90 }), 'wrong MedicationRequest.dispenseRequest.numberOfRepeatsAllowed'],
  'negative refills': [request({ numberOfRepeatsAllowed: -1 }), 'wrong MedicationRequest.dispenseRequest.numberOfRepeatsAllowed'],
  'a day': [lasting(1, 'd')],
  'a year': [lasting(365, 'd')],
  'three months': [lasting(3, 'mo')],
  'twenty-four refills': [request({ numberOfRepeatsAllowed: 24 })],
  'no refills': [request({ numberOfRepeatsAllowed: 0 })],
  'dispensed for thirty, in days by its name': [dispensed(30)],
  'no unit of time': [lasting(30), `unevaluated ${duration}`],
  'nothing said': [request({})],
});
