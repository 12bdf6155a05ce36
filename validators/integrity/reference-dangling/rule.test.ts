import { patientCases } from '../../../test/support/rule-cases.ts';
import { referenceDangling } from './rule.ts';

const patient = { resourceType: 'Patient', id: 'p' };
const result = (encounter: string, more: object = {}) =>
  ({ resourceType: 'Observation', id: 'o', subject: { reference: 'Patient/p' }, encounter: { reference: encounter }, ...more });
const dangling = ['Observation/o wrong Observation.encounter'];

patientCases(referenceDangling, {
  'asked and absent': [[patient, result('Encounter/e')], dangling, { absent: ['Encounter/e'] }],
  'a version of what is absent': [[patient, result('Encounter/e/_history/2')], dangling, { absent: ['Encounter/e'] }],
  'a transaction’s own name': [[patient, result('urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0')], dangling],
  'contained, but not there': [[patient, result('#e', { contained: [{ resourceType: 'Encounter', id: 'f' }] })], dangling],
  'in a list': [[patient, { resourceType: 'DiagnosticReport', id: 'd', result: [{ reference: 'Observation/o' }, { reference: 'Observation/x' }] }, result('#')],
    ['DiagnosticReport/d wrong DiagnosticReport.result[1]'], { absent: ['Observation/x'] }],
  'landed': [[patient, result('Encounter/e'), { resourceType: 'Encounter', id: 'e' }], []],
  'a landed version': [[patient, result('Encounter/e/_history/2'), { resourceType: 'Encounter', id: 'e' }], []],
  'contained': [[patient, result('#e', { contained: [{ resourceType: 'Encounter', id: 'e' }] })], []],
  'not asked for': [[patient, result('Encounter/e')], ['Observation/o unevaluated Observation.encounter']],
  'conditional': [[patient, result('Encounter?identifier=7')], ['Observation/o unevaluated Observation.encounter']],
  'absolute': [[patient, result('https://example.org/fhir/Encounter/7')], ['Observation/o unevaluated Observation.encounter']],
  'several unknown: told once': [[patient, { resourceType: 'DiagnosticReport', id: 'd', result: [{ reference: 'Observation/a' }, { reference: 'Observation/b' }] }],
    ['DiagnosticReport/d unevaluated DiagnosticReport.result[0]']],
  'contained, the second of two': [[patient, result('#e', { contained: [{ resourceType: 'Encounter', id: 'f' }, { resourceType: 'Encounter', id: 'e' }] })], []],
});
