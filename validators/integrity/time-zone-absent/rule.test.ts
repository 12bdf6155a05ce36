import { resourceCases } from '../../../test/support/rule-cases.ts';
import { timeZoneAbsent } from './rule.ts';

const at = (effectiveDateTime: string) => ({ resourceType: 'Observation', effectiveDateTime });

resourceCases(timeZoneAbsent, {
  'seconds': [at('2020-03-01T10:00:00'), 'wrong Observation.effectiveDateTime'],
  'fractions': [at('2020-03-01T10:00:00.123'), 'wrong Observation.effectiveDateTime'],
  'minutes': [at('2020-03-01T10:00'), 'wrong Observation.effectiveDateTime'],
  'an hour': [at('2020-03-01T10'), 'wrong Observation.effectiveDateTime'],
  'inside a period': [{ resourceType: 'Encounter', period: { start: '2020-03-01T10:00:00', end: '2020-03-01T10:00:00Z' } }, 'wrong Encounter.period.start'],
  'UTC': [at('2020-03-01T10:00:00Z')],
  'an offset': [at('2020-03-01T10:00:00.123-05:00')],
  'a date': [at('2020-03-01')],
  'text that is no date': [{ resourceType: 'Observation', valueString: '2020-03-01T10:00:00' }],
  'when somebody attested': [{ resourceType: 'Composition', attester: [{ time: '2020-03-01T10:00:00' }] }, 'wrong Composition.attester[0].time'],
  'when somebody signed': [{ resourceType: 'Provenance', signature: [{ when: '2020-03-01T10:00:00' }] }, 'wrong Provenance.signature[0].when'],
});
