import { expect, test } from 'vitest';
import { patientCases, viewOf } from '../../../test/support/rule-cases.ts';
import { runFolds } from '../check-patient.ts';
import { privacyUnlabelled } from './rule.ts';

const program = { resourceType: 'Encounter', id: 'e', type: [{ coding: [{ code: 'H0015' }] }], meta: { security: [{ code: '42CFRPart2' }] } };
const result = (more: object = {}) => ({ resourceType: 'Observation', id: 'o', encounter: { reference: 'Encounter/e' }, ...more });
const denies = (provision: object, status = 'active') => ({ resourceType: 'Consent', id: 'c', status, patient: { reference: 'Patient/p' }, provision: { type: 'deny', ...provision } });
const about = { data: [{ meaning: 'instance', reference: { reference: 'Observation/o' } }] };
const wrong = ['Observation/o wrong Observation.meta.security'];

patientCases(privacyUnlabelled, {
  'of a program': [[program, result()], wrong],
  'the program’s own encounter': [[{ ...program, meta: {} }], ['Encounter/e wrong Encounter.meta.security']],
  'a note, named by its context': [[program, { resourceType: 'DocumentReference', id: 'd', context: { encounter: [{ reference: 'Encounter/e' }] } }], ['DocumentReference/d wrong DocumentReference.meta.security']],
  'a psychotherapy note': [[{ resourceType: 'DocumentReference', id: 'd', type: { text: 'Psychotherapy note' } }], ['DocumentReference/d wrong DocumentReference.meta.security']],
  'what only a program does': [[{ resourceType: 'Procedure', id: 'r', code: { coding: [{ system: 'http://snomed.info/sct', code: '310653000' }] } }], ['Procedure/r wrong Procedure.meta.security']],
  'the same, labelled': [[{ resourceType: 'Procedure', id: 'r', code: { coding: [{ system: 'http://snomed.info/sct', code: '310653000' }] }, meta: { security: [{ code: 'ETH' }] } }], []],
  'a consent that denies it': [[denies(about), result()], wrong],
  'a denial inside a permission': [[denies({ type: 'permit', provision: [{ type: 'deny', ...about }] }), result()], wrong],
  'a consent that denies everything': [[denies({}), { resourceType: 'Patient', id: 'p' }], ['Patient/p wrong Patient.meta.security']],
  'of a program, labelled': [[program, result({ meta: { security: [{ code: 'R' }] } })], []],
  'of another encounter': [[program, result({ encounter: { reference: 'Encounter/f' } })], []],
  'a use disorder elsewhere': [[result({ code: { text: 'opioids' } })], []],
  'a consent that permits': [[denies({ ...about, type: 'permit' }), result()], []],
  'a consent no longer active': [[denies(about, 'inactive'), result()], []],
  'a labelled psychotherapy note': [[{ resourceType: 'DocumentReference', id: 'd', type: { text: 'Psychotherapy note' }, meta: { security: [{ code: 'PSYTHPN' }] } }], []],
  'a program, whatever its code’s system is called': [[{ ...program, type: [{ coding: [{ system: 'urn:hcpcs', code: 'H0015' }] }] }, result()], wrong],
  'a place of service, in another system': [[{ ...program, type: [{ coding: [{ system: 'urn:local', code: '55' }] }] }, result()], []],
  'another procedure': [[{ resourceType: 'Procedure', id: 'r', code: { coding: [{ system: 'http://snomed.info/sct', code: '80146002' }] } }], []],
  'what only a program does, as a question': [[result({ code: { coding: [{ system: 'http://snomed.info/sct', code: '310653000' }] } })], []],
  'of a program, labelled among other labels': [[program, result({ meta: { security: [{ code: 'R' }, { code: 'HTEST' }] } })], []],
  'of a program, with another label': [[program, result({ meta: { security: [{ code: 'HTEST' }] } })], wrong],
  'neither a program nor a denial': [[{ ...program, type: [{ coding: [{ code: '99213' }] }], meta: {} }, result()], []],
  'a denial of what a program made': [[program, denies(about), result()], [...wrong, ...wrong]],
  'a program by its words': [[{ resourceType: 'Encounter', id: 'e', serviceType: { text: 'Opioid treatment program' } }], ['Encounter/e wrong Encounter.meta.security']],
  'a program by its place': [[{ resourceType: 'Encounter', id: 'e', location: [{ location: { display: 'Addiction Recovery Center' } }] }], ['Encounter/e wrong Encounter.meta.security']],
  'a program by who provides it': [[{ resourceType: 'Encounter', id: 'e', serviceProvider: { display: 'Hope Methadone Clinic' } }], ['Encounter/e wrong Encounter.meta.security']],
  'a visit for a substance, in a hospital': [[{ resourceType: 'Encounter', id: 'e', type: [{ text: 'Opioid overdose' }] }], []],
  'what only a program does, in words': [[{ resourceType: 'Procedure', id: 'r', code: { text: 'Methadone maintenance therapy' } }], ['Procedure/r wrong Procedure.meta.security']],
  'a psychotherapy note by its description': [[{ resourceType: 'DocumentReference', id: 'd', description: 'Psychotherapy process note' }], ['DocumentReference/d wrong DocumentReference.meta.security']],
  'a psychotherapy note by its category': [[{ resourceType: 'DocumentReference', id: 'd', category: [{ text: 'Psychotherapy notes' }] }], ['DocumentReference/d wrong DocumentReference.meta.security']],
  'a code is denied': [[denies({ code: [{ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'B20' }] }] }), { resourceType: 'Condition', id: 'h', code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'B20' }] } }, result()], ['Condition/h wrong Condition.meta.security']],
  'a type is denied': [[denies({ class: [{ code: 'Condition' }] }), { resourceType: 'Condition', id: 'h', code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'B20' }] } }, result()], ['Condition/h wrong Condition.meta.security']],
  'denied to one recipient': [[denies({ ...about, actor: [{ reference: { reference: 'Practitioner/x' } }] }), result()], []],
  'denied to a role': [[denies({ ...about, actor: [{ role: { text: 'any' } }] }), result()], wrong],
  'denied until last year': [[denies({ ...about, period: { start: '2020-01-01', end: '2025-01-01' } }), result()], []],
  'denied until next year': [[denies({ ...about, period: { start: '2020-01-01', end: '2027-01-01' } }), result()], wrong],
  'denied to one recipient and a role': [[denies({ ...about, actor: [{ role: { text: 'any' } }, { reference: { reference: 'Practitioner/x' } }] }), result()], []],
});

test('the finding names the purposes that are permitted', () => {
  const permits = (...resources: Parameters<typeof viewOf>[0]) => [...runFolds([privacyUnlabelled as never], [], viewOf(resources, privacyUnlabelled.reads)).values()].flat().map((finding) => finding.permits);
  expect(permits(program, result())).toEqual([[]]);
  expect(permits(denies({ ...about, purpose: [{ code: 'HRESCH' }] }), result())).toEqual([['care', 'quality', 'payment']]);
  const consent = { resourceType: 'Consent', id: 'c', status: 'active', policyRule: { coding: [{ code: '42CFRPart2' }] }, provision: { type: 'permit', purpose: [{ code: 'TREAT' }] } };
  expect(permits(program, result(), consent)).toEqual([['care', 'payment', 'quality']]);
  const treated = { resourceType: 'Procedure', id: 'r', code: { coding: [{ system: 'http://snomed.info/sct', code: '310653000' }] } };
  expect(permits(treated)).toEqual([[]]);
  expect(permits(treated, consent)).toEqual([['care', 'payment', 'quality']]);
  const provided = (more: object) => ({ ...consent, provision: { ...consent.provision, ...more } });
  expect(permits(program, result(), provided({ purpose: [{ code: 'HPAYMT' }, { code: 'TREAT' }] }))).toEqual([['care', 'payment', 'quality']]);
  expect(permits(program, result(), provided({ purpose: [{ code: 'HRESCH' }] }))).toEqual([[]]);
  expect(permits(program, result(), { ...consent, policyRule: { coding: [{ code: 'OPTIN' }] } })).toEqual([[]]);
});
