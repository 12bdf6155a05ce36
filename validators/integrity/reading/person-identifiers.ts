import type { Identifier, Patient } from '@medplum/fhirtypes';
import { isPlaceholderNumber, isPlaceholderSsn, isSsn } from './placeholders.ts';

/** v2-0203: identifiers that one person has alone; never member numbers. */
export const personUnique: ReadonlySet<string> = new Set(['MR', 'SS', 'DL', 'PPN']);

/** An identifier as it is compared: `kind` of v2-0203, or `token` for a hashed identity token; `place` within Patient.identifier. */
export type PersonIdentifier = { readonly kind: string; readonly key: string; readonly place: number };

// Base64 or hex of a hash of 160 bits or more; a UUID is no hash.
const hashed = /^(?:[0-9a-f]{40,128}|[A-Za-z0-9+/_-]{43,88}={0,2})$/i;

/** Identifiers that tell persons apart: placeholders and numbers whose issuer nobody names are left out. */
export function personIdentifiers(patient: Partial<Patient>): PersonIdentifier[] {
  return (patient.identifier ?? []).flatMap((identifier, place) => {
    const kind = kindOf(identifier);
    const { system, value } = identifier;
    if (kind === undefined || value === undefined || value.trim() === '' || isPlaceholderSsn(identifier)) return [];
    if (kind !== 'SS' && kind !== 'token' && isPlaceholderNumber(value)) return [];
    if (kind === 'SS') return [{ kind, key: `SS|${value.replace(/\D/g, '')}`, place }];
    return system === undefined ? [] : [{ kind, key: `${kind}|${system}|${value.trim()}`, place }];
  });
}

function kindOf(identifier: Identifier): string | undefined {
  if (isSsn(identifier)) return 'SS';
  const stated = identifier.type?.coding?.find((coding) => personUnique.has(coding.code ?? ''))?.code;
  return stated ?? (hashed.test(identifier.value ?? '') ? 'token' : undefined);
}
