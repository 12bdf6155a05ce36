/** A population of Patients with households, twins, namesakes, and records of one person twice or three times, with the errors that registration makes. */

import { chance } from './chance.ts';

export type Born = { readonly id: string; /** Records with one number are one person. */ readonly person: number; readonly resource: object };

const onsets = ['b', 'br', 'c', 'ch', 'd', 'f', 'g', 'gr', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'r', 's', 'sch', 'st', 't', 'v', 'w', 'z'];
const vowels = ['a', 'e', 'i', 'o', 'u', 'ei', 'au', 'ie'];
const codas = ['', 'n', 'r', 'l', 's', 'ck', 'tt', 'm', 'nd', 'rt', 'son', 'man', 'ez', 'ton'];

type Person = { given: string; family: string; birthDate: string; gender: string; line: string; postalCode: string; city: string; phone: string; ssn: string };

export function* people(count: number, seed = 20261126): Generator<Born> {
  const random = chance(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  // Few names are many people's: Zipf, as in a census.
  const common = <T>(list: readonly T[]): T => list[Math.min(list.length - 1, Math.floor(list.length ** random() - 1))] as T;
  const name = (syllables: number): string => {
    const text = Array.from({ length: syllables }, () => `${pick(onsets)}${pick(vowels)}`).join('') + pick(codas);
    return text[0]!.toUpperCase() + text.slice(1);
  };
  const families = Array.from({ length: 12_000 }, () => name(random() < 0.5 ? 1 : 2));
  const givens = Array.from({ length: 1_500 }, () => name(2));
  const two = (number: number): string => String(number).padStart(2, '0');
  const digits = (length: number): string => Array.from({ length }, () => Math.floor(random() * 10)).join('');
  const born = (from = 1930, to = 2024): string => `${from + Math.floor(random() * (to - from))}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`;
  const home = () => ({ line: `${1 + Math.floor(random() * 400)} ${common(families)} ${pick(['Street', 'Avenue', 'Road', 'Lane'])}`, postalCode: `0${digits(4)}`, city: common(families), phone: `617${digits(7)}` });
  const person = (): Person => ({ given: common(givens), family: common(families), birthDate: born(), gender: pick(['female', 'male']), ...home(), ssn: `${100 + Math.floor(random() * 560)}${digits(6)}` });

  /** Another key than the one meant, or two in the wrong order. */
  const mistyped = (text: string): string => {
    const at = 1 + Math.floor(random() * (text.length - 2));
    return random() < 0.5 ? `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at]}${text.slice(at + 2)}` : `${text.slice(0, at)}${pick(['a', 'e', 'n', 'r', 's'])}${text.slice(at + 1)}`;
  };
  const again = (one: Person): Person => {
    const two: Person = { ...one };
    if (random() < 0.25) two.family = mistyped(one.family);
    else if (random() < 0.12 && one.gender === 'female') two.family = common(families); // married
    if (random() < 0.2) two.given = mistyped(one.given);
    if (random() < 0.03) [two.given, two.family] = [two.family, two.given];
    if (random() < 0.05) two.birthDate = `${one.birthDate.slice(0, 5)}${one.birthDate.slice(8)}-${one.birthDate.slice(5, 7)}`;
    else if (random() < 0.05) two.birthDate = `${one.birthDate.slice(0, 9)}${(Number(one.birthDate[9]) + 1) % 10}`;
    if (Number(two.birthDate.slice(5, 7)) > 12 || two.birthDate.endsWith('-00')) two.birthDate = one.birthDate;
    if (random() < 0.3) Object.assign(two, home());
    else if (random() < 0.2) two.line = mistyped(one.line);
    if (random() < 0.3) two.phone = `857${digits(7)}`;
    if (random() < 0.02) two.gender = one.gender === 'male' ? 'female' : 'male';
    if (random() < 0.5) two.ssn = '';
    else if (random() < 0.05) two.ssn = `${one.ssn.slice(0, 8)}${(Number(one.ssn[8]) + 1) % 10}`;
    return two;
  };
  const resource = (id: string, one: Person): object => ({
    resourceType: 'Patient', id,
    identifier: [{ type: { coding: [{ code: 'MR' }] }, system: 'urn:oid:1.2.36.146', value: id },
      ...(one.ssn === '' ? [] : [{ system: 'http://hl7.org/fhir/sid/us-ssn', value: one.ssn }])],
    name: [{ use: 'official', family: one.family, given: [one.given] }], gender: one.gender, birthDate: one.birthDate,
    telecom: [{ system: 'phone', value: one.phone }], address: [{ line: [one.line], city: one.city, postalCode: one.postalCode }],
  });

  let number = 0;
  for (let at = 0; at < count;) {
    // A household: one to four people, sometimes twins.
    const first = person();
    const household = [first];
    if (random() < 0.35) household.push({ ...person(), ...first, given: common(givens), birthDate: born(), gender: pick(['female', 'male']), ssn: `${100 + Math.floor(random() * 560)}${digits(6)}` });
    if (random() < 0.3) household.push({ ...first, given: common(givens), birthDate: born(2000), gender: pick(['female', 'male']), ssn: `${100 + Math.floor(random() * 560)}${digits(6)}` });
    const last = household.at(-1)!;
    if (random() < 0.02) household.push({ ...last, given: common(givens), gender: pick(['female', 'male']), ssn: `${100 + Math.floor(random() * 560)}${digits(6)}` });
    for (const one of household) {
      number++;
      const records = random() < 0.005 ? 3 : random() < 0.05 ? 2 : 1;
      for (let record = 0; record < records && at < count; record++, at++) {
        const id = `p${at}`;
        yield { id, person: number, resource: resource(id, record === 0 ? one : again(one)) };
      }
    }
  }
}
