import type { Chart, Defect, Form } from './defect.ts';
import { smallestCharts } from './smallest-charts.ts';
import { copyOf, isObject, listAt, part, textAt, type JsonObject } from './touch.ts';

/** A second record of the patient, changed; both carry the label. */
const again = (because: string, change: (copy: JsonObject, chart: Chart) => unknown, suits: (patient: JsonObject, chart: Chart) => boolean = () => true): Form => ({
  type: 'Patient', because,
  plant(patient, chart) {
    const copy = copyOf(patient), name = part(copy, 'name', 0);
    if (typeof name?.['family'] !== 'string' || listAt(name, 'given').length === 0 || !suits(patient, chart) || String(patient['birthDate'] ?? '').length !== 10) return undefined;
    // A record of its own: another id, a record number of its own and no other number.
    const id = copy['id'] = chart.random.id();
    copy['identifier'] = listAt(copy, 'identifier').filter(isObject).filter((one) => textAt(one, 'type', 'coding', 0, 'code') === 'MR').map((one) => ({ ...one, value: id }));
    copy['name'] = [name];
    if (change(copy, chart) === false) return undefined;
    return [{ how: 'amend', resource: patient, carries: true }, { how: 'add', resource: copy, carries: true }];
  },
});
const nameOf = (copy: JsonObject): JsonObject => part(copy, 'name', 0) ?? {};
const given = (copy: JsonObject): string => String(listAt(nameOf(copy), 'given')[0] ?? '');
/** Two letters in the middle change places. */
const mistyped = (text: string): string => (text.length < 4 ? `${text}e` : `${text.slice(0, 2)}${text[3] ?? ''}${text[2] ?? ''}${text.slice(4)}`);
const others = { family: 'Oyelaran', given: ['Wilhelmina'] };

export const identityDuplicatePair: Defect = {
  rule: 'identity-duplicate-pair', apart: true, most: 1,
  forms: [
    again('Registered again at the desk: the family name was mistyped, under another telephone.', (copy) => {
      nameOf(copy)['family'] = mistyped(String(nameOf(copy)['family']));
      copy['telecom'] = [{ system: 'phone', value: '555-0142-338', use: 'home' }];
    }, (patient, chart) => patient['id'] === smallestCharts(chart)[1]),
    again('Registered twice.', () => true),
    again('The family name was mistyped.', (copy) => { nameOf(copy)['family'] = mistyped(String(nameOf(copy)['family'])); }),
    again('Two digits of the birth date changed places.', (copy) => { const born = String(copy['birthDate']); copy['birthDate'] = `${born.slice(0, 8)}${born[9] ?? ''}${born[8] ?? ''}`; return /-\d\d-(?:[012][012]|03|30)$/.test(born); }),
    again('Moved, under another telephone.', (copy) => { copy['address'] = [{ line: ['4 Cliff Walk'], city: 'Elsewhere', postalCode: '97035' }]; copy['telecom'] = []; }),
    again('Given and family name changed places.', (copy) => { const [family, first] = [String(nameOf(copy)['family']), given(copy)]; nameOf(copy)['family'] = first; nameOf(copy)['given'] = [family]; }),
    again('A middle name came first.', (copy) => { nameOf(copy)['given'] = ['Sue', ...listAt(nameOf(copy), 'given')]; }),
  ],
  nearMisses: [
    again('A twin: another given name and sex.', (copy) => { nameOf(copy)['given'] = others.given; copy['gender'] = copy['gender'] === 'female' ? 'male' : 'female'; }),
    again('A parent of the same name and home.', (copy) => { copy['birthDate'] = `${Number(String(copy['birthDate']).slice(0, 4)) - 31}-09-27`; }),
    again('Somebody else who was born on the same day.', (copy) => { copy['name'] = [{ ...others }]; copy['address'] = [{ line: ['9 Far Road'], city: 'Elsewhere', postalCode: '97035' }]; copy['telecom'] = []; }),
    again('A record that the EHR has retired.', (copy) => { copy['active'] = false; }),
  ],
};
