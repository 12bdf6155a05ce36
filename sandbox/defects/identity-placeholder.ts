import { addChanged, type Defect, type Form } from './defect.ts';
import { isObject, listAt, systems, type JsonObject } from './touch.ts';

/** A record of its own after one that is there. */
const form = (because: string, change: (patient: JsonObject, id: string) => void): Form => addChanged('Patient', because, (patient, { random }) => {
  const id = random.id();
  for (const identifier of listAt(patient, 'identifier').filter(isObject)) identifier['value'] = id;
  Object.assign(patient, { birthDate: '1990-01-01', telecom: [{ system: 'phone', value: '555-555-5555', use: 'home' }] });
  for (const name of ['deceasedDateTime', 'deceasedBoolean', 'link']) delete patient[name];
  change(patient, id);
  return true;
});
const named = (family: string, ...given: string[]) => (patient: JsonObject): void => { patient['name'] = [{ use: 'official', family, given }]; };
const ssn = (value: string) => (patient: JsonObject): void => { patient['identifier'] = [{ system: systems.ssn, value }]; };
const born = (birthDate: string) => (patient: JsonObject): void => { patient['birthDate'] = birthDate; };

export const identityPlaceholder: Defect = {
  rule: 'identity-placeholder', most: 1,
  forms: [
    form('A test patient of the IT department.', named('Zztest', 'Test')), form('Registered as unknown.', named('Doe', 'John')), form('Registered as unknown, by a trauma name.', named('Trauma', 'Alpha')), form('No name was given.', named('Unknown', 'Unknown')),
    form('A newborn’s name, years later.', (patient) => { named('Whitfield', 'Baby Girl')(patient); born('2021-05-05')(patient); }), form('A birth date that a screen filled in.', born('1900-01-01')), form('A number of nines.', ssn('999-99-9999')), form('A number that was never issued.', ssn('000-12-3456')),
    form('Marked as a test by the source.', (patient) => { patient['meta'] = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] }; }), form('A name in text alone, of a test.', (patient) => { patient['name'] = [{ text: 'TEST, PATIENT' }]; }),
    form('Jane Doe with a number.', named('Doe 0231', 'Jane')), form('Anonymous.', named('Anonymous', 'Male')),
  ],
  nearMisses: [
    form('A family called Doerr.', named('Doerr', 'Johanna')), form('A family called Testa.', named('Testa', 'Marco')), form('A newborn of last week.', (patient) => { named('Whitfield', 'Baby Boy')(patient); born('2026-11-20')(patient); }), form('Born on the first of January.', born('1950-01-01')),
    form('A real number.', ssn('219-44-1187')), form('A placeholder among old names.', (patient) => { patient['name'] = [{ use: 'official', family: 'Moreland', given: ['Ada'] }, { use: 'old', family: 'Doe', given: ['Jane'] }]; }),
  ],
};
