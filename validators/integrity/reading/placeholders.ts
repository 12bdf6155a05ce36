import type { HumanName, Identifier, Patient } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/placeholders.json' with { type: 'json' };
import { systemOf } from './coded.ts';

const patterns = (kind: string): readonly RegExp[] => table.rows.filter((row) => row.kind === kind).map((row) => new RegExp(row.value));
const [names, newborns, tests, ssns, numbers, phones, addresses] = ['name', 'newborn', 'test', 'ssn', 'number', 'phone', 'address'].map(patterns) as [RegExp[], RegExp[], RegExp[], RegExp[], RegExp[], RegExp[], RegExp[]];
const dates: ReadonlySet<string> = new Set(table.rows.filter((row) => row.kind === 'birthDate').map((row) => row.value));

/** Letters only, lower case, no accents; digits go (Synthea numbers its names). */
export const plainName = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}/ ]+/gu, '').replace(/\s+/g, ' ').trim();

const whole = (name: HumanName): string => plainName(`${(name.given ?? []).join(' ')} ${name.family ?? ''}`);
const matches = (all: readonly RegExp[], text: string): boolean => all.some((pattern) => pattern.test(text));

const written = (name: HumanName | undefined): boolean => [...(name?.given ?? []), name?.family, name?.text].some((part) => (part ?? '').trim() !== '');

export type NameKind = 'real' | 'placeholder' | 'newborn' | 'test' | 'none';

/** What a name is: a person's, or one that stands for nobody. */
export function nameKind(name: HumanName | undefined): NameKind {
  const text = name === undefined ? '' : whole(name) || plainName(name.text ?? '');
  // Letters of no script: `?`, `.`, a number.
  if (text === '') return written(name) ? 'placeholder' : 'none';
  if (matches(tests, text)) return 'test';
  if (matches(newborns, text)) return 'newborn';
  return matches(names, text) ? 'placeholder' : 'real';
}

export const isPlaceholderBirthDate = (birthDate: string | undefined): boolean => birthDate !== undefined && dates.has(birthDate);

export const isSsn = (identifier: Identifier): boolean =>
  systemOf(identifier.system) === 'ssn' || identifier.type?.coding?.some((coding) => coding.code === 'SS') === true;

/** A number that is nobody's: left out of matching. */
export const isPlaceholderSsn = (identifier: Identifier): boolean => isSsn(identifier) && identifier.value !== undefined && matches(ssns, identifier.value.replace(/\D/g, ''));

/** A record, licence or passport number that is nobody's. */
export const isPlaceholderNumber = (value: string): boolean => matches(numbers, value.trim().toLowerCase());

/** Digits of a telephone number, and the first line of an address in plain words, that stand for none. */
export const isPlaceholderPhone = (digits: string): boolean => matches(phones, digits);
export const isPlaceholderAddress = (line: string): boolean => matches(addresses, line);

/** The name in use: official or usual, not old, maiden or an alias. */
export function nameInUse(patient: Partial<Patient>): HumanName | undefined {
  const current = patient.name?.filter((name) => name.use !== 'old' && name.use !== 'maiden' && name.use !== 'nickname' && name.use !== 'temp') ?? [];
  return current.find((name) => name.use === 'official') ?? current.find((name) => name.use === 'usual') ?? current[0] ?? patient.name?.[0];
}
