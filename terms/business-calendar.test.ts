import { expect, test } from 'vitest';
import calendar from '../fhir-profiles/own/business-calendar.json' with { type: 'json' };
import { businessMs } from './business-calendar.ts';

const hours = (from: string, to: string): number => businessMs(calendar, Date.parse(from), Date.parse(to)) / 3_600_000;

test.for([
  ['a whole working day', '2026-03-04T00:00:00-05:00', '2026-03-05T00:00:00-05:00', 9],
  ['an hour within a day', '2026-03-04T10:00:00-05:00', '2026-03-04T11:00:00-05:00', 1],
  ['over a weekend', '2026-03-06T16:00:00-05:00', '2026-03-09T09:00:00-04:00', 2],
  ['the week in which clocks go forward', '2026-03-06T00:00:00-05:00', '2026-03-10T00:00:00-04:00', 18],
  ['a day off', '2026-11-26T00:00:00-05:00', '2026-11-27T00:00:00-05:00', 0],
  ['nothing', '2026-03-04T10:00:00-05:00', '2026-03-04T10:00:00-05:00', 0],
] as const)('%s', ([, from, to, wanted]) => expect(hours(from, to)).toBeCloseTo(wanted));

test('another department’s own hours, zone and days, without days off', () => {
  const night = { zone: 'Pacific/Auckland', days: [6, 7], from: '18:00', to: '24:00' };
  // Saturday 7 March 2026 in Auckland (UTC+13) ends at 11:00 UTC.
  expect(businessMs(night, Date.parse('2026-03-07T00:00:00Z'), Date.parse('2026-03-07T11:00:00Z')) / 3_600_000).toBe(6);
  expect(businessMs(night, Date.parse('2026-03-08T11:00:00Z'), Date.parse('2026-03-13T00:00:00Z'))).toBe(0);
});
