import { resourceCases } from '../../../test/support/rule-cases.ts';
import { timeStartAfterEnd } from './rule.ts';

const visit = (start: string, end: string) => ({ resourceType: 'Encounter', period: { start, end } });

resourceCases(timeStartAfterEnd, {
  'by a day': [visit('2020-03-02', '2020-03-01'), 'wrong Encounter.period'],
  'by a second': [visit('2020-03-01T10:00:01Z', '2020-03-01T10:00:00Z'), 'wrong Encounter.period'],
  'across zones': [visit('2020-03-01T10:00:00-05:00', '2020-03-01T14:00:00Z'), 'wrong Encounter.period'],
  'deep inside': [{ resourceType: 'Encounter', participant: [{}, { period: { start: '2021', end: '2020' } }] }, 'wrong Encounter.participant[1].period'],
  'in the right order across zones': [visit('2020-03-01T10:00:00+02:00', '2020-03-01T09:00:00Z')],
  'the same day, one with a time': [visit('2020-03-01T23:00:00Z', '2020-03-01')],
  'the same instant': [visit('2020-03-01T10:00:00Z', '2020-03-01T10:00:00Z')],
  'within the year': [visit('2020-12-31', '2020')],
  'no end': [{ resourceType: 'Encounter', period: { start: '2020-03-01' } }],
});
