import type { Change, Chart, Defect, Form } from './defect.ts';
import { coded, systems, textAt, type JsonObject } from './touch.ts';

const clinical = (code: string): JsonObject => coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code);
const allergy = (order: JsonObject, { random }: Chart, code: JsonObject, more: JsonObject = {}): JsonObject => ({
  resourceType: 'AllergyIntolerance', id: random.id(), clinicalStatus: clinical('active'), verificationStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'confirmed'), category: ['medication'], patient: { reference: String(textAt(order, 'subject', 'reference')) },
  recordedDate: '2024-01-10T09:00:00Z', code, ...more });
/** An active order, and an allergy that is added; the order carries the label. */
const form = (because: string, ordered: (order: JsonObject) => void, allergyTo: JsonObject, more: JsonObject = {}, status = 'active', alike = /cillin/i): Form => ({
  type: 'MedicationRequest', because,
  plant(order, chart): readonly Change[] | undefined {
    // Nobody who has another order of the kind, or another allergy to a drug.
    const known = chart.around(order, 'AllergyIntolerance');
    if (chart.around(order, 'MedicationRequest').some((one) => one['id'] !== order['id'] && alike.test(JSON.stringify(one['medicationCodeableConcept'] ?? ''))) || known.some((one) => !harmless.has(textAt(one, 'code', 'coding', 0, 'code') ?? ''))) return undefined;
    // A list that says there are none would contradict itself: it says peanut.
    const denied = known.filter((one) => textAt(one, 'code', 'coding', 0, 'code') === '716186003').map((one): Change => ({ how: 'amend', resource: { ...one, code: coded(systems.snomed, '91935009', 'Allergy to peanut'), category: ['food'] } }));
    delete order['medicationReference'];
    delete order['medicationCodeableConcept'];
    order['status'] = status;
    ordered(order);
    // Most of these are left to the forms that need them.
    if (denied.length > 0 && chart.random.share() < 0.9) return undefined;
    return [{ how: 'amend', resource: order, carries: true }, { how: 'add', resource: allergy(order, chart, allergyTo, more) }, ...denied];
  },
});
const drug = (rxcui: string, display?: string) => (order: JsonObject): void => { order['medicationCodeableConcept'] = coded(systems.rxnorm, rxcui, display); };
const inside = (rxcui: string, display: string) => (order: JsonObject): void => { order['contained'] = [{ resourceType: 'Medication', id: 'm', code: coded(systems.rxnorm, rxcui, display) }]; order['medicationReference'] = { reference: '#m' }; };
// Peanut, house dust mite, and that there is none.
const harmless = new Set(['91935009', '232350006', '716186003']);
const penicillin = coded(systems.snomed, '91936005', 'Allergy to penicillin');

/** `No known allergies` beside an allergy. */
const beside = (because: string, denial: JsonObject, category: string, allergyTo: JsonObject, labelled = true): Form => ({
  type: 'AllergyIntolerance', because,
  plant(statement, chart): readonly Change[] | undefined {
    if (textAt(statement, 'code', 'coding', 0, 'code') !== '716186003' || chart.around(statement, 'MedicationRequest').some((one) => /cillin|sulfa|vancomycin/i.test(JSON.stringify(one['medicationCodeableConcept'] ?? '')))) return undefined;
    const { random } = chart;
    const other: JsonObject = { ...statement, id: random.id(), code: allergyTo, category: [category], recordedDate: '2024-02-01T09:00:00Z' };
    return [{ how: 'amend', resource: { ...statement, code: denial }, carries: labelled }, { how: 'add', resource: other, carries: !labelled }];
  },
});

export const allergyConflict: Defect = {
  rule: 'allergy-conflict', apart: true, hidden: true,
  forms: [
    beside('No known allergies beside an allergy to penicillin.', coded(systems.snomed, '716186003', 'No known allergy'), 'medication', penicillin), beside('NKDA in words beside an allergy to a drug.', { text: 'NKDA' }, 'medication', { text: 'Sulfa drugs' }),
    beside('No known drug allergy beside an allergy to a drug.', coded(systems.snomed, '409137002', 'No known drug allergy'), 'medication', { text: 'Vancomycin' }), form('Amoxicillin for a patient with a penicillin allergy.', drug('723', 'amoxicillin 500 MG Oral Capsule'), penicillin),
    form('By their codes alone, without words.', drug('8339'), coded(systems.snomed, '91936005')), form('Ibuprofen, in a contained medication, beside an allergy to aspirin.', inside('5640', 'ibuprofen 600 MG Oral Tablet'), { text: 'Aspirin' }, {}, 'active', /profen|aspirin|naproxen/i),
    form('An allergy whose substance stands in its reaction.', drug('2670', 'codeine 30 MG'), { text: 'Drug allergy' }, { reaction: [{ substance: coded(systems.rxnorm, '7052', 'morphine'), manifestation: [{ text: 'hives' }] }] }, 'active', /codone|codeine|morphine/i),
  ],
  nearMisses: [
    form('An order that was stopped.', drug('723', 'amoxicillin 500 MG Oral Capsule'), penicillin, {}, 'stopped'), form('An allergy that is over.', drug('723', 'amoxicillin 500 MG Oral Capsule'), penicillin, { clinicalStatus: clinical('resolved') }), form('Another class.', drug('18631', 'azithromycin 250 MG Oral Tablet'), penicillin),
    beside('No known drug allergy beside an allergy to peanut.', coded(systems.snomed, '409137002', 'No known drug allergy'), 'food', coded(systems.snomed, '91935009', 'Allergy to peanut')), beside('No known food allergy beside an allergy to a drug.', coded(systems.snomed, '429625007', 'No known food allergy'), 'medication', penicillin),
  ],
};
