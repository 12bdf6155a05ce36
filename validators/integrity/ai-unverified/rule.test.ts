import { aiNote, checkedBy, made, registry, scribe } from '../../../test/support/ai-population.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { aiUnverified } from './rule.ts';

const note = [aiNote(), scribe(), made('2026-03-01T10:00:00Z')];
const wrong = ['DocumentReference/d wrong DocumentReference.meta.security[0]'];

patientCases(aiUnverified, {
  'nobody': [note, wrong],
  'nobody, though a label is enough': [note, wrong, registry({ verification: 'label' })],
  'another device': [[...note, checkedBy('Device/other', '2026-03-01T10:30:00Z')], wrong],
  'a clinician': [[...note, checkedBy('Practitioner/a', '2026-03-01T10:30:00Z')], []],
  'attested in a composition': [[{ resourceType: 'Composition', id: 'c', meta: aiNote().meta, attester: [{ mode: 'professional', party: { reference: 'Practitioner/a' } }] }], []],
  'not by an AI': [[aiNote({ meta: {} })], []],
  'a clinician, by a signature of verification': [[...note, { resourceType: 'Provenance', id: 's', target: [{ reference: 'DocumentReference/d' }], recorded: '2026-03-01T10:30:00Z', agent: [{ who: { reference: 'Practitioner/a' } }], signature: [{ type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.5' }], when: '2026-03-01T10:30:00Z', who: { reference: 'Practitioner/a' } }] }], []],
  'a clinician’s signature as author': [[...note, { resourceType: 'Provenance', id: 's', target: [{ reference: 'DocumentReference/d' }], recorded: '2026-03-01T10:30:00Z', agent: [{ who: { reference: 'Practitioner/a' } }], signature: [{ type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.1' }], when: '2026-03-01T10:30:00Z', who: { reference: 'Practitioner/a' } }] }], wrong],
});
