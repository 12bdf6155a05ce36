import { aiNote, checkedBy, lines } from '../../../test/support/ai-population.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { aiAttestedInBatch } from './rule.ts';

const signed = (seconds: readonly number[], who: readonly string[] = ['Practitioner/a'], words = 300) => seconds.flatMap((second, index) => [
  aiNote({ id: `d${index}`, ...lines(words) }),
  { ...checkedBy(who[index % who.length] ?? '', new Date(Date.UTC(2026, 2, 1, 10) + second * 1000).toISOString()), id: `c${index}`, target: [{ reference: `DocumentReference/d${index}` }] }]);
const wrong = (...ids: number[]) => ids.map((id) => `DocumentReference/d${id} wrong DocumentReference.meta.security[0]`);

patientCases(aiAttestedInBatch, {
  'four, two seconds apart': [signed([0, 2, 4, 6]), wrong(1, 2, 3)],
  'three after a pause': [signed([0, 600, 602, 604]), wrong(2, 3)],
  'two in a row': [signed([0, 2]), []],
  'half a minute each': [signed([0, 30, 60, 90]), []],
  'three signers': [signed([0, 2, 4], ['Practitioner/a', 'Practitioner/b', 'Practitioner/c']), []],
  'short texts': [signed([0, 2, 4, 6], undefined, 20), []],
  'signed in another order than written': [signed([4, 2, 0]), wrong(0, 1)],
});
