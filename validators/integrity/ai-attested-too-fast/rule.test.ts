import { aiNote, checkedBy, lines, made, scribe } from '../../../test/support/ai-population.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { aiAttestedTooFast } from './rule.ts';

const note = (words: number) => [aiNote(lines(words)), scribe(), made('2026-03-01T10:00:00Z')];
const wrong = ['DocumentReference/d wrong DocumentReference.meta.security[0]'];

patientCases(aiAttestedTooFast, {
  'six hundred words in five seconds': [[...note(600), checkedBy('Practitioner/a', '2026-03-01T10:00:05Z')], wrong],
  'a minute less a second': [[...note(600), checkedBy('Practitioner/a', '2026-03-01T10:00:59Z')], wrong],
  'a minute': [[...note(600), checkedBy('Practitioner/a', '2026-03-01T10:01:00Z')], []],
  'somebody took their time': [[...note(600), checkedBy('Practitioner/a', '2026-03-01T10:00:05Z'), checkedBy('Practitioner/b', '2026-03-01T10:09:00Z')], []],
  'a few words': [[...note(50), checkedBy('Practitioner/a', '2026-03-01T10:00:01Z')], []],
  'the day alone is known': [[...note(600), checkedBy('Practitioner/a', '2026-03-01')], []],
  'a device': [[...note(600), checkedBy('Device/x', '2026-03-01T10:00:05Z')], []],
  'nobody': [note(600), []],
});
