import { resourceCases } from '../../../test/support/rule-cases.ts';
import { timeResultLag } from './rule.ts';

const result = (effectiveDateTime: string, issued: string) => ({ resourceType: 'Observation', effectiveDateTime, issued });

resourceCases(timeResultLag, {
  'three months': [result('2020-01-01T00:00:00Z', '2020-04-01T00:00:00Z'), 'wrong Observation.issued'],
  'a report of a year ago': [{ resourceType: 'DiagnosticReport', effectiveDateTime: '2019-01-01', issued: '2020-01-01T00:00:00Z' }, 'wrong DiagnosticReport.issued'],
  'three weeks': [result('2020-01-01T00:00:00Z', '2020-01-22T00:00:00Z')],
  'sixty days to the minute': [result('2020-01-01T00:00:00Z', '2020-03-01T00:00:00Z')],
  'the month alone is known': [result('2020-01', '2020-03-20T00:00:00Z')],
  'issued first: another rule': [result('2020-04-01T00:00:00Z', '2020-01-01T00:00:00Z')],
  'not issued': [{ resourceType: 'Observation', effectiveDateTime: '2020-01-01' }],
});
