import { addChanged, add, amend, type Chart, type Defect, type Form } from '../../../sandbox/defects/defect.ts';
import { at, copyOf, isObject, listAt, numberOf, textAt, type JsonObject } from '../../../sandbox/json-exact.ts';
import { amount, concept, shifted, uris } from './words.ts';

type Forms = Defect['forms'];
const loincOf = (one: JsonObject | undefined): string => listAt(one, 'code', 'coding').map((coding) => (textAt(coding, 'system') === uris.loinc ? textAt(coding, 'code') : undefined)).find((code) => code !== undefined) ?? '';
const quantityOf = (one: JsonObject): JsonObject | undefined => { const found = one['valueQuantity']; return isObject(found) ? found : undefined; };
/** An observation of one of these codes whose value is measured; the change sees its quantity. */
const measured = (because: string, codes: readonly string[], change: (quantity: JsonObject, one: JsonObject, chart: Chart) => unknown): Form => amend('Observation', because, (one, chart) => {
  const quantity = quantityOf(one);
  return quantity !== undefined && (codes.length === 0 || codes.includes(loincOf(one))) && change(quantity, one, chart);
});
const set = (one: JsonObject, value: JsonObject): void => { one['valueQuantity'] = value; delete one['referenceRange']; };
const value = (because: string, codes: readonly string[], number: number, unit: string): Form => measured(because, codes, (_, one) => set(one, amount(number, unit)));
const instead = (because: string, codes: readonly string[], what: JsonObject): Form => measured(because, codes, (_, one) => { delete one['valueQuantity']; Object.assign(one, what); });
const weight = ['29463-7'], height = ['8302-2'], glucose = ['2339-0', '2345-7'], creatinine = ['38483-4', '2160-0'], sodium = ['2947-0', '2951-2'], potassium = ['6298-4', '2823-3'], cholesterol = ['2093-3'], hemoglobin = ['718-7'], hba1c = ['4548-4'], bmi = ['39156-5'];
/** A blood pressure with both its components. */
const pressure = (because: string, change: (high: JsonObject, low: JsonObject, one: JsonObject) => unknown): Form => amend('Observation', because, (one) => {
  const parts = listAt(one, 'component').filter(isObject);
  const [high, low] = ['8480-6', '8462-4'].map((code) => parts.find((part) => loincOf(part) === code));
  return high !== undefined && low !== undefined && change(high, low, one);
});
/** A later measurement whose number is of another unit. */
const delta = (because: string, codes: readonly string[], factor: (was: number) => number, suits: (was: number, unit: string) => boolean): Form => addChanged('Observation', because, (copy, chart) => {
  const quantity = quantityOf(copy), time = textAt(copy, 'effectiveDateTime');
  const was = numberOf(quantity?.['value']);
  if (quantity === undefined || time === undefined || !codes.includes(loincOf(copy)) || !suits(was, textAt(quantity, 'code') ?? '')) return false;
  // The last of its kind, so that what follows does not jump back.
  const later = chart.around(copy, 'Observation').some((one) => loincOf(one) === loincOf(copy) && Date.parse(textAt(one, 'effectiveDateTime') ?? '') > Date.parse(time));
  if (later) return false;
  quantity['value'] = Math.round(factor(was) * 100) / 100;
  copy['effectiveDateTime'] = shifted(time, 2); copy['issued'] = shifted(time, 2);
  delete copy['encounter'];
});

const grown = (one: JsonObject, chart: Chart): boolean => Date.parse(textAt(one, 'effectiveDateTime') ?? textAt(one, 'effectivePeriod', 'start') ?? '') - Date.parse(textAt(chart.resolve(textAt(one, 'subject', 'reference')), 'birthDate') ?? '') > 20 * 365.25 * 86_400_000;

export const values: readonly Defect[] = [
  { rule: 'value-type-fits', forms: [instead('A weight in words.', weight, { valueString: 'heavy' }), instead('A potassium that is yes.', potassium, { valueBoolean: true }), instead('A glucose as a concept.', glucose, { valueCodeableConcept: { text: 'High' } }), instead('A creatinine that is a time.', creatinine, { valueDateTime: '2020-01-01' }), instead('A cholesterol as a concept.', cholesterol, { valueCodeableConcept: concept(uris.snomed, '75540009', 'High') }),
    add('Observation', 'A smoking status measured in kilograms.', (one) => base(one, '72166-2', amount(4, 'kg')))],
    nearMisses: [instead('No value, and the reason why.', weight, { dataAbsentReason: concept('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'not-performed') }), measured('Below what can be measured.', creatinine, (quantity) => { quantity['comparator'] = '<'; })] },
  { rule: 'value-unit-valid', forms: [value('Millimetres of mercury by their letters.', ['8480-6', '8462-4'], 120, 'mmHg'), value('lbs is no unit of UCUM.', weight, 154, 'lbs'), value('beats per minute in words.', ['8867-4'], 80, 'bpm'), value('Degrees by their sign.', ['8310-5', '8331-1'], 37, '°C'), measured('No code at all.', [...weight, ...height], (quantity) => { delete quantity['code']; delete quantity['system']; }), value('An unbalanced bracket.', [...glucose, ...creatinine], 90, 'mg/(dL'), value('Meq by its letters.', [...sodium, ...potassium], 4, 'mEq/L')],
    nearMisses: [value('An annotation is UCUM.', ['9279-1'], 16, '{breaths}/min'), value('Per minute, annotated.', ['8867-4'], 80, '{beats}/min'), measured('A readable unit beside the code.', weight, (quantity) => { quantity['unit'] = 'kilograms'; })] },
  { rule: 'value-unit-fits', forms: [value('A weight in centimetres.', weight, 80, 'cm'), value('A height in kilograms.', height, 80, 'kg'), value('A glucose in millimetres of mercury.', glucose, 90, 'mm[Hg]'), value('A cholesterol in seconds.', cholesterol, 190, 's'), value('A sodium in per cent.', sodium, 40, '%'), value('A BMI in kilograms.', bmi, 27, 'kg'), value('An HbA1c in kilograms.', hba1c, 6, 'kg'), value('A glucose of mass in moles.', glucose, 5.4, 'mmol/L'), value('A cholesterol of mass in moles.', cholesterol, 4.9, 'mmol/L'), pressure('A component in kilograms.', (high) => { high['valueQuantity'] = amount(120, 'kg'); })],
    nearMisses: [value('A weight in grams.', weight, 80000, 'g'), value('A weight in pounds.', weight, 154, '[lb_av]'), value('A height in inches.', height, 68, '[in_i]'), value('A potassium in milliequivalents.', potassium, 4.1, 'meq/L')] },
  { rule: 'value-plausible-range', forms: [value('A weight of four tons.', weight, 4000, 'kg'), value('A height of nine metres.', height, 900, 'cm'), value('A glucose of nine thousand.', glucose, 9000, 'mg/dL'), value('A potassium of 41.', potassium, 41, 'mmol/L'), value('A sodium of 14.', sodium, 14, 'mmol/L'), value('A creatinine of 310.', creatinine, 310, 'mg/dL'), value('A temperature of 97 degrees Celsius.', ['8310-5'], 97, 'Cel'), value('A haemoglobin of 140.', hemoglobin, 140, 'g/dL')],
    nearMisses: [measured('A weight of 320 kg.', weight, (_, one, chart) => { set(one, amount(320, 'kg')); return grown(one, chart); }), value('A glucose of 620.', glucose, 620, 'mg/dL'), value('A potassium of 6.9.', potassium, 6.9, 'mmol/L'), value('A fever in Fahrenheit.', ['8310-5'], 104, '[degF]'), measured('A weight of 180 pounds.', weight, (_, one, chart) => { set(one, amount(180, '[lb_av]')); return grown(one, chart); })] },
  { rule: 'value-component-range', forms: [pressure('A systolic of 1200.', (high) => { high['valueQuantity'] = amount(1200, 'mm[Hg]'); }), pressure('A diastolic of zero.', (_, low) => { low['valueQuantity'] = amount(0.5, 'mm[Hg]'); }), pressure('A systolic of 90 kPa.', (high) => { high['valueQuantity'] = amount(90, 'kPa'); })],
    nearMisses: [pressure('Malignant hypertension.', (high, low) => { high['valueQuantity'] = amount(245, 'mm[Hg]'); low['valueQuantity'] = amount(140, 'mm[Hg]'); }), pressure('In shock.', (high, low) => { high['valueQuantity'] = amount(62, 'mm[Hg]'); low['valueQuantity'] = amount(35, 'mm[Hg]'); })] },
  { rule: 'value-reference-range', forms: [measured('Low above high.', [...glucose, ...creatinine, ...sodium, ...cholesterol], (quantity, one) => { one['referenceRange'] = [{ low: { ...quantity, value: 9000 }, high: { ...quantity, value: 1 } }]; }), measured('Range in another unit.', [...glucose, ...creatinine, ...cholesterol], (_, one) => { one['referenceRange'] = [{ low: amount(3, 'cm'), high: amount(5, 'cm') }]; }), measured('Range in millimoles, value in milligrams.', [...glucose, ...cholesterol], (_, one) => { one['referenceRange'] = [{ low: amount(3.9, 'mmol/L'), high: amount(5.5, 'mmol/L') }]; }),
    measured('The second range is turned round.', [...sodium, ...potassium], (quantity, one) => { one['referenceRange'] = [{ low: { ...quantity, value: 1 }, high: { ...quantity, value: 900 } }, { low: { ...quantity, value: 90 }, high: { ...quantity, value: 9 } }]; })],
    nearMisses: [measured('Only a high end.', cholesterol, (quantity, one) => { one['referenceRange'] = [{ high: { ...quantity, value: 200 } }]; }), measured('In words.', cholesterol, (_, one) => { one['referenceRange'] = [{ text: '< 200 mg/dL' }]; }), measured('Low and high are one.', sodium, (quantity, one) => { one['referenceRange'] = [{ low: { ...quantity, value: 140 }, high: { ...quantity, value: 140 } }]; })] },
  { rule: 'value-supply', forms: [amend('MedicationRequest', '3650 days’ supply.', (one) => { one['dispenseRequest'] = { expectedSupplyDuration: amount(3650, 'd') }; }), amend('MedicationRequest', '99 refills.', (one) => { one['dispenseRequest'] = { numberOfRepeatsAllowed: 99 }; }), amend('MedicationRequest', 'No days of supply.', (one) => { one['dispenseRequest'] = { expectedSupplyDuration: amount(0, 'd') }; }), amend('MedicationRequest', 'Three years in months.', (one) => { one['dispenseRequest'] = { expectedSupplyDuration: amount(36, 'mo') }; }),
    { type: 'MedicationRequest', because: 'Dispensed for 900 days.', plant: (one, chart) => [{ how: 'add', carries: true, resource: { resourceType: 'MedicationDispense', id: chart.random.id(), status: 'completed', medicationCodeableConcept: one['medicationCodeableConcept'] ?? {}, subject: one['subject'] ?? {}, daysSupply: amount(900, 'd'), whenHandedOver: one['authoredOn'] ?? '' } }] }],
    nearMisses: [amend('MedicationRequest', 'A year.', (one) => { one['dispenseRequest'] = { expectedSupplyDuration: amount(365, 'd'), numberOfRepeatsAllowed: 11 }; }), amend('MedicationRequest', 'Twelve weeks, no refill.', (one) => { one['dispenseRequest'] = { expectedSupplyDuration: amount(12, 'wk'), numberOfRepeatsAllowed: 0 }; })] },
  { rule: 'value-blood-pressure', forms: [pressure('Turned round.', (high, low) => { [high['valueQuantity'], low['valueQuantity']] = [low['valueQuantity']!, high['valueQuantity']!]; }), pressure('Turned round, in kPa.', (high, low) => { high['valueQuantity'] = amount(10.6, 'kPa'); low['valueQuantity'] = amount(16, 'kPa'); }), pressure('The diastolic 170 over 165.', (high, low) => { high['valueQuantity'] = amount(165, 'mm[Hg]'); low['valueQuantity'] = amount(170, 'mm[Hg]'); }), pressure('The systolic in kPa, below the diastolic in mm[Hg].', (high, low) => { high['valueQuantity'] = amount(8, 'kPa'); low['valueQuantity'] = amount(90, 'mm[Hg]'); })],
    nearMisses: [pressure('The systolic in kPa, above the diastolic in mm[Hg].', (high, low) => { high['valueQuantity'] = amount(16, 'kPa'); low['valueQuantity'] = amount(80, 'mm[Hg]'); }), pressure('The diastolic was not heard.', (_, low) => { delete low['valueQuantity']; low['dataAbsentReason'] = concept('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'unknown'); })] },
  { rule: 'value-bmi-disagrees', forms: [measured('A BMI half as high again.', bmi, (quantity) => { quantity['value'] = Math.round(numberOf(quantity['value']) * 15) / 10; }), measured('A BMI a tenth lower.', bmi, (quantity) => { quantity['value'] = Math.round(numberOf(quantity['value']) * 9) / 10; }), measured('A BMI of weight by height.', bmi, (quantity) => { quantity['value'] = Math.round(numberOf(quantity['value']) * 17) / 10; })],
    nearMisses: [measured('Rounded.', bmi, (quantity) => { quantity['value'] = Math.round(numberOf(quantity['value'])); }), measured('Two per cent off.', bmi, (quantity) => { quantity['value'] = Math.round(numberOf(quantity['value']) * 102) / 100; })] },
  { rule: 'value-delta', forms: [delta('A weight in pounds that says kilograms.', weight, (was) => was * 2.2046, (was) => was > 120), delta('A height in inches that says centimetres.', height, (was) => was / 2.54, (was) => was > 150), delta('A haemoglobin of g/L that says g/dL.', hemoglobin, (was) => was * 10, (was) => was > 8), delta('A creatinine a hundred times.', creatinine, (was) => was * 100, (was) => was > 0.6), delta('A glucose a hundred times.', glucose, (was) => was * 100, (was) => was > 60 && was < 200), delta('A potassium ten times.', potassium, (was) => was * 10, (was) => was > 3)],
    nearMisses: [delta('A weight that doubled, of a child.', weight, (was) => was * 2, (was) => was < 20), delta('A creatinine that rose tenfold, to 9.', creatinine, (was) => was * 10, (was) => was < 1)] },
  { rule: 'code-display', forms: ([['8867-4', 'Body weight'], ['8302-2', 'Diastolic blood pressure'], ['29463-7', 'Heart rate'], ['2093-3', 'Potassium [Moles/volume] in Serum'], ['8310-5', 'Respiratory rate'], ['39156-5', 'Body temperature']] as const).map(([code, display]): Form => amend('Observation', `${code} shown as ${display}.`, (one) => { if (loincOf(one) !== code) return false; one['code'] = concept(uris.loinc, code, display); })) as unknown as Forms,
    nearMisses: [amend('Observation', 'Without a display.', (one) => { const coding = at(one, 'code', 'coding', 0); if (!isObject(coding)) return false; delete coding['display']; }), amend('Observation', 'In capitals.', (one) => { if (loincOf(one) !== '29463-7') return false; one['code'] = concept(uris.loinc, '29463-7', 'BODY WEIGHT'); })] },
];
function base(like: JsonObject, code: string, quantity: JsonObject): JsonObject {
  const made = copyOf(like);
  for (const name of Object.keys(made)) if (/^value|^component|^referenceRange|^dataAbsent/.test(name)) delete made[name];
  made['code'] = concept(uris.loinc, code);
  made['valueQuantity'] = quantity;
  made['category'] = [concept('http://terminology.hl7.org/CodeSystem/observation-category', 'social-history')];
  return made;
}
