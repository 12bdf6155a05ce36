import { historyCases } from '../../../test/support/rule-cases.ts';
import { duplicateVersion } from './rule.ts';

const condition = (text: string, versionId?: string, more: object = {}) => ({ resourceType: 'Condition', id: 'c', code: { text }, ...(versionId === undefined ? {} : { meta: { versionId } }), ...more });

historyCases(duplicateVersion, {
  'other content, same version': [condition('a', '3'), condition('b', '3'), 'wrong Condition.meta.versionId'],
  'something added': [condition('a', '3'), condition('a', '3', { recordedDate: '2020' }), 'wrong Condition.meta.versionId'],
  'other content, next version': [condition('a', '3'), condition('b', '4')],
  'same content': [condition('a', '3'), condition('a', '3')],
  'another time stamp alone': [condition('a', '3', { meta: { versionId: '3', lastUpdated: '2020' } }), condition('a', '3', { meta: { versionId: '3', lastUpdated: '2021' } })],
  'a source without versions': [condition('a'), condition('b')],
});
