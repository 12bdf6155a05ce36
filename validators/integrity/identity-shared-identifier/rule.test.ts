import { expect, test } from 'vitest';
import { populationCases } from '../../../test/support/rule-cases.ts';
import { identitySharedIdentifier } from './rule.ts';

const holder = (id: string, more: object = {}) => ({ version: `Patient/${id}`, id, active: true, expression: 'Patient.identifier[0]', linkedTo: [], ...more });
const shared = (type: string, ...holders: ReturnType<typeof holder>[]) => ({ type, placeholder: false, holders });

populationCases(identitySharedIdentifier, {
  'a Social Security number': [shared('SS', holder('a'), holder('b')), 'Patient/a wrong Patient.identifier[0]', 'Patient/b wrong Patient.identifier[0]'],
  'a record number of three': [shared('MR', holder('a'), holder('b'), holder('c')), 'Patient/a wrong Patient.identifier[0]', 'Patient/b wrong Patient.identifier[0]', 'Patient/c wrong Patient.identifier[0]'],
  'two linked, one not': [shared('MR', holder('a', { linkedTo: ['b'] }), holder('b'), holder('c')), 'Patient/a wrong Patient.identifier[0]', 'Patient/b wrong Patient.identifier[0]', 'Patient/c wrong Patient.identifier[0]'],
  'linked': [shared('SS', holder('a', { linkedTo: ['b'] }), holder('b'))],
  'one is not active': [shared('SS', holder('a'), holder('b', { active: false }))],
  'a member number': [shared('MB', holder('a'), holder('b'))],
  'a placeholder': [{ ...shared('SS', holder('a'), holder('b')), placeholder: true }],
  'one record twice': [shared('SS', holder('a'), holder('a'))],
});

test('the evidence is the others, each', () => {
  const said = identitySharedIdentifier.judge(shared('MR', holder('a'), holder('b'), holder('c')));
  expect(said.map(({ evidence }) => evidence?.map(({ version }) => version))).toEqual([['Patient/b', 'Patient/c'], ['Patient/a', 'Patient/c'], ['Patient/a', 'Patient/b']]);
});
