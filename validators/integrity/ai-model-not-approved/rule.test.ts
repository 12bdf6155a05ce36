import { aiNote, made, registry, scribe } from '../../../test/support/ai-population.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { aiModelNotApproved } from './rule.ts';

const at = '2026-03-01T10:00:00Z';
const wrong = ['DocumentReference/d wrong DocumentReference.meta.security[0]'];
const sure = (extension: object) => aiNote({ extension: [{ url: 'http://hl7.org/fhir/uv/aitransparency/StructureDefinition/AIconfidence', ...extension }] });

patientCases(aiModelNotApproved, {
  'approved': [[aiNote(), scribe(), made(at)], [], registry()],
  'nobody registered it': [[aiNote(), scribe({ identifier: [] }), made(at)], wrong, registry()],
  'another version': [[aiNote(), scribe({ version: [{ value: '3.0' }] }), made(at)], wrong, registry()],
  'before its approval': [[aiNote(), scribe(), made('2025-12-30T10:00:00Z')], wrong, registry()],
  'after its approval ended': [[aiNote(), scribe(), made('2027-01-02T10:00:00Z')], wrong, registry()],
  'made in time, recorded too late': [[aiNote(), scribe(), made('2027-01-02T10:00:00Z', { occurredDateTime: at })], [], registry()],
  'on its last day': [[aiNote(), scribe(), made('2026-12-31T10:00:00Z')], [], registry()],
  'a type it may not make': [[aiNote(), scribe(), made(at)], wrong, registry({ allowedTypes: ['Observation'] })],
  'less sure than its floor': [[sure({ valueDecimal: 0.6 }), scribe(), made(at)], wrong, registry({ confidenceFloor: 0.8 })],
  'a percentage under the floor': [[sure({ valueQuantity: { value: 60, code: '%' } }), scribe(), made(at)], wrong, registry({ confidenceFloor: 0.8 })],
  'sure enough': [[sure({ valueDecimal: 0.8 }), scribe(), made(at)], [], registry({ confidenceFloor: 0.8 })],
  'told only by its provenance': [[aiNote({ meta: {} }), scribe({ version: [{ value: '3.0' }] }), made(at)], ['DocumentReference/d wrong DocumentReference'], registry()],
  'no registry': [[aiNote(), scribe(), made(at)], ['DocumentReference/d unevaluated DocumentReference.meta.security[0]']],
  'which model is unknown': [[aiNote()], ['DocumentReference/d unevaluated DocumentReference.meta.security[0]'], registry()],
  'one of its two versions is registered': [[aiNote(), scribe({ version: [{ value: '9.9' }, { value: '2.1' }] }), made(at)], [], registry()],
});
