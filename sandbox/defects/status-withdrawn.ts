import { amend, type Defect, type Form } from './defect.ts';
import { coded } from './touch.ts';

const form = (type: string, because: string, element: string, value: string): Form => amend(type, because, (resource) => resource[element] !== undefined && Object.assign(resource, { [element]: value }));
const verification = (type: string, because: string, system: string, code: string): Form => amend(type, because, (resource) => {
  delete resource['clinicalStatus'];
  resource['verificationStatus'] = coded(`http://terminology.hl7.org/CodeSystem/${system}`, code);
});

export const statusWithdrawn: Defect = {
  rule: 'status-withdrawn',
  forms: [
    amend('Observation', 'Its author marked it entered in error.', (observation) => observation['status'] === 'final' && observation['valueQuantity'] !== undefined && Object.assign(observation, { status: 'entered-in-error' })),
    form('Encounter', 'A visit entered in error.', 'status', 'entered-in-error'), form('MedicationRequest', 'An order entered in error.', 'status', 'entered-in-error'), form('DocumentReference', 'A note entered in error.', 'status', 'entered-in-error'),
    verification('Condition', 'A diagnosis entered in error.', 'condition-ver-status', 'entered-in-error'), verification('AllergyIntolerance', 'An allergy entered in error.', 'allergyintolerance-verification', 'entered-in-error'),
    form('DocumentReference', 'A note whose document was entered in error.', 'docStatus', 'entered-in-error'), form('Immunization', 'A vaccination entered in error.', 'status', 'entered-in-error'),
  ],
  nearMisses: [
    form('MedicationRequest', 'An order that was stopped.', 'status', 'stopped'), verification('Condition', 'A diagnosis that was refuted.', 'condition-ver-status', 'refuted'), form('Encounter', 'A visit that was cancelled.', 'status', 'cancelled'), form('Immunization', 'A vaccination not done.', 'status', 'not-done'),
  ],
};
