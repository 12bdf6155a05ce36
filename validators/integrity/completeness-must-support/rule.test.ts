import { resourceCases } from '../../../test/support/rule-cases.ts';
import { completenessMustSupport } from './rule.ts';

const profile = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-allergyintolerance';
const allergy = { resourceType: 'AllergyIntolerance', meta: { profile: [profile] }, clinicalStatus: {}, verificationStatus: {}, code: {}, patient: {}, reaction: [{ manifestation: [{}] }] };
const { code: _, ...withoutCode } = allergy;
const patient = (name: object) => ({ resourceType: 'Patient', meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'] }, name: [name],
  identifier: [{ system: 's', value: 'v' }], gender: 'female', birthDate: '1980', telecom: [{ system: 'phone', value: '1', use: 'home' }],
  communication: [{ language: {} }], address: [{ use: 'home', line: ['1'], city: 'c', state: 's', postalCode: 'p', period: {} }], deceasedBoolean: false });
const absent = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
const rate = (more: object) => ({ resourceType: 'Observation', meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-heart-rate'] }, status: 'final', category: [{}], code: {}, subject: {}, valueQuantity: { value: 1, unit: 'u', system: 's', code: '/min' }, ...more });
const smoking = { resourceType: 'Observation', meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-smokingstatus'] }, status: 'final', category: [{}], code: {}, subject: {} };
const named = { use: 'official', family: 'Byron', given: ['Ada'], suffix: ['Jr'], period: {} };

resourceCases(completenessMustSupport, {
  'a code': [withoutCode, 'wrong AllergyIntolerance.code'],
  'inside what is there': [{ ...allergy, reaction: [{}] }, 'wrong AllergyIntolerance.reaction.manifestation'],
  'in one of a list is enough': [{ ...allergy, reaction: [{ manifestation: [{}] }, {}] }],
  'a family name': [patient({ ...named, family: undefined }), 'wrong Patient.name.family'],
  'a family name with a reason': [patient({ ...named, family: undefined, _family: absent })],
  'a family name whose holder has the reason': [patient({ ...named, family: undefined, ...absent })],
  'a family name whose holder has another extension': [patient({ ...named, family: undefined, extension: [{ url: 'urn:other' }] }), 'wrong Patient.name.family'],
  'a list that is empty': [{ ...allergy, reaction: [{ manifestation: [] }] }],
  'a choice of any type': [rate({ effectivePeriod: {} })],
  'a choice with its reason in the shadow': [rate({ _effectiveDateTime: absent })],
  'a choice that is absent': [rate({}), 'wrong Observation.effective[x]'],
  'an element that only begins like the choice': [rate({ effectiveness: 'x', effective: undefined, _effectiveness: 'x' }), 'wrong Observation.effective[x]'],
  'no value, and the reason': [rate({ effectivePeriod: {}, valueQuantity: undefined, dataAbsentReason: {} })],
  'all there': [allergy],
  'a profile’s version': [{ ...withoutCode, meta: { profile: [`${profile}|6.1.0`] } }, 'wrong AllergyIntolerance.code'],
  'another profile': [{ ...withoutCode, meta: { profile: ['urn:local'] } }],
  'no profile': [{ resourceType: 'AllergyIntolerance' }],
  'a time that is absent, and the reason for a value': [rate({ dataAbsentReason: {} }), 'wrong Observation.effective[x]'],
  'a family name whose holder has the reason behind another extension': [patient({ ...named, family: undefined, extension: [{ url: 'urn:other' }, ...absent.extension] })],
  'no value, and no reason': [smoking, 'wrong Observation.value[x]'],
  'no value, and components': [{ ...smoking, component: [] }],
});
