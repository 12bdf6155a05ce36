import { claim as stayClaim, icd, stay } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { claimDuplicateSecondary } from './rule.ts';

const typed = (code: string, type: string, sequence: number) => ({ sequence, diagnosisCodeableConcept: icd(code), type: [{ coding: [{ code: type }] }] });
const claim = (...diagnosis: object[]) => [{ ...stayClaim([]), diagnosis }];
const condition = (id: string, code: string) => ({ resourceType: 'Condition', id, code: icd(code) });
const encounter = (...diagnosis: object[]) => stay('IMP', { diagnosis });
const ranked = (rank: number, id: string) => ({ rank, condition: { reference: `Condition/${id}` } });

patientCases(claimDuplicateSecondary, {
  'by code': [claim(typed('E11.9', 'principal', 1), typed('E11.9', 'secondary', 2)), ['Claim/k wrong Claim.diagnosis[1]']],
  'with and without the dot': [claim(typed('E119', 'principal', 1), typed('I10', 'secondary', 2), typed('E11.9', 'secondary', 3)), ['Claim/k wrong Claim.diagnosis[2]']],
  'by sequence, without types': [claim({ sequence: 1, diagnosisCodeableConcept: icd('I10') }, { sequence: 2, diagnosisCodeableConcept: icd('I10') }), ['Claim/k wrong Claim.diagnosis[1]']],
  'by reference': [claim({ sequence: 1, diagnosisReference: { reference: 'Condition/a' } }, { sequence: 2, diagnosisReference: { reference: 'Condition/a' } }), ['Claim/k wrong Claim.diagnosis[1]']],
  'by code and by reference': [[condition('a', 'I10'), ...claim(typed('I10', 'principal', 1), { sequence: 2, diagnosisReference: { reference: 'Condition/a' } })], ['Claim/k wrong Claim.diagnosis[1]']],
  'in an encounter': [[encounter(ranked(2, 'a'), ranked(1, 'a'))], ['Encounter/e wrong Encounter.diagnosis[0]']],
  'two conditions of one code in an encounter': [[condition('a', 'I10'), condition('b', 'I10'), encounter(ranked(1, 'a'), ranked(2, 'b'))], ['Encounter/e wrong Encounter.diagnosis[1]']],
  'why the patient was admitted': [claim(typed('E11.9', 'principal', 1), typed('E11.9', 'admitting', 2)), []],
  'different codes': [claim(typed('E11.9', 'principal', 1), typed('E11.8', 'secondary', 2)), []],
  'of the same digits in another system': [claim(typed('I10', 'principal', 1), { sequence: 2, diagnosisCodeableConcept: { coding: [{ system: 'urn:local', code: 'I10' }] } }), []],
  'two secondary alike: not this rule': [claim(typed('E11.9', 'principal', 1), typed('I10', 'secondary', 2), typed('I10', 'secondary', 3)), []],
  'a cancelled claim': [[{ ...claim(typed('E11.9', 'principal', 1), typed('E11.9', 'secondary', 2))[0]!, status: 'cancelled' }], []],
  'no diagnosis': [claim(), []],
});
