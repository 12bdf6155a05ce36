import { plainName } from './placeholders.ts';

/** Whom a note says it is about. */
export type NotePerson = { name?: readonly string[]; birthDate?: string; sex?: 'female' | 'male'; age?: number };

const named = /^\s*(?:patient(?: name)?|name of patient|pt name|name)\s*:\s*([A-Z][\p{L}'’. -]+?(?:,\s*[A-Z][\p{L}'’. -]+)?)\s*(?:$|\d|\||;|\(|DOB|MRN)/imu;
const born = /\b(?:DOB|date of birth|born)\s*:?\s*(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\/(\d{1,2})\/(\d{4}))/i;
const aged = /\b(\d{1,3})[ -](?:year|yr|y)s?[ -]?(?:old|o)\b((?:\s+[\p{L}-]+){0,4})/iu;
const sexes: Readonly<Record<string, 'female' | 'male'>> = { female: 'female', woman: 'female', girl: 'female', lady: 'female', male: 'male', man: 'male', boy: 'male', gentleman: 'male' };
// Somebody of whom a note speaks before its patient: not the first words of the line then.
const relative = /\b(mother|father|son|daughter|husband|wife|brother|sister|partner|sibling)\b[^.\n]{0,40}$/i;

/** Reads name, birth date, age and sex from the usual places; what is not there is left out. */
export function personIn(text: string): NotePerson {
  const person: NotePerson = {};
  const name = named.exec(text)?.[1];
  const parts = name === undefined ? [] : plainName(name.replace(/,/g, ' ')).split(' ').filter((part) => part.length > 1 && !['mr', 'mrs', 'ms', 'dr', 'jr', 'sr'].includes(part));
  if (parts.length > 0) person.name = parts;
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
