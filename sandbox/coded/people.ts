import type { JsonObject } from '../json-exact.ts';
import type { Random } from '../seeded-random.ts';

export type Person = { readonly id: string; readonly sex: 'female' | 'male'; readonly given: string; readonly family: string; readonly birthDate: string; readonly resource: JsonObject };

const given = {
  female: ['Amelia', 'Beatriz', 'Chiara', 'Dorothea', 'Esther', 'Farida', 'Greta', 'Hana', 'Ingrid', 'Josephine', 'Keiko', 'Leonora', 'Miriam', 'Noemi', 'Odette', 'Priya', 'Rosamund', 'Soledad', 'Tamsin', 'Ursula', 'Valentina', 'Winifred', 'Yolanda', 'Zofia'],
  male: ['Anselm', 'Bartholomew', 'Casimir', 'Desmond', 'Emeka', 'Florian', 'Gideon', 'Horatio', 'Isidro', 'Jerome', 'Kenji', 'Lorenzo', 'Magnus', 'Nathaniel', 'Orlando', 'Percival', 'Quentin', 'Rafael', 'Sebastian', 'Thaddeus', 'Ulrich', 'Vikram', 'Wendell', 'Yusuf'],
};
const families = ['Abernathy', 'Bianchi', 'Castellanos', 'Dlamini', 'Ellsworth', 'Fitzgerald', 'Grabowski', 'Hawthorne', 'Iwasaki', 'Jankowski', 'Kavanagh', 'Lindqvist', 'Mbeki', 'Nakamura', 'Oyelaran', 'Papadopoulos',
  'Quintero', 'Rasmussen', 'Santangelo', 'Thorvaldsen', 'Underwood', 'Vasquez', 'Whitcombe', 'Xiong', 'Yamamoto', 'Zielinski', 'Ashworth', 'Brandt', 'Cardoso', 'Delacroix'];
const streets = ['Alder', 'Beacon', 'Chestnut', 'Dartmouth', 'Elm', 'Franklin', 'Garden', 'Harbor', 'Juniper', 'Linden', 'Maple', 'Orchard'];
const towns = [['Brookline', '02445'], ['Salem', '01970'], ['Lowell', '01852'], ['Quincy', '02169'], ['Medford', '02155'], ['Natick', '01760']] as const;

export const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)] as T;
export const digits = (random: Random, count: number): string => Array.from({ length: count }, () => random.below(10)).join('');

/** Ages are at 2025-01-01. `family` for a child who has its mother's. */
export function person(random: Random, number: number, sex: 'female' | 'male', born: string, family?: string): Person {
  const id = random.id();
  const [name, last] = [pick(random, given[sex]), family ?? pick(random, families)];
  const [town, postalCode] = pick(random, towns);
  const resource: JsonObject = {
    resourceType: 'Patient', id,
    identifier: [
      { use: 'usual', type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }, system: 'urn:oid:1.2.36.146.595.217.0.1', value: `C${String(number).padStart(5, '0')}` },
      { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'SS' }] }, system: 'http://hl7.org/fhir/sid/us-ssn', value: `${100 + random.below(500)}-${10 + random.below(89)}-${1000 + random.below(8999)}` },
    ],
    active: true, name: [{ use: 'official', family: last, given: [name] }],
    telecom: [{ system: 'phone', value: `617-555-${digits(random, 4)}`, use: 'home' }],
    gender: sex, birthDate: born,
    address: [{ use: 'home', line: [`${1 + random.below(400)} ${pick(random, streets)} Street`], city: town, state: 'MA', postalCode, country: 'US' }],
  };
  return { id, sex, given: name, family: last, birthDate: born, resource };
}
