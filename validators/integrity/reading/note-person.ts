import { plainName } from './placeholders.ts';

/** Whom a note says it is about. */
export type NotePerson = { name?: readonly string[];
  /** Families that the text calls its patient by: `Mr. Brown presents with`. */
  called?: readonly string[]; birthDate?: string; sex?: 'female' | 'male'; age?: number };

const named = /^\s*(?:patient(?: name)?|name of patient|pt name|name)\s*:\s*([A-Z][\p{L}'’. -]+?(?:,\s*[A-Z][\p{L}'’. -]+)?)\s*(?:$|\d|\||;|\(|DOB|MRN)/imu;
const born = /\b(?:DOB|date of birth|born)\s*:?\s*(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\/(\d{1,2})\/(\d{4}))/i;
const aged = /\b(\d{1,3})[ -](?:year|yr|y)s?[ -]?(?:old|o)\b((?:\s+[\p{L}-]+){0,4})/iu;
const sexes: Readonly<Record<string, 'female' | 'male'>> = { female: 'female', woman: 'female', girl: 'female', lady: 'female', male: 'male', man: 'male', boy: 'male', gentleman: 'male' };
// Somebody of whom a note speaks before its patient: not the first words of the line then.
const relative = /\b(mother|father|son|daughter|husband|wife|brother|sister|partner|sibling)\b[^.\n]{0,40}$/i;

// A title and a family, and what a patient does or is: not of whom somebody was told, and no provider.
const titled = /\b(?:Mr|Mrs|Ms|Miss)\.?\s+(\p{Lu}[\p{L}'’-]+)\s+(?:is|was|has|had|presents|presented|reports|reported|denies|denied|underwent|came|comes|returns|returned|will|states|feels|tolerated|remained|remains)\b/gu;
const kin = /\b(?:mother|father|parents?|sons?|daughters?|husband|wife|spouse|brothers?|sisters?|partner|siblings?|aunt|uncle|cousin|friend|neighbou?r|caregiver|guardian|nurse|therapist|social worker|case manager|interpreter|pharmacist)\b/i;

function calledIn(text: string): readonly string[] {
  return [...text.matchAll(titled)].flatMap((match) => {
    const line = text.slice(text.lastIndexOf('\n', match.index) + 1, text.indexOf('\n', match.index) < 0 ? undefined : text.indexOf('\n', match.index));
    return kin.test(line) || match[1] === undefined ? [] : [plainName(match[1])];
  });
}

/** Reads name, birth date, age and sex from the usual places; what is not there is left out. */
export function personIn(text: string): NotePerson {
  const person: NotePerson = {};
  const name = named.exec(text)?.[1];
  const parts = name === undefined ? [] : plainName(name.replace(/,/g, ' ')).split(' ').filter((part) => part.length > 1 && !['mr', 'mrs', 'ms', 'dr', 'jr', 'sr'].includes(part));
  if (parts.length > 0) person.name = parts;
  const called = calledIn(text);
  if (called.length > 0) person.called = called;
  const date = born.exec(text);
  if (date !== null) person.birthDate = date[1] !== undefined ? `${date[1]}-${date[2]}-${date[3]}` : `${date[6]}-${(date[4] ?? '').padStart(2, '0')}-${(date[5] ?? '').padStart(2, '0')}`;
  const age = aged.exec(text);
  if (age !== null && !relative.test(text.slice(0, age.index))) {
    person.age = Number(age[1]);
    const sex = (age[2] ?? '').toLowerCase().split(/\s+/).map((word) => sexes[word]).find((one) => one !== undefined);
    if (sex !== undefined) person.sex = sex;
  }
  return person;
}
