import { expect, test } from 'vitest';
import type { Resource } from '../../terms/rule.ts';
import { checks } from './checks.ts';
import { loadProfiles } from './profiles.ts';

const { check } = await loadProfiles([]);
const said = (resource: Resource): string[] => checks(check)(Buffer.from(JSON.stringify(resource)), resource, '2026-11-01T00:00:00Z').map(({ rule, expression }) => `${rule} ${expression}`);
const encounter = (more: object): Resource => ({ resourceType: 'Encounter', id: 'e', status: 'finished', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, subject: { reference: 'Patient/p' }, ...more });
const backwards = { start: '2025-03-02T10:00:00Z', end: '2025-03-01T10:00:00Z' };

test('a period that runs backwards is one finding, not the profile’s and the rule’s', () => {
  expect(said(encounter({ period: backwards }))).toEqual(['time-start-after-end Encounter.period']);
  expect(said(encounter({ participant: [{ period: backwards }, {}] })).filter((one) => one.includes('period'))).toEqual(['time-start-after-end Encounter.participant[0].period']);
});

test('what only the profile finds stays the profile’s', () => {
  expect(said(encounter({ status: undefined }))).toContainEqual(expect.stringMatching(/^profile-/));
});
