import type { Chart, Defect, Form } from './defect.ts';
import { smallestCharts } from './smallest-charts.ts';
import { copyOf, listAt, part, type JsonObject } from './touch.ts';

/** An update of the record; version 1 is what was loaded. */
const update = (because: string, change: (after: JsonObject) => unknown, suits: (patient: JsonObject, chart: Chart) => boolean = () => true, bothSent = false): Form => ({
  type: 'Patient', because,
  plant(patient, chart) {
    const after = copyOf(patient);
    if (!suits(patient, chart) || part(after, 'name', 0) === undefined || typeof after['birthDate'] !== 'string' || change(after) === false) return undefined;
    return [{ how: 'update', resource: after, carries: true, bothSent }];
  },
});
const rename = (after: JsonObject, name: JsonObject): void => { Object.assign(part(after, 'name', 0) ?? {}, name); };
// Earlier, so that no event comes to lie before birth.
const otherBirth = (after: JsonObject): void => { after['birthDate'] = `${Number(String(after['birthDate']).slice(0, 4)) - 3}-03-11`; };
const otherSex = (after: JsonObject): void => { after['gender'] = after['gender'] === 'female' ? 'male' : 'female'; };
const others = { family: 'Okonkwo217', given: ['Rosalind88'] };

export const identityOverlay: Defect = {
  rule: 'identity-overlay', most: 1, apart: true,
  forms: [
    update('An update put another person’s name and birth date on the record; version 1 has the first.', (after) => { rename(after, others); otherBirth(after); }, (patient, chart) => patient['id'] === smallestCharts(chart)[0], true),
    update('Another person’s family name and birth date.', (after) => { rename(after, { family: others.family }); otherBirth(after); }),
    update('Another person’s given name and sex.', (after) => { rename(after, { given: others.given }); otherSex(after); }),
    update('Everything is another person’s, the identifiers too.', (after) => {
      rename(after, others); otherBirth(after); otherSex(after);
      after['identifier'] = [{ system: 'urn:oid:1.2.36.146.595.217.0.1', value: 'X99001' }];
    }),
    update('Another birth date and sex under the same name.', (after) => { otherBirth(after); otherSex(after); }),
  ],
  nearMisses: [
    update('A new family name alone: married.', (after) => rename(after, { family: 'Bellweather' })),
    update('The birth date’s digits were swapped.', (after) => { const born = String(after['birthDate']); after['birthDate'] = `${born.slice(0, 8)}${born[9] ?? ''}${born[8] ?? ''}`; },
      (patient) => /-\d\d-(?:[012][012]|03|30)$/.test(String(patient['birthDate']))),
    update('A spelling was corrected, and a middle name added.', (after) => { const name = part(after, 'name', 0); rename(after, { family: `${String(name?.['family'])}e`, given: [...listAt(name, 'given'), 'Maria'] }); }),
    update('The address and the phone changed.', (after) => { after['address'] = [{ line: ['9 New Road'], city: 'Worcester' }]; after['telecom'] = []; }),
  ],
};
