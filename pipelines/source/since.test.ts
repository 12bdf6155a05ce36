import { describe, expect, test } from 'vitest';
import type { Asked, SourceKind } from '../../storage/source.ts';
import { retryAfterMs } from './retry-after.ts';
import { resolveAsked } from './since.ts';

const url = 'http://ehr.example/fhir';
const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const resolve = (kind: SourceKind, settings: object, asked: Asked, marks: Record<string, Date>): Asked =>
  resolveAsked(kind, { url, folder: '', ...settings }, asked, new Map(Object.entries(marks)));

describe('what a run asks for (contract 5)', () => {
  test.each<[string, SourceKind, object, Asked, Record<string, Date>, Asked]>([
    ['an export asks from the earliest of its types’ watermarks, less the overlap', 'bulk', { types: ['A', 'B'] }, {}, { A: day(3), B: day(2) },
      { types: ['A', 'B'], since: '2026-01-01T23:55:00.000Z' }],
    ['… and for everything while a type was never read', 'bulk', { types: ['A', 'B'] }, {}, { A: day(3) }, { types: ['A', 'B'] }],
    ['an export of all types goes by the watermark of all', 'bulk', { overlapSeconds: 0 }, {}, { '*': day(2), A: day(3) }, { since: '2026-01-02T00:00:00.000Z' }],
    ['all types read later than one alone count for that one', 'bulk', { types: ['A'], overlapSeconds: 0 }, {}, { A: day(2), '*': day(4) },
      { types: ['A'], since: '2026-01-04T00:00:00.000Z' }],
    ['a search asks for each type from its own', 'search', { types: ['A', 'B'], overlapSeconds: 0 }, {}, { A: day(3) },
      { types: ['A', 'B'], sinceByType: { A: '2026-01-03T00:00:00.000Z' } }],
    ['full asks for everything', 'bulk', { types: ['A'] }, { full: true }, { A: day(3) }, { full: true, types: ['A'] }],
    ['since a time before the watermark leaves no gap', 'bulk', {}, { since: '2026-01-01T00:00:00Z' }, { '*': day(2) }, { since: '2026-01-01T00:00:00.000Z' }],
    ['since a time behind it leaves one: watermarks stay', 'bulk', {}, { since: '2026-01-03T00:00:00Z' }, { '*': day(2) },
      { since: '2026-01-03T00:00:00.000Z', movesWatermarks: false }],
    ['another group is another population', 'bulk', { group: 'g' }, { group: 'h' }, { '*': day(2) }, { group: 'h', movesWatermarks: false }],
    ['folders have no since', 'files', {}, {}, { '*': day(2) }, {}],
  ])('%s', (_what, kind, settings, asked, marks, expected) => {
    expect(resolve(kind, settings, asked, marks)).toEqual(expected);
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  test.each<[string, string | undefined, string | undefined, number]>([
    ['seconds', '120', undefined, 120_000],
    ['a date, by our clock', 'Thu, 01 Jan 2026 01:00:00 GMT', undefined, 3_600_000],
    ['a date, by the server’s clock', 'Thu, 01 Jan 2026 01:00:00 GMT', 'Thu, 01 Jan 2026 00:30:00 GMT', 1_800_000],
    ['a date that is past', 'Thu, 01 Jan 2025 01:00:00 GMT', undefined, 1_000],
    ['zero', '0', undefined, 1_000],
    ['weeks: asked again after a day', '999999999', undefined, 86_400_000],
    ['none', undefined, undefined, 7],
    ['nonsense', 'soon', undefined, 7],
  ])('%s', (_what, retryAfter, date, expected) => {
    expect(retryAfterMs({ retryAfter, date }, now, 7)).toBe(expected);
  });
});
