import { resourceCases } from '../../../test/support/rule-cases.ts';
import { completenessExpectedSystem } from './rule.ts';

const coded = (...systems: string[]) => ({ coding: systems.map((system) => ({ system, code: '1' })) });
const result = (code: object, category = 'laboratory') => ({ resourceType: 'Observation', category: [{ coding: [{ code: category }] }], code });

resourceCases(completenessExpectedSystem, {
  'a laboratory result coded locally': [result(coded('urn:local')), 'wrong Observation.code'],
  'a text alone': [result({ text: 'potassium' }), 'wrong Observation.code'],
  'a system without a code': [result({ coding: [{ system: 'http://loinc.org' }] }), 'wrong Observation.code'],
  'a drug by NDC alone': [{ resourceType: 'MedicationRequest', medicationCodeableConcept: coded('http://hl7.org/fhir/sid/ndc') }, 'wrong MedicationRequest.medicationCodeableConcept'],
  'a vaccine by name': [{ resourceType: 'Immunization', vaccineCode: { text: 'flu' } }, 'wrong Immunization.vaccineCode'],
  'a condition in ICD-9': [{ resourceType: 'Condition', code: coded('http://hl7.org/fhir/sid/icd-9-cm') }, 'wrong Condition.code'],
  'local and LOINC': [result(coded('urn:local', 'http://loinc.org'))],
  'a condition in ICD-10-CM': [{ resourceType: 'Condition', code: coded('http://hl7.org/fhir/sid/icd-10-cm') }],
  'a procedure in HCPCS': [{ resourceType: 'Procedure', code: coded('urn:oid:2.16.840.1.113883.6.285') }],
  'a survey answer coded locally': [result(coded('urn:local'), 'survey')],
  'no concept': [{ resourceType: 'Condition' }],
  'absent with a reason': [{ resourceType: 'Immunization', vaccineCode: coded('http://terminology.hl7.org/CodeSystem/data-absent-reason') }],
  'a laboratory result of two categories': [{ ...result(coded('urn:local')), category: [{ coding: [{ code: 'survey' }] }, { coding: [{ code: 'laboratory' }] }] }, 'wrong Observation.code'],
  'a reason for its absence among others': [result(coded('urn:local', 'http://terminology.hl7.org/CodeSystem/data-absent-reason'))],
});
