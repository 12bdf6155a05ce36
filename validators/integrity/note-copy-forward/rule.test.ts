import { expect, test } from 'vitest';
import { written } from '../../../test/support/coded-stay.ts';
import { patientCases, toldOf } from '../../../test/support/rule-cases.ts';
import { noteCopyForward } from './rule.ts';

const history = 'HPI:\nThe patient came with a dry cough that began five days before admission after a trip to the coast with her sister and did not get better with rest or with tea and honey at night.\n';
const exam = 'Exam:\nLungs with crackles at the right base, heart regular without murmurs, abdomen soft and not tender, no edema of the legs, skin warm and dry, oriented to time and place.\n';
const on = (id: string, date: string, encounter: string, text: string) => written(text, { id, date, context: { encounter: [{ reference: `Encounter/${encounter}` }] } });
const first = on('a', '2026-01-01T10:00:00Z', 'e', history + exam);
const other = 'Plan:\nShe walks again without help, the wound is closed and clean, stitches go on Friday, and she will be seen by her own doctor in the week after that for a new count of her blood.\n';

patientCases(noteCopyForward, {
  'the history again': [[first, on('b', '2026-02-01T10:00:00Z', 'f', history)], ['DocumentReference/b wrong DocumentReference.content']],
  'the examination again': [[first, on('b', '2026-02-01T10:00:00Z', 'f', history + exam)], ['DocumentReference/b wrong/contradicted DocumentReference.content']],
  'less than half': [[first, on('b', '2026-02-01T10:00:00Z', 'f', `${history}${other}${other.replace('Friday', 'Sunday, or on the day after it if that is better for her')}`)], []],
  'all new': [[first, on('b', '2026-02-01T10:00:00Z', 'f', other)], []],
  'in the same encounter': [[first, on('b', '2026-01-02T10:00:00Z', 'e', history + exam)], []],
  'a short note': [[first, on('b', '2026-02-01T10:00:00Z', 'f', 'HPI:\nThe patient came with a dry cough that began five days before admission.')], []],
  'alone': [[first], []],
  'again, but withdrawn': [[first, { ...on('b', '2026-02-01T10:00:00Z', 'f', history + exam), status: 'entered-in-error' }], []],
  'again, in a note of somebody else': [[first, on('b', '2026-02-01T10:00:00Z', 'f', history + exam)], [], { referenced: ['DocumentReference/b'] }],
  'a note without text': [[first, on('b', '2026-02-01T10:00:00Z', 'f', '')], []],
  'in short sentences': [[on('a', '2026-01-01T10:00:00Z', 'e', history.replaceAll(/( \S+){5}/g, '$&.')), on('b', '2026-02-01T10:00:00Z', 'f', history.replaceAll(/( \S+){5}/g, '$&.'))], ['DocumentReference/b wrong DocumentReference.content']],
  'the history again, and a new examination': [[first, on('b', '2026-02-01T10:00:00Z', 'f', `${history}Exam:\nSleeps well now, eats with appetite, walks two miles each morning before work and has gained back four of the seven pounds that were lost in winter`)],
    ['DocumentReference/b wrong DocumentReference.content']],
  'again, at no known time': [[first, { ...on('b', '2026-02-01T10:00:00Z', 'f', history + exam), date: undefined }], []],
});

test('it says what was copied', () => {
  expect(toldOf(noteCopyForward, [first, on('b', '2026-02-01T10:00:00Z', 'f', history)])).toEqual(['More than half of this note’s text stands in the patient’s earlier | share of the text']);
  expect(toldOf(noteCopyForward, [first, on('b', '2026-02-01T10:00:00Z', 'f', history + exam)])).toEqual(['The examination or the plan of this note is word for word | examination or plan']);
});
