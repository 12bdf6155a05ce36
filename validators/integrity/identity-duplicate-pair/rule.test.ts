import { expect, test } from 'vitest';
import { populationCases } from '../../../test/support/rule-cases.ts';
import { personKey } from '../templates/person-key.ts';
import { identityDuplicatePair, type PairCandidate } from './rule.ts';

const side = (id: string, patient: Parameters<typeof personKey>[0]) => ({ version: `Patient/${id}`, id, ...personKey(patient) });

const ada = { name: [{ given: ['Ada'], family: 'Byron' }], birthDate: '1980-03-04', gender: 'female' as const, telecom: [{ system: 'phone' as const, value: '617-555-0101' }],
  address: [{ line: ['1 Elm St'], postalCode: '01970' }] };
const pair = (patient: Parameters<typeof personKey>[0], decidedDifferent = false): PairCandidate =>
  ({ one: side('a', ada), other: side('b', patient), decidedDifferent, group: '1' });
const number = (value: string) => [{ system: 'urn:oid:1.2.36', value, type: { coding: [{ code: 'MR' }] } }];
const across = (patient: Parameters<typeof personKey>[0], other: Parameters<typeof personKey>[0], id = 'b'): PairCandidate =>
  ({ one: side('a', patient), other: side(id, other), decidedDifferent: false, acrossSources: true, group: '1' });
const ssn = [{ system: 'http://hl7.org/fhir/sid/us-ssn', value: '219-08-4321' }];
const both = ['Patient/a wrong Patient', 'Patient/b wrong Patient'] as const;

populationCases(identityDuplicatePair, {
  'the same in all': [pair(ada), ...both],
  'respelt': [pair({ ...ada, name: [{ given: ['Adah'], family: 'Biron' }] }), ...both],
  'married and moved, same birth date and phone': [pair({ ...ada, name: [{ given: ['Ada'], family: 'Wolff' }], address: [{ line: ['9 Oak Rd'], postalCode: '02139' }] }), ...both],
  'day and month swapped': [pair({ ...ada, birthDate: '1980-04-03' }), ...both],
  'somebody else': [pair({ name: [{ given: ['Marcus'], family: 'Wolff' }], birthDate: '1951-11-30', gender: 'male' })],
  'a namesake': [pair({ name: ada.name, birthDate: '1951-11-30', gender: 'female', address: [{ line: ['9 Oak Rd'], postalCode: '99501' }] })],
  'a brother at the same address': [pair({ ...ada, name: [{ given: ['Marcus'], family: 'Byron' }], birthDate: '1983-09-21', gender: 'male', telecom: [] })],
  'a twin': [pair({ ...ada, name: [{ given: ['Susan'], family: 'Byron' }] })],
  'a father and his namesake': [pair({ ...ada, birthDate: '1951-11-30' })],
  'given and family name exchanged': [pair({ ...ada, name: [{ given: ['Byron'], family: 'Ada' }] }), ...both],
  'another given name with one number': [{ ...pair({ ...ada, name: [{ given: ['Susan'], family: 'Byron' }], identifier: ssn }), one: side('a', { ...ada, identifier: ssn }) }, ...both],
  'decided to be different': [pair(ada, true)],
  'linked already': [pair({ ...ada, link: [{ other: { reference: 'Patient/a' }, type: 'seealso' }] })],
  'two numbers of one registry in two sources': [across({ ...ada, identifier: number('7') }, { ...ada, identifier: number('8') }), ...both],
  'one number in two sources: one record': [across({ ...ada, identifier: number('7') }, { ...ada, identifier: number('7') })],
  'one number twice in one source': [{ ...across({ ...ada, identifier: number('7') }, { ...ada, identifier: number('7') }), acrossSources: false }, ...both],
  'one id in two sources: one record': [across(ada, ada, 'a')],
  'a link names a record of its own source': [across(ada, { ...ada, link: [{ other: { reference: 'Patient/a' }, type: 'seealso' }] }), ...both],
  'not active': [pair({ ...ada, active: false })],
  'two unknown persons': [{ ...pair({ name: [{ given: ['John'], family: 'Doe' }] }), one: side('x', { name: [{ given: ['John'], family: 'Doe' }] }) }],
});

test('it says whether nearly everything agrees', () => {
  const says = (patient: Parameters<typeof personKey>[0]) => identityDuplicatePair.judge(pair(patient)).map((said) => / nearly everything /.test(said.says));
  expect(says(ada)).toEqual([true, true]);
  expect(says({ ...ada, birthDate: '1980-04-03', telecom: [], address: [] })).toEqual([false, false]);
});
