import type { Quantity } from '@medplum/fhirtypes';
import { convert, unitOf, type Unit } from './units.ts';

/** The unit a Quantity states: its UCUM code, else what it says for people. */
export function unitStated(quantity: Quantity): Unit | undefined {
  const stated = quantity.code ?? quantity.unit;
  return stated === undefined ? undefined : unitOf(stated);
}

/** The value in the given UCUM unit; undefined when it has none, or its unit is unknown or of another family. */
export function valueIn(quantity: Quantity | undefined, code: string): number | undefined {
  if (quantity?.value === undefined) return undefined;
  const [from, to] = [unitStated(quantity), unitOf(code)];
  return from === undefined || to === undefined ? undefined : convert(quantity.value, from, to);
}
