import { amend, type Defect, type Form } from './defect.ts';
import { coded, isCategory, listAt, part, systems, type JsonObject } from './touch.ts';

const form = (type: string, because: string, element: string, concept: (was: JsonObject) => JsonObject, suits: (resource: JsonObject) => boolean = () => true): Form => amend(type, because, (resource) => {
  const was = part(resource, element);
  return was !== undefined && suits(resource) && Object.assign(resource, { [element]: concept(was) });
});
const local = (): JsonObject => coded(systems.local, 'L-1', 'Local');
const laboratory = (observation: JsonObject): boolean => isCategory(observation, 'laboratory');

export const completenessExpectedSystem: Defect = {
  rule: 'completeness-expected-system',
  forms: [
    form('Observation', 'A laboratory result coded locally alone.', 'code', local, laboratory), form('Condition', 'A diagnosis in words alone.', 'code', () => ({ text: 'cough' })), form('MedicationRequest', 'A drug in words alone.', 'medicationCodeableConcept', () => ({ text: 'the white tablet' })),
    form('Immunization', 'A vaccine coded locally alone.', 'vaccineCode', local), form('AllergyIntolerance', 'An allergy coded locally alone.', 'code', local), form('DocumentReference', 'A note’s type coded locally alone.', 'type', local), form('Procedure', 'A procedure coded locally alone.', 'code', local),
    form('DiagnosticReport', 'A report whose coding has no system.', 'code', () => ({ coding: [{ code: '11502-2' }] })), form('Observation', 'A coding of the right system without a code.', 'code', () => ({ coding: [{ system: systems.loinc, display: 'Glucose' }] }), laboratory),
  ],
  nearMisses: [
    form('Observation', 'A local code beside LOINC.', 'code', (was) => ({ ...was, coding: [{ system: systems.local, code: 'L-1' }, ...listAt(was, 'coding')] }), laboratory), form('Observation', 'LOINC by its OID.', 'code', () => coded('urn:oid:2.16.840.1.113883.6.1', '2345-7'), laboratory),
    form('Condition', 'ICD-10-CM alone.', 'code', () => coded(systems.icd, 'J20.9')), form('Observation', 'A local code of a social history.', 'code', local, (one) => isCategory(one, 'social-history')), form('Immunization', 'Unknown, and that is said.', 'vaccineCode', () => coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'unknown')),
  ],
};
