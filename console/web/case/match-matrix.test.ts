import { expect, test } from 'vitest';
import { matchMatrix } from './match-matrix.ts';
import { passages, wordsOf } from './passages.ts';

test('two patients, element by element: what neither says is left out', () => {
  const one = { resourceType: 'Patient', name: [{ family: 'Müller', given: ['Ann'] }, { family: 'Weiss' }], birthDate: '1970-01-02', gender: 'female' };
  const other = { resourceType: 'Patient', name: [{ family: 'WEISS' }], birthDate: '1970-02-01', address: [{ city: 'Lowell' }] };
  expect(matchMatrix(one, other).map(({ label, match }) => [label, match])).toEqual([
    ['Family name', 'agrees'], ['Given names', 'one-sided'], ['Birth date', 'nearly'], ['Sex', 'one-sided'], ['Address', 'one-sided']]);
});

test('a record number of each record’s own does not speak against one person; another person’s number does', () => {
  const number = (code: string, value: string) => ({ type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code }] }, system: `urn:${code}`, value });
  const patient = (...identifier: object[]) => ({ resourceType: 'Patient', identifier });
  const found = (a: object, b: object) => matchMatrix(a, b).map(({ label, match }) => [label, match]);
  expect(found(patient(number('MR', 'C01'), number('SS', '451-19-9108')), patient(number('MR', 'D77'), number('SS', '219-44-1187')))).toEqual([['Social security number', 'differs'], ['Record number', 'own']]);
  expect(found(patient({ system: 'http://hl7.org/fhir/sid/us-ssn', value: '451-19-9108' }), patient(number('SS', '451199108')))).toEqual([['Social security number', 'agrees']]);
});

test('a note’s passages are those with the words of the code, in whatever ending; common words mark nothing', () => {
  const words = wordsOf(['Acute appendicitis (disorder) (K35.80)']);
  expect(words).toEqual(['appendicitis']);
  expect(passages('Denies fever. Appendicitis was ruled out; no appendicitic mass.', words).filter(({ marked }) => marked).map(({ text }) => text)).toEqual(['Appendicitis', 'appendicitic']);
  expect(passages('Nothing.', [])).toEqual([{ text: 'Nothing.', marked: false }]);
});
