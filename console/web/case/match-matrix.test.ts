import { expect, test } from 'vitest';
import { matchMatrix } from './match-matrix.ts';
import { passages, wordsOf } from './passages.ts';

test('two patients, element by element: what neither says is left out', () => {
  const one = { resourceType: 'Patient', name: [{ family: 'Müller', given: ['Ann'] }, { family: 'Weiss' }], birthDate: '1970-01-02', gender: 'female' };
  const other = { resourceType: 'Patient', name: [{ family: 'WEISS' }], birthDate: '1970-02-01', address: [{ city: 'Lowell' }] };
  expect(matchMatrix(one, other).map(({ label, match }) => [label, match])).toEqual([
    ['Name', 'agrees'], ['Birth date', 'differs'], ['Sex', 'one-sided'], ['Address', 'one-sided']]);
});

test('a note’s passages are those with the words of the code, in whatever ending; common words mark nothing', () => {
  const words = wordsOf(['Acute appendicitis (disorder) (K35.80)']);
  expect(words).toEqual(['appendicitis']);
  expect(passages('Denies fever. Appendicitis was ruled out; no appendicitic mass.', words).filter(({ marked }) => marked).map(({ text }) => text)).toEqual(['Appendicitis', 'appendicitic']);
  expect(passages('Nothing.', [])).toEqual([{ text: 'Nothing.', marked: false }]);
});
