import { amend, type Defect, type Form } from './defect.ts';
import type { JsonObject } from './touch.ts';

const form = (type: string, because: string, change: (resource: JsonObject, element: 'subject' | 'patient') => unknown): Form => amend(type, because, (resource) => {
  const element = resource['subject'] !== undefined ? 'subject' : 'patient';
  return resource[element] !== undefined && change(resource, element);
});
const drop = (resource: JsonObject, element: string): void => { delete resource[element]; };

export const referenceMissing: Defect = {
  rule: 'reference-missing',
  forms: [
    amend('Observation', 'The interface dropped the patient.', (observation) => observation['valueQuantity'] !== undefined && observation['subject'] !== undefined && delete observation['subject']),
    form('Condition', 'A diagnosis of nobody.', drop), form('Immunization', 'A vaccination of nobody.', drop), form('DocumentReference', 'A note about a name, without a reference.', (note, element) => { note[element] = { display: 'A patient' }; }),
    form('MedicationRequest', 'An empty reference.', (request, element) => { request[element] = { reference: '' }; }), form('Claim', 'A bill for nobody.', drop), form('Encounter', 'A visit of nobody.', (encounter, element) => { encounter[element] = {}; }),
  ],
  nearMisses: [form('Observation', 'Named by an identifier.', (observation, element) => { observation[element] = { identifier: { system: 'urn:oid:1.2.36.146.595.217.0.1', value: 'C1' } }; }), form('Condition', 'Named by a version of the record.', (condition, element) => { condition[element] = { reference: `${String((condition[element] as JsonObject)['reference'])}/_history/1` }; })],
};
