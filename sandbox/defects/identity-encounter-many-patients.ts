import type { Change, Chart, Defect, Form } from './defect.ts';
import { copyOf, listAt, part, textAt, type JsonObject } from './touch.ts';

const element = (type: string): string => (type === 'Immunization' || type === 'AllergyIntolerance' ? 'patient' : 'subject');
/** A copy that names the same encounter and another patient. */
const astray = (type: string, because: string, more: (other: JsonObject, owner: JsonObject, chart: Chart) => readonly Change[] = () => []): Form => ({
  type, because,
  plant(resource, chart) {
    const encounter = chart.resolve(textAt(part(resource, 'encounter'), 'reference')), owner = chart.resolve(textAt(part(encounter, 'subject'), 'reference'));
    const other = chart.resolve(`Patient/${chart.patients[chart.random.below(chart.patients.length)] ?? ''}`);
    if (encounter === undefined || owner === undefined || other === undefined || other['id'] === owner['id']) return undefined;
    const begun = Date.parse(textAt(encounter, 'period', 'start') ?? '');
    // Not around a birth: a mother and her child may share an encounter.
    if (![owner, other].every((one) => Math.abs(begun - Date.parse(String(one['birthDate']))) > 400 * 86_400_000)) return undefined;
    const copy = { ...copyOf(resource), id: chart.random.id(), [element(type)]: { reference: `Patient/${String(other['id'])}` } };
    return [{ how: 'add', resource: copy, carries: true }, ...more(other, owner, chart)];
  },
});

export const identityEncounterManyPatients: Defect = {
  rule: 'identity-encounter-many-patients', hidden: true,
  forms: [astray('Observation', 'A result in another patient’s encounter.'), astray('Condition', 'A diagnosis in another patient’s encounter.'), astray('Procedure', 'A procedure in another patient’s encounter.'),
    astray('MedicationRequest', 'An order in another patient’s encounter.'), astray('DiagnosticReport', 'A report in another patient’s encounter.')],
  nearMisses: [
    astray('Observation', 'The two records are linked.', (other, owner) => [{ how: 'amend', resource: { ...other, link: [...listAt(other, 'link'), { other: { reference: `Patient/${String(owner['id'])}` }, type: 'seealso' }] } }]),
    astray('Observation', 'A donor, who is known as a related person.', (other, owner, chart) => [{ how: 'add', resource: { resourceType: 'RelatedPerson', id: chart.random.id(), patient: { reference: `Patient/${String(owner['id'])}` },
      identifier: [{ system: 'http://hospital.example/donor', value: String(other['id']) }], extension: [{ url: 'http://hospital.example/is-patient', valueReference: { reference: `Patient/${String(other['id'])}` } }] } }]),
  ],
};
