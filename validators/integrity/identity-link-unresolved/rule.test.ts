import { patientCases } from '../../../test/support/rule-cases.ts';
import { identityLinkUnresolved } from './rule.ts';

const linked = (...others: string[]) => ({ resourceType: 'Patient', id: 'p', link: others.map((reference) => ({ other: { reference }, type: 'seealso' })) });

patientCases(identityLinkUnresolved, {
  'asked and absent': [[linked('Patient/q')], ['Patient/p wrong Patient.link[0].other'], { absent: ['Patient/q'] }],
  'the second of two': [[linked('Patient/r', 'Patient/q'), { resourceType: 'Patient', id: 'r' }], ['Patient/p wrong Patient.link[1].other'], { absent: ['Patient/q'] }],
  'landed': [[linked('Patient/q'), { resourceType: 'Patient', id: 'q' }], []],
  'not asked for': [[linked('Patient/q')], ['Patient/p unevaluated Patient.link[0].other']],
  'on another server': [[linked('https://example.org/Patient/q')], ['Patient/p unevaluated Patient.link[0].other']],
  'no links': [[{ resourceType: 'Patient', id: 'p' }], []],
});
