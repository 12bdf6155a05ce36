import { aiNote, checkedBy, made, scribe } from '../../../test/support/ai-population.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { aiSelfVerified } from './rule.ts';

const note = [aiNote(), scribe({ parent: { reference: 'Device/suite' } }), made('2026-03-01T10:00:00Z')];
const wrong = ['DocumentReference/d wrong DocumentReference.meta.security[0]'];
const at = '2026-03-01T10:30:00Z';

patientCases(aiSelfVerified, {
  'by the device itself': [[...note, checkedBy('Device/scribe', at)], wrong],
  'by what it is part of': [[...note, checkedBy('Device/suite', at)], wrong],
  'by a part of it': [[...note, { resourceType: 'Device', id: 'checker', parent: { reference: 'Device/scribe' } }, checkedBy('Device/checker', at)], wrong],
  'by somebody on its behalf': [[...note, checkedBy('Practitioner/a', at, { onBehalfOf: { reference: 'Device/scribe' } })], wrong],
  'in the provenance of its making': [[aiNote(), scribe(), made(at, { agent: [{ who: { reference: 'Device/scribe' } },
    { type: { coding: [{ code: 'verifier' }] }, who: { reference: 'Device/scribe' } }] })], wrong],
  'by another device': [[...note, checkedBy('Device/other', at)], []],
  'by a clinician': [[...note, checkedBy('Practitioner/a', at)], []],
  'by the clinician who is its author too': [[...note, checkedBy('Practitioner/a', at), checkedBy('Practitioner/a', '2026-03-01T10:29:00Z', {}, 'author')], []],
  'by nobody': [note, []],
  'by the same software under another record': [[...note, { ...scribe(), id: 'twin' }, checkedBy('Device/twin', at)], wrong],
  'signed by its author, a device, without provenance': [[aiNote({ author: [{ reference: 'Device/scribe' }], authenticator: { reference: 'Device/scribe' } }), scribe()], wrong],
  'by other software': [[...note, { ...scribe(), id: 'twin', identifier: [{ system: 'urn:models', value: 'checker' }] }, checkedBy('Device/twin', at)], []],
});
