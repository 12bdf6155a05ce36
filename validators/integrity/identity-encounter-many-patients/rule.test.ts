import { populationCases } from '../../../test/support/rule-cases.ts';
import { identityEncounterManyPatients, type EncounterCandidate } from './rule.ts';

const user = (patient: string, time = '2020-03-01T10:00:00Z') => ({ version: `of ${patient}`, type: 'Observation', patient, expression: 'Observation.encounter', time });
const met = (more: Partial<EncounterCandidate> = {}): EncounterCandidate => ({ encounter: { version: 'e', patient: 'a' }, users: [user('a'), user('b')], links: [], birthDates: {}, ...more });

populationCases(identityEncounterManyPatients, {
  'somebody else’s result': [met(), 'of b wrong Observation.encounter'],
  'the encounter does not say: most decide': [met({ encounter: { version: 'e', patient: undefined }, users: [user('b'), user('a'), user('a')] }), 'of b wrong Observation.encounter'],
  'mother and newborn': [met({ birthDates: { b: '2020-03-01' } })],
  'mother and a child of two': [met({ birthDates: { b: '2018-03-01' } }), 'of b wrong Observation.encounter'],
  'donor and recipient, linked': [met({ links: ['b a'] })],
  'one patient': [met({ users: [user('a'), user('a')] })],
  'mother and newborn, on the day of birth': [met({ birthDates: { b: '2020-03-01' }, users: [user('a'), user('b', '2020-03-01')] })],
  'mother and newborn, the day before by another zone': [met({ birthDates: { b: '2020-03-02' } })],
  'mother and a child of three weeks': [met({ birthDates: { b: '2020-02-09' } })],
});
