import { resourceCases } from '../../../test/support/rule-cases.ts';
import { timeImplausiblyOld } from './rule.ts';

resourceCases(timeImplausiblyOld, {
  'a result of 1900': [{ resourceType: 'Observation', effectiveDateTime: '1900-01-01' }, 'wrong Observation.effectiveDateTime'],
  'a visit of 1949': [{ resourceType: 'Encounter', period: { start: '1949-12-31T23:00:00Z' } }, 'wrong Encounter.period.start'],
  'born in 1849': [{ resourceType: 'Patient', birthDate: '1849-12-31' }, 'wrong Patient.birthDate'],
  'a lost century': [{ resourceType: 'Condition', recordedDate: '0020-03-01' }, 'wrong Condition.recordedDate'],
  'a visit of 1950': [{ resourceType: 'Encounter', period: { start: '1950-01-01' } }],
  'born in 1900': [{ resourceType: 'Patient', birthDate: '1900-05-05' }],
  'died in 1949': [{ resourceType: 'Patient', birthDate: '1900', deceasedDateTime: '1949' }, 'wrong Patient.deceasedDateTime'],
  'no dates': [{ resourceType: 'Observation' }],
});
