import { expect, test } from 'vitest';
import { dueWords, duration } from './time-words.ts';

const now = Date.parse('2026-03-10T12:00:00Z');

test.each([
  ['2026-03-10T11:00:00Z', 'overdue since today', 'bad'], ['2026-03-09T11:00:00Z', 'overdue by 1 day', 'bad'],
  ['2026-03-07T11:00:00Z', 'overdue by 3 days', 'bad'], ['2026-03-10T14:30:00Z', 'due within 3 h', 'warn'],
  ['2026-03-11T13:00:00Z', 'in 1 day', 'plain'], ['2026-03-20T12:00:00Z', 'in 10 days', 'plain'],
])('a case due %s is %s', (due, says, tone) => {
  expect(dueWords(due, now)).toEqual({ says, tone });
});

test.each([
  ['2026-03-10T12:00:42Z', '42 s'], ['2026-03-10T12:03:05Z', '3 min 5 s'], ['2026-03-10T14:10:00Z', '2 h 10 min'],
  ['2026-03-10T11:59:59Z', '0 s'],
])('from noon to %s is %s', (to, says) => {
  expect(duration('2026-03-10T12:00:00Z', to)).toBe(says);
});
