import { expect, test } from 'vitest';
import type { Member } from '../../api/shapes/exceptions.ts';
import { against, comparisons, keyOf, kindOf } from './statements.ts';

const member = (version: string, type: string, evidence: Member['evidence'], expression = `${type}.code`): Member => ({
  version, type, id: `id${version}`, ordinal: 1, versionId: null, run: '1', landedAt: '2026-01-01T00:00:00Z', state: 'waiting', purposes: ['care'], says: null, expression, evidence,
});
const held = (version: string, type: string, expression: string, id = `id${version}`) => ({ version, expression, of: { type, id, ordinal: 2 } });

test('a record stands beside what each of its findings names, each once, with all places', () => {
  const found = comparisons([
    member('1', 'Claim', [held('8', 'DocumentReference', 'DocumentReference.content'), { expression: 'Claim.item[0]' }]),
    member('1', 'Claim', [held('9', 'DocumentReference', 'DocumentReference.content')], 'Claim.diagnosis[0]'),
    member('2', 'Observation', []),
  ]);
  expect(found.map(({ focus, others }) => [focus.version, focus.expressions, others.map(({ version }) => version)])).toEqual([
    ['1', ['Claim.code', 'Claim.item[0]', 'Claim.diagnosis[0]'], ['8', '9']], ['2', ['Observation.code'], []]]);
});

test('two records that name each other stand side by side once', () => {
  const named = (version: string) => held(version, 'Patient', 'Patient.birthDate');
  expect(comparisons([member('1', 'Patient', [named('2')]), member('2', 'Patient', [named('1')])]).map(keyOf)).toEqual(['1 2']);
});

test('of three records that may be one person each two stand side by side', () => {
  const member3 = (version: string, ...others: string[]) => member(version, 'Patient', others.map((other) => held(other, 'Patient', 'Patient.birthDate')));
  const found = comparisons([member3('1', '2', '3'), member3('2', '1', '3'), member3('3', '1', '2')]);
  expect(found.map((one) => [keyOf(one), kindOf(one)])).toEqual([['1 2', 'patients'], ['1 3', 'patients'], ['2 3', 'patients']]);
});

test.for([
  [member('1', 'Claim', [held('8', 'DocumentReference', 'DocumentReference.content')]), 'statements', 'Claim against chart'],
  [member('1', 'Condition', [held('8', 'DocumentReference', 'DocumentReference.content')]), 'statements', 'Note against codes'],
  [member('1', 'DocumentReference', [held('8', 'Patient', 'Patient.birthDate')]), 'statements', 'Note against registration'],
  [member('1', 'Patient', [held('8', 'Patient', 'Patient.name')]), 'patients', 'Where they agree, and where they do not'],
  [member('1', 'Patient', [held('8', 'Patient', 'Patient.name', 'id1')]), 'versions', 'Version against version'],
  [member('1', 'Observation', [{ expression: 'Observation.value' }]), 'one', ''],
] as const)('%#: %s', ([one, kind, says]) => {
  const [comparison] = comparisons([one]);
  expect([kindOf(comparison!), against(comparison!)]).toEqual([kind, says]);
});
