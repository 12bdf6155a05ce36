import { populationCases } from '../../../test/support/rule-cases.ts';
import { identityTokenSharing } from './rule.ts';

const shared = (count: number, withToken: number) => ({ tokenSystem: 'urn:token', withToken, sharing: Array.from({ length: count }, (_, index) => ({ version: `v${index}`, expression: 'Patient.identifier[1]' })) });

populationCases(identityTokenSharing, {
  'three of twenty': [shared(3, 20), 'v0 wrong Patient.identifier[1]', 'v1 wrong Patient.identifier[1]', 'v2 wrong Patient.identifier[1]'],
  'two of twenty: a tenth': [shared(2, 20)],
  'two of a thousand: twins, or a duplicate': [shared(2, 1000)],
  'alone': [shared(1, 1)],
});
