import { resourceCases } from '../../../test/support/rule-cases.ts';
import { claimDuplicateSecondary } from './rule.ts';

const icd = (code: string) => ({ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] });
const typed = (code: string, type: string, sequence: number) => ({ sequence, diagnosisCodeableConcept: icd(code), type: [{ coding: [{ code: type }] }] });
const claim = (...diagnosis: object[]) => ({ resourceType: 'Claim', diagnosis });

resourceCases(claimDuplicateSecondary, {
  'by code': [claim(typed('E11.9', 'principal', 1), typed('E11.9', 'secondary', 2)), 'wrong Claim.diagnosis[1]'],
  'with and without the dot': [claim(typed('E119', 'principal', 1), typed('I10', 'secondary', 2), typed('E11.9', 'secondary', 3)), 'wrong Claim.diagnosis[2]'],
  'by sequence, without types': [claim({ sequence: 1, diagnosisCodeableConcept: icd('I10') }, { sequence: 2, diagnosisCodeableConcept: icd('I10') }), 'wrong Claim.diagnosis[1]'],
  'by reference': [claim({ sequence: 1, diagnosisReference: { reference: 'Condition/a' } }, { sequence: 2, diagnosisReference: { reference: 'Condition/a' } }), 'wrong Claim.diagnosis[1]'],
  'in an encounter': [{ resourceType: 'Encounter', diagnosis: [{ rank: 2, condition: { reference: 'Condition/a' } }, { rank: 1, condition: { reference: 'Condition/a' } }] }, 'wrong Encounter.diagnosis[0]'],
  'different codes': [claim(typed('E11.9', 'principal', 1), typed('E11.8', 'secondary', 2))],
  'two secondary alike: not this rule': [claim(typed('E11.9', 'principal', 1), typed('I10', 'secondary', 2), typed('I10', 'secondary', 3))],
  'no diagnosis': [claim()],
});
