import { resourceCases } from '../../../test/support/rule-cases.ts';
import { referenceMissing } from './rule.ts';

resourceCases(referenceMissing, {
  'an observation of nobody': [{ resourceType: 'Observation' }, 'wrong Observation.subject'],
  'an allergy of nobody': [{ resourceType: 'AllergyIntolerance', subject: { reference: 'Patient/p' } }, 'wrong AllergyIntolerance.patient'],
  'a name only': [{ resourceType: 'Condition', subject: { display: 'somebody' } }, 'wrong Condition.subject'],
  'a provenance of nothing': [{ resourceType: 'Provenance', target: [] }, 'wrong Provenance.target'],
  'present': [{ resourceType: 'Observation', subject: { reference: 'Patient/p' } }],
  'by identifier': [{ resourceType: 'Observation', subject: { identifier: { system: 'urn:x', value: '7' } } }],
  'targets': [{ resourceType: 'Provenance', target: [{ reference: 'Observation/o' }] }],
  'a type that needs none': [{ resourceType: 'Practitioner' }],
  'a relative of nobody': [{ resourceType: 'RelatedPerson' }, 'wrong RelatedPerson.patient'],
});
