import { resourceCases } from '../../../test/support/rule-cases.ts';
import { statusWithdrawn } from './rule.ts';

resourceCases(statusWithdrawn, {
  'a result': [{ resourceType: 'Observation', status: 'entered-in-error' }, 'wrong Observation.status'],
  'a document': [{ resourceType: 'DocumentReference', status: 'entered-in-error', docStatus: 'final' }, 'wrong DocumentReference.status'],
  'a document’s content': [{ resourceType: 'DocumentReference', status: 'current', docStatus: 'entered-in-error' }, 'wrong DocumentReference.docStatus'],
  'a condition': [{ resourceType: 'Condition', verificationStatus: { coding: [{ code: 'entered-in-error' }] } }, 'wrong Condition.verificationStatus'],
  'a correction': [{ resourceType: 'Observation', status: 'corrected' }, 'wrong/replaced Observation.status'],
  'an amended report': [{ resourceType: 'DiagnosticReport', status: 'amended' }, 'wrong/replaced DiagnosticReport.status'],
  'an amended note': [{ resourceType: 'DocumentReference', status: 'current', docStatus: 'amended' }, 'wrong/replaced DocumentReference.docStatus'],
  'final': [{ resourceType: 'Observation', status: 'final' }],
  'refuted is no error': [{ resourceType: 'Condition', verificationStatus: { coding: [{ code: 'refuted' }] } }],
  'cancelled is no error': [{ resourceType: 'Observation', status: 'cancelled' }],
  'a goal': [{ resourceType: 'Goal', lifecycleStatus: 'entered-in-error' }, 'wrong Goal.lifecycleStatus'],
});
