import { expect, test } from 'vitest';
import { patientCases, viewOf } from '../../../test/support/rule-cases.ts';
import { runFolds } from '../check-patient.ts';
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
  'replaced, and linked to another besides': [[{ ...merged('2020-05-01T00:00:00Z'), link: [{ other: { reference: 'Patient/r' }, type: 'seealso' }, { other: { reference: 'Patient/q' }, type: 'replaced-by' }] }, visit('2020-06-01')], ['Encounter/e wrong Encounter.subject']],
  'by the later of its two times': [[merged('2020-05-01T00:00:00Z'), { ...allergy, onsetDateTime: '2019-01-01' }], ['AllergyIntolerance/a wrong AllergyIntolerance.patient']],
  'by the later, which is the other one': [[merged('2020-05-01T00:00:00Z'), { ...allergy, recordedDate: '2019-01-01', onsetDateTime: '2021-01-01' }], ['AllergyIntolerance/a wrong AllergyIntolerance.patient']],
  'no time is later': [[merged('2020-05-01T00:00:00Z'), { ...allergy, recordedDate: '2019-01-01', onsetDateTime: '2018-01-01' }], []],
  'a claim after the merge': [[merged('2020-05-01T00:00:00Z'), { resourceType: 'Claim', id: 'k', patient: { reference: 'Patient/p' }, created: '2021-01-01' }], ['Claim/k wrong Claim.patient']],
  'what was paid after the merge': [[merged('2020-05-01T00:00:00Z'), { resourceType: 'ExplanationOfBenefit', id: 'k', patient: { reference: 'Patient/p' }, created: '2021-01-01' }], ['ExplanationOfBenefit/k wrong ExplanationOfBenefit.patient']],
  'a vaccination after the merge': [[merged('2020-05-01T00:00:00Z'), { resourceType: 'Immunization', id: 'i', patient: { reference: 'Patient/p' }, occurrenceDateTime: '2021-01-01' }], ['Immunization/i wrong Immunization.patient']],
});

test.each([['replaced', merged('2020-05-01T00:00:00Z'), 1], ['standing', merged('2020-05-01T00:00:00Z', 'seealso'), 0]] as const)('a %s patient who comes after their records', (_, patient, found) => {
  const view = viewOf([patient, visit('2020-06-01')], identityMergedStillUsed.reads);
  const entries = [...view.entries].sort((a) => (a.type === 'Patient' ? 1 : -1));
  expect(entries.at(-1)?.type).toBe('Patient');
  expect([...runFolds([identityMergedStillUsed as never], [], { ...view, entries }).values()].flat()).toHaveLength(found);
});
