import { clinicalLines, isFields, type Fields, type Json } from './clinical-lines.ts';
import { likeness } from './likeness.ts';

/** `own`: numbers that tell records apart, not people. */
export type Match = 'agrees' | 'nearly' | 'differs' | 'one-sided' | 'own';
export type MatchRow = { readonly label: string; readonly one: readonly string[]; readonly other: readonly string[]; readonly match: Match };

type Reader = (patient: Fields) => readonly string[];
const list = (value: Json | undefined): readonly Fields[] => Array.isArray(value) ? value.filter(isFields) : [];
const text = (value: Json | undefined): string[] => typeof value === 'string' && value !== '' ? [value] : [];
const lines = (...names: readonly string[]): Reader => (patient) => names.flatMap((name) => clinicalLines({ resourceType: 'Patient', [name]: patient[name] ?? null }).map(({ text: said }) => said));

/** By the kind that a number says it is (http://terminology.hl7.org/CodeSystem/v2-0203), or by whose it is. */
const kindOf = (identifier: Fields): string => {
  const codes = list(isFields(identifier['type']) ? identifier['type']['coding'] : undefined).flatMap(({ code }) => text(code));
  return codes.includes('MR') ? 'MR' : codes.includes('SS') || /us-ssn|2\.16\.840\.1\.113883\.4\.1$/.test(text(identifier['system'])[0] ?? '') ? 'SS' : 'other';
};
const numbers = (kind: string): Reader => (patient) => list(patient['identifier']).filter((one) => kindOf(one) === kind).flatMap(({ value }) => text(value));
const extension = (end: string): Reader => (patient) => list(patient['extension']).filter(({ url }) => text(url)[0]?.endsWith(end) === true).flatMap(({ valueString }) => text(valueString));

const RECORD_NUMBER = 'Record number';
/** What two records of patients are compared by: https://hl7.org/fhir/R4/patient-operation-match.html names the same elements. */
const rows: readonly (readonly [string, Reader])[] = [
  ['Family name', (patient) => list(patient['name']).flatMap(({ family }) => text(family))],
  ['Given names', (patient) => list(patient['name']).flatMap(({ given }) => Array.isArray(given) && given.length > 0 ? [given.flatMap(text).join(' ')] : [])],
  ['Name as written', (patient) => list(patient['name']).flatMap((name) => name['family'] === undefined && name['given'] === undefined ? text(name['text']) : [])],
  ['Birth date', lines('birthDate')], ['Sex', lines('gender')], ['Social security number', numbers('SS')], ['Address', lines('address')], ['Phone and mail', lines('telecom')],
  ['Mother’s maiden name', extension('patient-mothersMaidenName')], ['Died', lines('deceasedBoolean', 'deceasedDateTime')], ['Twin or triplet', lines('multipleBirthBoolean', 'multipleBirthInteger')],
  ['Contacts’ names', lines('contact')], ['Merged with', lines('link')], [RECORD_NUMBER, numbers('MR')], ['Other numbers', numbers('other')],
];

/** Where two records of patients agree, nearly agree, and do not. What neither says is left out. */
export function matchMatrix(one: unknown, other: unknown): MatchRow[] {
  return rows.flatMap(([label, read]) => {
    const [a, b] = [one, other].map((patient) => isFields(patient as Json) ? read(patient as Fields) : []) as [readonly string[], readonly string[]];
    return a.length === 0 && b.length === 0 ? [] : [{ label, one: a, other: b, match: matchOf(a, b, label === RECORD_NUMBER) }];
  });
}

function matchOf(one: readonly string[], other: readonly string[], ofRecord: boolean): Match {
  if (one.length === 0 || other.length === 0) return 'one-sided';
  const found = new Set(one.flatMap((a) => other.map((b) => likeness(a, b))));
  return found.has('same') ? 'agrees' : ofRecord ? 'own' : found.has('near') ? 'nearly' : 'differs';
}
