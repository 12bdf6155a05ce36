import { patientCases } from '../../../test/support/rule-cases.ts';
import { duplicateContent } from './rule.ts';

const weight = (id: string, more: object = {}) => ({ resourceType: 'Observation', id, status: 'final', valueQuantity: { value: 80, code: 'kg' }, effectiveDateTime: '2020-01-01', ...more });

patientCases(duplicateContent, {
  'twice': [[weight('a'), weight('b')], ['Observation/b wrong Observation']],
  'three times: the first stands': [[weight('a'), weight('b'), weight('c')], ['Observation/b wrong Observation', 'Observation/c wrong Observation']],
  'members in another order': [[weight('a'), { effectiveDateTime: '2020-01-01', valueQuantity: { code: 'kg', value: 80 }, status: 'final', id: 'b', resourceType: 'Observation' }],
    ['Observation/b wrong Observation']],
  'only meta and narrative differ': [[weight('a', { meta: { versionId: '1' } }), weight('b', { meta: { versionId: '9' }, text: { div: '<div/>' } })], ['Observation/b wrong Observation']],
  'another value': [[weight('a'), weight('b', { valueQuantity: { value: 81, code: 'kg' } })], []],
  'another second': [[weight('a'), weight('b', { effectiveDateTime: '2020-01-02' })], []],
  'a list in another order is another list': [[weight('a', { note: [{ text: 'x' }, { text: 'y' }] }), weight('b', { note: [{ text: 'y' }, { text: 'x' }] })], []],
  'another type': [[weight('a'), { ...weight('b'), resourceType: 'Media' }], []],
  'supplies come in equal pieces': [[{ resourceType: 'SupplyDelivery', id: 'a' }, { resourceType: 'SupplyDelivery', id: 'b' }], []],
  'twice, in what is only referenced': [[weight('a'), weight('b')], [], { referenced: ['Observation/a', 'Observation/b'] }],
});
