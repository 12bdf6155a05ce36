import type { Patient } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/match-weights.json' with { type: 'json' };
import { jaroWinkler } from '../reading/jaro-winkler.ts';
import { personIdentifiers } from '../reading/person-identifiers.ts';
import { isPlaceholderAddress, isPlaceholderBirthDate, isPlaceholderPhone, nameInUse, nameKind, plainName } from '../reading/placeholders.ts';

/** What of a Patient is compared: plain letters and digits, placeholders left out. */
export type Demographics = {
  readonly family: string; readonly given: string;
  /** Given names beside the first; absent in what was kept before they were compared. */
  readonly middle?: readonly string[];
  readonly birthDate: string; readonly sex: string;
  readonly postalCode: string; readonly address: string; readonly phones: readonly string[]; readonly identifiers: readonly string[];
};

export function demographicsOf(patient: Partial<Patient>): Demographics {
  const name = nameInUse(patient);
  const real = nameKind(name) === 'real';
  const home = patient.address?.find((address) => address.use !== 'old' && address.use !== 'billing');
  const address = (home?.line?.[0] ?? '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
  return {
    family: real ? plainName(name?.family ?? '') : '', given: real ? plainName(name?.given?.[0] ?? '') : '',
    middle: real ? (name?.given ?? []).slice(1).map(plainName).filter((one) => one.length > 1) : [],
    birthDate: isPlaceholderBirthDate(patient.birthDate) ? '' : patient.birthDate ?? '', sex: patient.gender === 'unknown' ? '' : patient.gender ?? '',
    postalCode: (home?.postalCode ?? '').slice(0, 5), address: isPlaceholderAddress(address) ? '' : address,
    phones: (patient.telecom ?? []).filter((one) => one.system === 'phone').map((one) => (one.value ?? '').replace(/\D/g, '').slice(-10)).filter((digits) => digits.length >= 7 && !isPlaceholderPhone(digits)),
    identifiers: personIdentifiers(patient).filter(({ kind }) => kind !== 'token').map(({ key }) => key),
  };
}

/** 1 agrees, 0 disagrees, between nearly agrees; undefined where one side does not say. */
const compare: Readonly<Record<string, (one: Demographics, other: Demographics) => number | 'near' | undefined>> = {
  family: (one, other) => (exchanged(one, other) ? 'near' : nearly(one.family, other.family)),
  given: (one, other) => (exchanged(one, other) || byMiddle(one, other) || byMiddle(other, one) || byInitial(one, other) || byInitial(other, one) ? 'near' : nearly(one.given, other.given)),
  birthDate: (one, other) => {
    if (one.birthDate.length < 10 || other.birthDate.length < 10) return undefined;
    if (one.birthDate === other.birthDate) return 1;
    return apart(one.birthDate, other.birthDate) <= 1 || swapped(one.birthDate) === other.birthDate || transposed(one.birthDate, other.birthDate) ? 'near' : 0;
  },
  sex: (one, other) => (one.sex === '' || other.sex === '' ? undefined : one.sex === other.sex ? 1 : 0),
  postalCode: (one, other) => (one.postalCode === '' || other.postalCode === '' ? undefined : one.postalCode === other.postalCode ? 1 : 0),
  address: (one, other) => nearly(one.address, other.address),
  phone: (one, other) => (one.phones.length === 0 || other.phones.length === 0 ? undefined : one.phones.some((phone) => other.phones.includes(phone)) ? 1 : 0),
  identifier: (one, other) => {
    if (one.identifiers.some((id) => other.identifiers.includes(id))) return 1;
    const numbers = one.identifiers.flatMap((id) => other.identifiers.filter((also) => kindOf(also) === kindOf(id) && !id.startsWith('MR|')).map((also) => [id, also] as const));
    // A record number tells records apart, not persons: it agrees or says nothing.
    if (numbers.length === 0) return undefined;
    return numbers.some(([id, also]) => id.startsWith('SS|') && (apart(id, also) <= 1 || transposed(id, also))) ? 'near' : 0;
  },
};

/** The one goes by what is the other's middle name. */
const byMiddle = (one: Demographics, other: Demographics): boolean => one.given !== other.given && one.given !== '' && other.middle?.includes(one.given) === true;
/** The one is written by its first letter. */
const byInitial = (one: Demographics, other: Demographics): boolean => one.given.length === 1 && other.given.length > 1 && other.given.startsWith(one.given);
/** Given and family name stand in each other's place. */
const exchanged = (one: Demographics, other: Demographics): boolean =>
  one.family !== other.family && one.family !== '' && one.given !== '' && one.family === other.given && one.given === other.family;

const kindOf = (identifier: string): string => identifier.slice(0, identifier.lastIndexOf('|'));
const swapped = (date: string): string => `${date.slice(0, 4)}-${date.slice(8)}-${date.slice(5, 7)}`;

function nearly(one: string, other: string): number | 'near' | undefined {
  if (one === '' || other === '') return undefined;
  if (one === other) return 1;
  return jaroWinkler(one, other) >= 0.9 ? 'near' : 0;
}

/** Positions in which two texts differ; the longer one's rest counts. */
function apart(one: string, other: string): number {
  let count = Math.abs(one.length - other.length);
  for (let at = 0; at < Math.min(one.length, other.length); at++) if (one[at] !== other[at]) count++;
  return count;
}

/** Two neighbours changed places. */
function transposed(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}

export const { review, certain } = table.bounds;

const weights = table.rows.map(({ field, m, u, partial }) => ({ field, compare: compare[field], partial, agreement: Math.log2(m / u), disagreement: Math.log2((1 - m) / (1 - u)) }));

/** The sum of the weights, the fields that agree, and whether what two people of one household share is not all there is. */
export function matchScore(one: Demographics, other: Demographics): { readonly score: number; readonly agree: readonly string[]; readonly personal: boolean } {
  let score = 0;
  const agree: string[] = [];
  const disagree = new Set<string>();
  for (const { field, compare: comparing, partial, agreement, disagreement } of weights) {
    const similarity = comparing?.(one, other);
    if (similarity === undefined) continue;
    score += similarity === 1 ? agreement : similarity === 'near' ? agreement * partial : disagreement;
    if (similarity === 0) disagree.add(field);
    else agree.push(field);
  }
  const personal = table.needs.every(({ any }) => any.some((field) => agree.includes(field)) || !any.some((field) => disagree.has(field)));
  return { score, agree, personal };
}
