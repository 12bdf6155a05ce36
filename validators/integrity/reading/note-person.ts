import { plainName } from './placeholders.ts';

/** Whom a note says it is about. */
export type NotePerson = { name?: readonly string[];
  /** Families that the text calls its patient by: `Mr. Brown presents with`. */
  called?: readonly string[];
  /** What the date of birth can mean: `yyyy-mm-dd`; `??yy-mm-dd` where the century is left out; day and month either way. */
  birthDates?: readonly string[]; sex?: 'female' | 'male'; age?: number };

const named = /^\s*(?:patient(?: name)?|name of patient|pt name|name)\s*:\s*([A-Z][\p{L}'’. -]+?(?:,\s*[A-Z][\p{L}'’. -]+)?)\s*(?:$|\d|\||;|\(|DOB|MRN)/imu;
const birth = String.raw`\b(?:D\.?O\.?B\.?|date of birth|birth ?date|born(?: on)?)\s*:?\s*`;
const born = new RegExp(`${birth}(?:(\\d{4})-(\\d{2})-(\\d{2})|(\\d{1,2})([/.])(\\d{1,2})\\5(\\d{4}|\\d{2})\\b|([A-Z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})|(\\d{1,2})(?:st|nd|rd|th)? ([A-Z]{3,9})\\.?,? (\\d{4}))`, 'i');
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const aged = /\b(\d{1,3})[ -]?(?:(year|yr|y)s?[ -/]?(?:old|o)\b|(month|mo|week|wk|day)s?[ -]old\b)((?:\s+[\p{L}-]+){0,4})/giu;
// `45M`, `72 yo F`: a letter alone is a sex only right behind an age.
const short = /\b(\d{1,3})\s?(?:y\/?o|yr|yrs|year[- ]old)?\s?([MF])\b(?![\p{L}\d'’])/u;
const labelled = /^\s*(?:(?:sex|gender)\s*:\s*(male|female|m|f)\b|age\s*:\s*(\d{1,3})\b)/gimu;
// Who is so old; a scar or a fracture may be old too.
const someone = new Set(['patient', 'who', 'with', 'presenting', 'presents', 'presented', 'individual', 'person', 'adult', 'child', 'infant', 'newborn', 'here', 'admitted', 'seen', 'comes', 'came', 'referred', 'in', 'status', 'known', 'brought']);
const unitsInYear: Readonly<Record<string, number>> = { month: 12, mo: 12, week: 52, wk: 52, day: 365 };
const sexes: Readonly<Record<string, 'female' | 'male'>> = { female: 'female', woman: 'female', girl: 'female', lady: 'female', male: 'male', man: 'male', boy: 'male', gentleman: 'male' };
// Somebody of whom a note speaks before its patient: not the first words of the line then.
const relative = /\b(mother|father|son|daughter|husband|wife|brother|sister|partner|sibling)\b[^.\n]{0,40}$/i;

// A title and a family, and what a patient does or is; or whom the writer saw: not of whom somebody was told, and no provider.
const titled = /\b(Mr|Mrs|Ms|Miss)\.?\s+(?:\p{Lu}[\p{L}'’-]+\s+)?(\p{Lu}[\p{L}'’-]+)(?:,\s+(?:an?|who)\s[^,.\n]{0,60},)?\s+(?:is|was|has|had|presents|presented|reports|reported|denies|denied|underwent|came|comes|returns|returned|will|states|feels|tolerated|remained|remains)\b/gu;
const seen = /\b(?:I saw|seeing|evaluated|examined)\s+(Mr|Mrs|Ms|Miss)\.?\s+(?:\p{Lu}[\p{L}'’-]+\s+)?(\p{Lu}[\p{L}'’-]+)/gu;
const kin = /\b(?:mother|father|parents?|sons?|daughters?|husband|wife|spouse|brothers?|sisters?|partner|siblings?|aunt|uncle|cousin|friend|neighbou?r|caregiver|guardian|nurse|therapist|social worker|case manager|interpreter|pharmacist)\b/i;

/** Families by which the text calls its patient, and whether it says Mr. */
function calledIn(text: string): readonly { readonly family: string; readonly sex: 'female' | 'male' }[] {
  return [...text.matchAll(titled), ...text.matchAll(seen)].flatMap((match) => {
    const line = text.slice(text.lastIndexOf('\n', match.index) + 1, text.indexOf('\n', match.index) < 0 ? undefined : text.indexOf('\n', match.index));
    return kin.test(line) || match[2] === undefined ? [] : [{ family: plainName(match[2]), sex: match[1] === 'Mr' ? 'male' as const : 'female' as const }];
  });
}

const two = (text: string | undefined): string => (text ?? '').padStart(2, '0');

function birthDatesIn(text: string): readonly string[] {
  const date = born.exec(text);
  if (date === null) return [];
  if (date[1] !== undefined) return [`${date[1]}-${date[2]}-${date[3]}`];
  if (date[4] !== undefined) {
    const year = date[7]?.length === 2 ? `??${date[7]}` : date[7] ?? '';
    return [`${year}-${two(date[4])}-${two(date[6])}`, `${year}-${two(date[6])}-${two(date[4])}`];
  }
  const month = months.indexOf((date[8] ?? date[12] ?? '').slice(0, 3).toLowerCase()) + 1;
  return month === 0 ? [] : [`${date[10] ?? date[13]}-${two(String(month))}-${two(date[9] ?? date[11])}`];
}

/** The first age that is a person's, and the sex beside it. */
function ageIn(text: string): Pick<NotePerson, 'age' | 'sex'> {
  for (const match of text.matchAll(aged)) {
    const before = text.slice(0, match.index), words = (match[4] ?? '').toLowerCase().trim().split(/\s+/);
    const sex = words.map((word) => sexes[word]).find((one) => one !== undefined);
    if (relative.test(before) || (sex === undefined && !someone.has(words[0] ?? '') && !/\b(?:is|am|are|was)\s+(?:an?\s+)?$|,\s+an?\s+$/i.test(before))) continue;
    return { age: Number(match[1]) / (unitsInYear[(match[3] ?? '').toLowerCase()] ?? 1), ...(sex === undefined ? {} : { sex }) };
  }
  const letter = short.exec(text);
  return letter === null || relative.test(text.slice(0, letter.index)) ? {} : { age: Number(letter[1]), sex: letter[2] === 'M' ? 'male' : 'female' };
}

/** Reads name, birth date, age and sex from the usual places; what is not there is left out. */
export function personIn(text: string): NotePerson {
  const person: NotePerson = {};
  const name = named.exec(text)?.[1];
  const parts = name === undefined ? [] : plainName(name.replace(/,/g, ' ')).split(' ').filter((part) => part.length > 1 && !['mr', 'mrs', 'ms', 'dr', 'jr', 'sr'].includes(part));
  if (parts.length > 0) person.name = parts;
  const called = calledIn(text);
  if (called.length > 0) {
    person.called = called.map(({ family }) => family);
    if (called.every(({ sex }) => sex === called[0]?.sex) && called[0] !== undefined) person.sex = called[0].sex;
  }
  const birthDates = birthDatesIn(text);
  if (birthDates.length > 0) person.birthDates = birthDates;
  Object.assign(person, ageIn(text));
  for (const [, sex, age] of text.matchAll(labelled)) {
    if (sex !== undefined) person.sex = sex.toLowerCase().startsWith('m') ? 'male' : 'female';
    else if (age !== undefined) person.age = Number(age);
  }
  return person;
}
