import { expect, test } from 'vitest';
import type { Member } from '../../api/shapes/exceptions.ts';
import { against, comparisons, kindOf } from './statements.ts';

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

test.for([
  [member('1', 'Claim', [held('8', 'DocumentReference', 'DocumentReference.content')]), 'statements', 'Claim against chart'],
  [member('1', 'Condition', [held('8', 'DocumentReference', 'DocumentReference.content')]), 'statements', 'Note against codes'],
  [member('1', 'DocumentReference', [held('8', 'Patient', 'Patient.birthDate')]), 'statements', 'Note against registration'],
  [member('1', 'Patient', [held('8', 'Patient', 'Patient.name')]), 'patients', 'Two patients'],
  [member('1', 'Patient', [held('8', 'Patient', 'Patient.name', 'id1')]), 'versions', 'Version against version'],
  [member('1', 'Observation', [{ expression: 'Observation.value' }]), 'one', ''],
] as const)('%#: %s', ([one, kind, says]) => {
  const [comparison] = comparisons([one]);
  expect([kindOf(comparison!), against(comparison!)]).toEqual([kind, says]);
});
