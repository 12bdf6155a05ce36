import { patientCases } from '../../../test/support/rule-cases.ts';
import { identityMergedStillUsed } from './rule.ts';

const merged = (lastUpdated?: string, type = 'replaced-by') => ({ resourceType: 'Patient', id: 'p', link: [{ other: { reference: 'Patient/q' }, type }],
  ...(lastUpdated === undefined ? {} : { meta: { lastUpdated } }) });
const visit = (start: string) => ({ resourceType: 'Encounter', id: 'e', subject: { reference: 'Patient/p' }, period: { start } });
const allergy = { resourceType: 'AllergyIntolerance', id: 'a', patient: { reference: 'Patient/p' }, recordedDate: '2021-01-01' };

patientCases(identityMergedStillUsed, {
  'a visit after the merge': [[merged('2020-05-01T00:00:00Z'), visit('2020-06-01')], ['Encounter/e wrong Encounter.subject']],
  'an allergy after the merge': [[merged('2020-05-01T00:00:00Z'), allergy], ['AllergyIntolerance/a wrong AllergyIntolerance.patient']],
  'nobody knows when it was merged': [[merged(), visit('2020-06-01')], ['Encounter/e wrong Encounter.subject']],
  'a visit before the merge': [[merged('2020-05-01T00:00:00Z'), visit('2020-04-01')], []],
  'linked, not replaced': [[merged('2020-05-01T00:00:00Z', 'seealso'), visit('2020-06-01')], []],
  'it replaces another': [[merged('2020-05-01T00:00:00Z', 'replaces'), visit('2020-06-01')], []],
  'somebody else’s visit': [[merged('2020-05-01T00:00:00Z'), { ...visit('2020-06-01'), subject: { reference: 'Patient/q' } }], []],
});
