import { addChanged, type Defect, type Form } from './defect.ts';
import { coded, systems, type JsonObject } from './touch.ts';

const core = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-';
const absent = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
/** A vital sign or a diagnosis that has all that its profile promises, but for what the form takes away. */
const vital = (because: string, change: (observation: JsonObject) => unknown): Form => addChanged('Observation', because, (observation) => {
  const { subject, effectiveDateTime, encounter } = observation;
  if (observation['valueQuantity'] === undefined || subject === undefined || effectiveDateTime === undefined || encounter === undefined) return false;
  for (const name of Object.keys(observation)) delete observation[name];
  Object.assign(observation, { resourceType: 'Observation', meta: { profile: [`${core}heart-rate`] }, status: 'final', category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs')], code: coded(systems.loinc, '8867-4'),
    subject, encounter, effectiveDateTime, performer: [{ display: 'Nurse' }], valueQuantity: { value: 71, unit: 'beats/minute', system: systems.ucum, code: '/min' } });
  change(observation);
  return true;
});

export const completenessMustSupport: Defect = {
  rule: 'completeness-must-support', hidden: true,
  forms: [
    vital('No value, and no reason.', (one) => delete one['valueQuantity']), vital('No time.', (one) => delete one['effectiveDateTime']), vital('A value without its unit’s code.', (one) => { one['valueQuantity'] = { value: 71 }; }), vital('No category.', (one) => delete one['category']),
  ],
  nearMisses: [vital('All there.', () => true), vital('No value, and the reason for it.', (one) => { delete one['valueQuantity']; one['dataAbsentReason'] = coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'unknown'); }),
    vital('No time, and an extension says why.', (one) => { delete one['effectiveDateTime']; one['_effectiveDateTime'] = absent; }), vital('A period in place of a time.', (one) => { one['effectivePeriod'] = { start: String(one['effectiveDateTime']) }; delete one['effectiveDateTime']; })],
};
