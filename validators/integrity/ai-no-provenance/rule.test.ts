import { aiNote, made, scribe } from '../../../test/support/ai-population.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { aiNoProvenance } from './rule.ts';

const labelled = 'DocumentReference/d wrong DocumentReference.meta.security[0]';
const inline = [{ url: 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label',
  valueCoding: { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST' } }];

patientCases(aiNoProvenance, {
  'labelled, nothing else': [[aiNote()], [labelled]],
  'labelled inside': [[aiNote({ meta: {}, content: [{ attachment: { extension: inline } }] })], ['DocumentReference/d wrong DocumentReference.content[0].attachment']],
  'a provenance of somebody': [[aiNote(), made('2026-03-01T10:00:00Z', { agent: [{ who: { reference: 'Practitioner/a' } }] })], [labelled]],
  'a device without version': [[aiNote(), scribe({ version: [] }), made('2026-03-01T10:00:00Z')], [labelled]],
  'a device that has not landed': [[aiNote(), made('2026-03-01T10:00:00Z')], ['DocumentReference/d unevaluated DocumentReference.meta.security[0]']],
  'device and version': [[aiNote(), scribe(), made('2026-03-01T10:00:00Z')], []],
  'the provenance targets a version': [[aiNote(), scribe(), made('2026-03-01T10:00:00Z', { target: [{ reference: 'DocumentReference/d/_history/1' }] })], []],
  'not by an AI': [[aiNote({ meta: {} })], []],
  'a device that only transmits': [[aiNote(), scribe(), made('2026-03-01T10:00:00Z', { agent: [{ type: { coding: [{ code: 'transmitter' }] }, who: { reference: 'Device/scribe' } }] })], [labelled]],
  'one of two devices states its version': [[aiNote(), scribe({ version: [] }), scribe({ id: 'two' }), made('2026-03-01T10:00:00Z'), made('2026-03-01T10:01:00Z', { id: 'made2', agent: [{ who: { reference: 'Device/two' } }] })], []],
  'one of two devices has landed, without a version': [[aiNote(), scribe({ version: [] }), made('2026-03-01T10:00:00Z'), made('2026-03-01T10:01:00Z', { id: 'made2', agent: [{ who: { reference: 'Device/two' } }] })], [labelled]],
});
