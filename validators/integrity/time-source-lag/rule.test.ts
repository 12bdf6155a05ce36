import { resourceCases } from '../../../test/support/rule-cases.ts';
import { timeSourceLag } from './rule.ts';

const condition = (recordedDate: string, lastUpdated: string, versionId = '1') => ({ resourceType: 'Condition', recordedDate, meta: { lastUpdated, versionId } });

resourceCases(timeSourceLag, {
  'a year': [condition('2020-01-01', '2021-01-01T00:00:00Z'), 'wrong Condition.recordedDate'],
  'six weeks': [condition('2020-01-01T10:00:00Z', '2020-02-15T00:00:00Z'), 'wrong Condition.recordedDate'],
  'a day': [condition('2020-01-01', '2020-01-02T00:00:00Z')],
  'thirty days to the minute': [condition('2020-01-01T00:00:00Z', '2020-01-31T00:00:00Z')],
  'changed later': [condition('2020-01-01', '2021-01-01T00:00:00Z', '2')],
  'the source does not say': [{ resourceType: 'Condition', recordedDate: '2020-01-01' }],
  'nobody says when it was recorded': [{ resourceType: 'Condition', meta: { lastUpdated: '2021-01-01T00:00:00Z', versionId: '1' } }],
  'nobody says when it came': [{ resourceType: 'Condition', recordedDate: '2020-01-01' }],
  'a date that is none': [condition('once', '2021-01-01T00:00:00Z')],
  'that it began long ago': [{ resourceType: 'Condition', onsetDateTime: '2010-01-01', recordedDate: '2021-01-01', meta: { lastUpdated: '2021-01-01T00:00:00Z', versionId: '1' } }],
  'recorded at no known time': [{ resourceType: 'Condition', onsetDateTime: '2010-01-01', meta: { lastUpdated: '2021-01-01T00:00:00Z', versionId: '1' } }],
});
