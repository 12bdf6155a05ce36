import fc from 'fast-check';
import { expect, test } from 'vitest';
import { demographicsOf, matchScore, review, certain } from './match-score.ts';

const ada = { name: [{ given: ['Ada'], family: 'Byron' }], birthDate: '1980-03-04', gender: 'female' as const, telecom: [{ system: 'phone' as const, value: '(617) 555-0101' }],
  address: [{ line: ['1 Elm St'], postalCode: '01970' }], identifier: [{ type: { coding: [{ code: 'SS' }] }, system: 'ssn', value: '219-08-4321' }] };
const score = (one: object, other: object): number => matchScore(demographicsOf(one), demographicsOf(other)).score;

test('one person is certain, two are not in doubt', () => {
  expect(score(ada, ada)).toBeGreaterThan(certain);
  expect(score(ada, { name: [{ given: ['Marcus'], family: 'Wolff' }], birthDate: '1951-11-30', gender: 'male' })).toBeLessThan(0);
});

test('typing errors and a move stay in review', () => {
  const typed = { ...ada, name: [{ given: ['Ada'], family: 'Bryon' }], birthDate: '1980-04-03', identifier: [], address: [{ line: ['9 Oak Rd'], postalCode: '02139' }] };
  expect(score(ada, typed)).toBeGreaterThan(review);
  expect(score(ada, typed)).toBeLessThan(certain);
});

test('a given name written by its first letter is near', () => {
  const bare = { ...ada, identifier: [] };
  expect(score(bare, { ...bare, name: [{ given: ['A'], family: 'Byron' }] })).toBeGreaterThan(review);
  expect(score(bare, { ...bare, name: [{ given: ['A'], family: 'Byron' }] })).toBeGreaterThan(score(bare, { ...bare, name: [{ given: ['M'], family: 'Byron' }] }));
});

test('what stands for nobody is left out', () => {
  const { phones, address } = demographicsOf({ ...ada, telecom: [{ system: 'phone', value: '000-000-0000' }], address: [{ line: ['Unknown'], postalCode: '01970' }] });
  expect({ phones, address }).toEqual({ phones: [], address: '' });
});

test('digits of a birth date that changed places, and a middle name that came first, are near', () => {
  const bare = { ...ada, identifier: [] };
  expect(matchScore(demographicsOf(bare), demographicsOf({ ...bare, birthDate: '1980-03-40' }))).toMatchObject({ personal: true });
  expect(matchScore(demographicsOf(bare), demographicsOf({ ...bare, birthDate: '1980-05-17' }))).toMatchObject({ personal: false });
  const sue = { ...bare, name: [{ given: ['Sue', 'Ada'], family: 'Byron' }] };
  expect(matchScore(demographicsOf(bare), demographicsOf(sue))).toMatchObject({ personal: true });
  expect(matchScore(demographicsOf(sue), demographicsOf({ ...bare, name: [{ given: ['Ruth'], family: 'Byron' }] }))).toMatchObject({ personal: false });
});

test('siblings and twins at one address stay out of certainty', () => {
  const twin = { ...ada, name: [{ given: ['Susan'], family: 'Byron' }], identifier: [{ type: { coding: [{ code: 'SS' }] }, system: 'ssn', value: '219-08-7777' }] };
  expect(score(ada, twin)).toBeLessThan(score(ada, ada) - 20);
});

test('placeholders agree with nobody', () => {
  const unknown = { name: [{ given: ['John'], family: 'Doe' }], birthDate: '1900-01-01', identifier: [{ type: { coding: [{ code: 'SS' }] }, system: 'http://hl7.org/fhir/sid/us-ssn', value: '999999999' }] };
  expect(score(unknown, unknown)).toBe(0);
});

test('symmetric', () => {
  const patient = fc.record({ name: fc.tuple(fc.record({ given: fc.tuple(fc.constantFrom('Ada', 'Adah', 'Bob')), family: fc.constantFrom('Byron', 'Bryon', 'Wolff') })),
    birthDate: fc.constantFrom('1980-03-04', '1980-04-03', '1951-11-30'), gender: fc.constantFrom('female', 'male') }, { requiredKeys: [] });
  fc.assert(fc.property(patient, patient, (one, other) => { expect(score(one, other)).toBeCloseTo(score(other, one), 8); }));
});
