import { aiNote, checkedBy, made, scribe } from '../../../test/support/ai-population.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { aiAttestedTooEarly } from './rule.ts';

const note = [aiNote(), scribe(), made('2026-03-01T10:00:00Z')];
const wrong = ['DocumentReference/d wrong DocumentReference.meta.security[0]'];

patientCases(aiAttestedTooEarly, {
  'a minute before': [[...note, checkedBy('Practitioner/a', '2026-03-01T09:59:00Z')], wrong],
  'two days before': [[...note, checkedBy('Practitioner/a', '2026-02-27')], wrong],
  'by the time it was made, not recorded': [[aiNote(), scribe(), made('2026-03-01T09:00:00Z', { occurredDateTime: '2026-03-01T10:00:00Z' }), checkedBy('Practitioner/a', '2026-03-01T09:30:00Z')], wrong],
  'a minute after': [[...note, checkedBy('Practitioner/a', '2026-03-01T10:01:00Z')], []],
  'before in another zone, yet after': [[...note, checkedBy('Practitioner/a', '2026-03-01T09:30:00-01:00')], []],
  'before, and again after': [[...note, checkedBy('Practitioner/a', '2026-03-01T09:59:00Z'), checkedBy('Practitioner/a', '2026-03-01T10:09:00Z')], []],
  'in the provenance of its making: when, nobody knows': [[aiNote(), scribe(), made('2026-03-01T10:00:00Z', { agent: [{ who: { reference: 'Device/scribe' } },
    { type: { coding: [{ code: 'verifier' }] }, who: { reference: 'Practitioner/a' } }] })], []],
  'signed the same day, time unknown': [[...note, checkedBy('Practitioner/a', '2026-03-01')], []],
  'between two makings': [[...note, made('2026-03-01T12:00:00Z', { id: 'made2' }), checkedBy('Practitioner/a', '2026-03-01T11:00:00Z')], wrong],
});
