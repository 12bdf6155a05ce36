import { aiNote, checkedBy, made, registry, scribe } from '../../../test/support/ai-population.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { aiNoHumanVerifier } from './rule.ts';

const note = [aiNote(), scribe(), made('2026-03-01T10:00:00Z')];
const wrong = ['DocumentReference/d wrong DocumentReference.meta.security[0]'];
const unevaluated = ['DocumentReference/d unevaluated DocumentReference.meta.security[0]'];

patientCases(aiNoHumanVerifier, {
  'required, nobody': [note, wrong, registry()],
  'required, only a device': [[...note, checkedBy('Device/checker', '2026-03-01T10:30:00Z')], wrong, registry()],
  'required, the generator itself': [[...note, checkedBy('Device/scribe', '2026-03-01T10:30:00Z')], wrong, registry()],
  'required, somebody for the device': [[...note, checkedBy('Practitioner/a', '2026-03-01T10:30:00Z', { onBehalfOf: { reference: 'Device/scribe' } })], wrong, registry()],
  'a clinician': [[...note, checkedBy('Practitioner/a', '2026-03-01T10:30:00Z')], [], registry()],
  'a role, as legal authenticator': [[...note, checkedBy('PractitionerRole/a', '2026-03-01T10:30:00Z', {}, 'legal')], [], registry()],
  'signed in the note': [[aiNote({ authenticator: { reference: 'Practitioner/a' } }), scribe(), made('2026-03-01T10:00:00Z')], [], registry()],
  'an author is no verifier': [[...note, checkedBy('Practitioner/a', '2026-03-01T10:30:00Z', {}, 'author')], wrong, registry()],
  'a label is enough for this model': [note, [], registry({ verification: 'label' })],
  'no registry': [note, unevaluated],
  'a model nobody registered': [note, unevaluated, registry({ identifiers: [] })],
  'required of one of two models': [[...note, scribe({ id: 'two', identifier: [{ system: 'urn:models', value: 'two' }] }), made('2026-03-01T10:01:00Z', { id: 'made2', agent: [{ who: { reference: 'Device/two' } }] })], wrong,
    { models: { version: '1', models: [...registry().models.models, { ...registry({ id: 'two', verification: 'none' }).models.models[0]!, identifiers: [{ system: 'urn:models', value: 'two' }] }] } }],
});
