import type { Defect, Form } from './defect.ts';
import { coded, listAt, systems, type Json, type JsonObject } from './touch.ts';

const kinds = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const typed = (code: string, system: string, value: string): JsonObject => ({ type: coded(kinds, code), system, value });

/** A number that this patient and one other have. */
const shared = (because: string, make: (n: number) => JsonObject, more: (patient: JsonObject, other: JsonObject) => void = () => {}): Form => ({
  type: 'Patient', because,
  plant(patient, chart) {
    // The other is one that carries nothing yet, since planting makes sure of it.
    const other = chart.resolve(`Patient/${chart.patients[chart.random.below(chart.patients.length)] ?? ''}`);
    if (other === undefined || other['id'] === patient['id'] || alike(patient, other)) return undefined;
    const number = make(chart.random.below(9_000_000) + 1_000_000);
    for (const one of [patient, other]) one['identifier'] = [...listAt(one, 'identifier'), number];
    more(patient, other);
    return [patient, other].map((resource) => ({ how: 'amend' as const, resource, carries: true }));
  },
});
const alike = (one: JsonObject, other: JsonObject): Json => one['active'] === false || other['active'] === false;

export const identitySharedIdentifier: Defect = {
  rule: 'identity-shared-identifier', apart: true, hidden: true,
  forms: [
    shared('One record number for two patients.', (n) => typed('MR', 'http://hospital.example/mrn', `M${n}`)),
    shared('One social security number, typed so.', (n) => typed('SS', systems.ssn, `431-${String(n).slice(0, 2)}-${String(n).slice(3)}`)),
    shared('One social security number, by its system alone.', (n) => ({ system: systems.ssn, value: `43217${String(n).slice(3)}` })),
    shared('One driver’s licence.', (n) => typed('DL', 'urn:oid:2.16.840.1.113883.4.3.25', `S${n}`)),
    shared('One passport.', (n) => typed('PPN', 'http://hl7.org/fhir/sid/passport-USA', `X${n}`)),
  ],
  nearMisses: [
    shared('A member number: a family has one.', (n) => typed('MB', 'http://payer.example/member', `F${n}`)),
    shared('A placeholder for a social security number.', () => typed('SS', systems.ssn, '999-99-9999')),
    shared('The records are linked already.', (n) => typed('MR', 'http://hospital.example/mrn', `L${n}`), (patient, other) => { patient['link'] = [...listAt(patient, 'link'), { other: { reference: `Patient/${String(other['id'])}` }, type: 'seealso' }]; }),
    shared('One of the records is retired.', (n) => typed('MR', 'http://hospital.example/mrn', `R${n}`), (patient) => { patient['active'] = false; }),
  ],
};
