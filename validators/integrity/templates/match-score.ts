import type { Patient } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/match-weights.json' with { type: 'json' };
import { jaroWinkler } from '../reading/jaro-winkler.ts';
import { personIdentifiers } from '../reading/person-identifiers.ts';
import { isPlaceholderBirthDate, nameInUse, nameKind, plainName } from '../reading/placeholders.ts';

/** What of a Patient is compared: plain letters and digits, placeholders left out. */
export type Demographics = {
  readonly family: string; readonly given: string; readonly birthDate: string; readonly sex: string;
  readonly postalCode: string; readonly address: string; readonly phones: readonly string[]; readonly identifiers: readonly string[];
};

export function demographicsOf(patient: Partial<Patient>): Demographics {
  const name = nameInUse(patient);
  const real = nameKind(name) === 'real';
  const home = patient.address?.find((address) => address.use !== 'old' && address.use !== 'billing');
  return {
    family: real ? plainName(name?.family ?? '') : '', given: real ? plainName(name?.given?.[0] ?? '') : '',
    birthDate: isPlaceholderBirthDate(patient.birthDate) ? '' : patient.birthDate ?? '', sex: patient.gender === 'unknown' ? '' : patient.gender ?? '',
    postalCode: (home?.postalCode ?? '').slice(0, 5), address: (home?.line?.[0] ?? '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim(),
    phones: (patient.telecom ?? []).filter((one) => one.system === 'phone').map((one) => (one.value ?? '').replace(/\D/g, '').slice(-10)).filter((digits) => digits.length >= 7),
    identifiers: personIdentifiers(patient).filter(({ kind }) => kind !== 'token').map(({ key }) => key),
  };
}

/** 1 agrees, 0 disagrees, between nearly agrees; undefined where one side does not say. */
const compare: Readonly<Record<string, (one: Demographics, other: Demographics) => number | 'near' | undefined>> = {
  family: (one, other) => nearly(one.family, other.family),
  // Given and family are swapped often enough.
  given: (one, other) => nearly(one.given, other.given),
  birthDate: (one, other) => {
    if (one.birthDate.length < 10 || other.birthDate.length < 10) return undefined;
    if (one.birthDate === other.birthDate) return 1;
    return apart(one.birthDate, other.birthDate) <= 1 || swapped(one.birthDate) === other.birthDate ? 'near' : 0;
  },
  sex: (one, other) => (one.sex === '' || other.sex === '' ? undefined : one.sex === other.sex ? 1 : 0),
  postalCode: (one, other) => (one.postalCode === '' || other.postalCode === '' ? undefined : one.postalCode === other.postalCode ? 1 : 0),
  address: (one, other) => nearly(one.address, other.address),
  phone: (one, other) => (one.phones.length === 0 || other.phones.length === 0 ? undefined : one.phones.some((phone) => other.phones.includes(phone)) ? 1 : 0),
  identifier: (one, other) => {
    if (one.identifiers.some((id) => other.identifiers.includes(id))) return 1;
    const kinds = one.identifiers.flatMap((id) => other.identifiers.filter((also) => kindOf(also) === kindOf(id)).map((also) => apart(id, also)));
    return kinds.length === 0 ? undefined : kinds.some((distance) => distance <= 1) ? 'near' : 0;
  },
};

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

export const { review, certain } = table.bounds;

/** The sum of the weights, and the fields that agree. */
export function matchScore(one: Demographics, other: Demographics): { readonly score: number; readonly agree: readonly string[] } {
  let score = 0;
  const agree: string[] = [];
  for (const { field, m, u, partial } of table.rows) {
    const similarity = compare[field]?.(one, other);
    if (similarity === undefined) continue;
    const [agreement, disagreement] = [Math.log2(m / u), Math.log2((1 - m) / (1 - u))];
    score += similarity === 1 ? agreement : similarity === 'near' ? agreement * partial : disagreement;
    if (similarity !== 0) agree.push(field);
  }
  return { score, agree };
}
