import type { Patient } from '@medplum/fhirtypes';
import { idOf } from '../reading/references.ts';
import { personIdentifiers, type PersonIdentifier } from '../reading/person-identifiers.ts';
import { soundex } from '../reading/soundex.ts';
import { demographicsOf, type Demographics } from './match-score.ts';

/** What storage keeps of a Patient, so that population rules need not read all of them again. */
export type PersonKey = {
  readonly demographics: Demographics; readonly active: boolean;
  /** Logical ids that Patient.link names. */
  readonly linkedTo: readonly string[];
  readonly identifiers: readonly PersonIdentifier[];
  /** Records that share one are compared. */
  readonly blocks: readonly string[];
};

export function personKey(patient: Partial<Patient>): PersonKey {
  const demographics = demographicsOf(patient);
  return {
    demographics, active: patient.active !== false, identifiers: personIdentifiers(patient), blocks: blocksOf(demographics),
    linkedTo: (patient.link ?? []).flatMap((link) => idOf(link.other, 'Patient') ?? []),
  };
}

/**
 * Two records of one person share one of these unless they differ in nearly everything, and a million
 * persons make blocks of a few dozen. A birth date with an error is met by the names with the place, the
 * telephone, the address; names with an error, or swapped, by the birth date; a move by both.
 */
export function blocksOf({ family, given, birthDate, postalCode, address, phones, identifiers }: Demographics): string[] {
  const [f, g, year] = [soundex(family), soundex(given), birthDate.slice(0, 4)];
  const initials = [family[0] ?? '', given[0] ?? ''].sort().join('');
  return [...new Set([
    birthDate.length === 10 && initials !== '' ? `initials ${birthDate} ${initials}` : '',
    birthDate.length === 10 && f !== '' ? `family ${birthDate} ${f}` : '',
    birthDate.length === 10 && g !== '' ? `given ${birthDate} ${g}` : '',
    f !== '' && g !== '' && year !== '' ? `year ${f} ${g} ${year}` : '',
    f !== '' && g !== '' && postalCode !== '' ? `place ${f} ${g} ${postalCode}` : '',
    address !== '' && given !== '' ? `address ${address} ${postalCode} ${given[0]}` : '',
    ...phones.map((phone) => (given === '' ? '' : `phone ${phone} ${given[0]}`)),
    ...identifiers.map((identifier) => `identifier ${identifier}`),
  ])].filter((block) => block !== '');
}
