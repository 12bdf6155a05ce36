import { resourceCases } from '../../../test/support/rule-cases.ts';
import { timeFuture } from './rule.ts';

resourceCases(timeFuture, {
  'next year': [{ resourceType: 'Observation', effectiveDateTime: '2027-03-01T10:00:00Z' }, 'wrong Observation.effectiveDateTime'],
  'two days on': [{ resourceType: 'Condition', recordedDate: '2026-11-03T13:00:00Z' }, 'wrong Condition.recordedDate'],
  'born next year': [{ resourceType: 'Patient', birthDate: '2027' }, 'wrong Patient.birthDate'],
  'two at once': [{ resourceType: 'Observation', effectiveDateTime: '2062-01-01', issued: '2062-01-02T00:00:00Z' },
    'wrong Observation.effectiveDateTime', 'wrong Observation.issued'],
  'twenty hours on: zones and clocks': [{ resourceType: 'Observation', effectiveDateTime: '2026-11-02T08:00:00Z' }],
  'this month, day unknown': [{ resourceType: 'Condition', onsetDateTime: '2026-11' }],
  'a planned visit': [{ resourceType: 'Encounter', status: 'planned', period: { start: '2027-01-01T09:00:00Z' } }],
  'a finished visit in the future': [{ resourceType: 'Encounter', status: 'finished', period: { start: '2027-01-01T09:00:00Z' } }, 'wrong Encounter.period.start'],
  'an expected discharge': [{ resourceType: 'Encounter', status: 'in-progress', period: { start: '2026-10-31T09:00:00Z', end: '2026-11-20T09:00:00Z' } }],
  'a care plan for next year': [{ resourceType: 'CarePlan', status: 'active', period: { start: '2027-01-01' } }],
  'a request written next year': [{ resourceType: 'ServiceRequest', status: 'active', authoredOn: '2027-01-01' }, 'wrong ServiceRequest.authoredOn'],
  'in the past': [{ resourceType: 'Observation', effectiveDateTime: '2019-05-05' }],
  'billed for next year': [{ resourceType: 'Claim', use: 'claim', billablePeriod: { start: '2027-01-01' } }, 'wrong Claim.billablePeriod.start'],
  'asked for next year': [{ resourceType: 'Claim', use: 'preauthorization', billablePeriod: { start: '2027-01-01' } }],
  'over next year': [{ resourceType: 'Condition', abatementDateTime: '2027-01-01' }, 'wrong Condition.abatementDateTime'],
});
