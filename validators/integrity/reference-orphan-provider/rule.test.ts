import { patientCases } from '../../../test/support/rule-cases.ts';
import { referenceOrphanProvider } from './rule.ts';

const result = (performer: string) => ({ resourceType: 'Observation', id: 'o', subject: { reference: 'Patient/p' }, performer: [{ reference: performer }] });
const absent = { absent: ['Practitioner/x', 'PractitionerRole/x'] };

patientCases(referenceOrphanProvider, {
  'a performer': [[result('Practitioner/x')], ['Observation/o wrong Observation.performer[0]'], absent],
  'an encounter’s participant': [[{ resourceType: 'Encounter', id: 'e', participant: [{}, { individual: { reference: 'PractitionerRole/x' } }] }],
    ['Encounter/e wrong Encounter.participant[1].individual'], absent],
  'who provides the encounter': [[{ resourceType: 'Encounter', id: 'e', serviceProvider: { reference: 'Practitioner/x' } }], ['Encounter/e wrong Encounter.serviceProvider'], absent],
  'an author': [[{ resourceType: 'DocumentReference', id: 'd', author: [{ reference: 'Practitioner/x' }] }], ['DocumentReference/d wrong DocumentReference.author[0]'], absent],
  'landed': [[result('Practitioner/y'), { resourceType: 'Practitioner', id: 'y' }], [], absent],
  'not asked for': [[result('Practitioner/y')], [], absent],
  'the patient performed it': [[result('Patient/p')], [], { absent: ['Patient/p'] }],
  'of what is only referenced': [[result('Practitioner/x')], [], { ...absent, referenced: ['Observation/o'] }],
  'an agent': [[{ resourceType: 'Provenance', id: 'v', agent: [{ who: { reference: 'Practitioner/x' } }] }], ['Provenance/v wrong Provenance.agent[0].who'], absent],
  'who keeps a document': [[{ resourceType: 'DocumentReference', id: 'd', custodian: { reference: 'Practitioner/x' } }], ['DocumentReference/d wrong DocumentReference.custodian'], absent],
  'who drew the blood': [[{ resourceType: 'Specimen', id: 's', collection: { collector: { reference: 'Practitioner/x' } } }], ['Specimen/s wrong Specimen.collection.collector'], absent],
});
