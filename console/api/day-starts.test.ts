import { expect, test } from 'vitest';
import { dayStarts } from './day-starts.ts';

const starts = (zone: string, now: string) => dayStarts(zone, 3, new Date(now)).map(({ day, at }) => `${day} ${at.toISOString().slice(0, 16)}`);

test.for([
  ['UTC', '2026-11-26T00:30:00Z', ['2026-11-24 2026-11-24T00:00', '2026-11-25 2026-11-25T00:00', '2026-11-26 2026-11-26T00:00']],
  ['America/New_York', '2026-11-26T03:30:00Z', ['2026-11-23 2026-11-23T05:00', '2026-11-24 2026-11-24T05:00', '2026-11-25 2026-11-25T05:00']],
  ['Asia/Kolkata', '2026-11-26T20:00:00Z', ['2026-11-25 2026-11-24T18:30', '2026-11-26 2026-11-25T18:30', '2026-11-27 2026-11-26T18:30']],
  // Clocks went back on the 25th: it had 25 hours.
  ['Europe/London', '2026-10-26T12:00:00Z', ['2026-10-24 2026-10-23T23:00', '2026-10-25 2026-10-24T23:00', '2026-10-26 2026-10-26T00:00']],
  ['America/New_York', '2026-03-09T12:00:00Z', ['2026-03-07 2026-03-07T05:00', '2026-03-08 2026-03-08T05:00', '2026-03-09 2026-03-09T04:00']],
] as const)('%s at %s', ([zone, now, expected]) => expect(starts(zone, now)).toEqual(expected));

test('a zone that does not exist is told', () => expect(() => dayStarts('Mars/Olympus', 1, new Date())).toThrow(RangeError));
