import type { Coding, Identifier, Period } from '@medplum/fhirtypes';
import type { Resource } from '../../../terms/rule.ts';
import { systemOf, type SystemName } from './coded.ts';

/** What rules of every type look at, found by one walk: the elements themselves; where one is, only a finding asks. */
export type Inventory = {
  /** Those of a system that is known. */
  readonly codings: readonly { readonly system: SystemName; readonly coding: Coding & { code: string } }[];
  readonly periods: readonly (Period & { start: string; end: string })[];
  readonly identifiers: readonly (Identifier & { value: string })[];
  /** Elements with a member that holds a time and may lack its zone, outside extensions. */
  readonly times: readonly { readonly holder: object; readonly name: string; readonly value: string }[];
};
type Found = { [Kind in keyof Inventory]: Inventory[Kind][number][] };

let last: { resource: object; inventory: Inventory } | undefined;

/** Rules ask for the same resource one after the other: the last answer is kept. */
export function inventory(resource: Resource): Inventory {
  if (last?.resource === resource) return last.inventory;
  const found: Found = { codings: [], periods: [], identifiers: [], times: [] };
  members(resource, '', found, false);
  last = { resource, inventory: found };
  return found;
}

/** The FHIRPath of an element that the inventory gave: looked for by identity. */
export function pathTo(resource: Resource, wanted: object, leaf?: string): string {
  const path = find(resource, resource.resourceType, wanted) ?? resource.resourceType;
  return leaf === undefined ? path : `${path}.${leaf}`;
}

/** A path without indices: an element, for a cause key. */
export const elementOf = (path: string): string => path.replace(/\[\d+\]/g, '');

function find(element: object, path: string, wanted: object): string | undefined {
  if (element === wanted) return path;
  for (const name in element) {
    const value = (element as Record<string, unknown>)[name];
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) {
      const found = find(value, `${path}.${name}`, wanted);
      if (found !== undefined) return found;
    } else {
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index];
        const found = typeof item === 'object' && item !== null ? find(item, `${path}.${name}[${index}]`, wanted) : undefined;
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

// Narrative and attachments hold no elements.
const skipped = new Set(['text', 'div', 'data', 'meta']);
const dateNames = new Set(['start', 'end', 'issued', 'authoredOn', 'recorded', 'created', 'started', 'date', 'sent', 'received',
  'authored', 'when', 'time', 'creation', 'whenPrepared', 'whenHandedOver', 'dateAsserted', 'lastOccurrence', 'receivedTime', 'onset', 'birthDate']);
const kinds = new Map<string, boolean>();

function holdsDate(name: string): boolean {
  let known = kinds.get(name);
  if (known === undefined) {
    known = dateNames.has(name) || name.endsWith('DateTime') || name.endsWith('Date');
    if (kinds.size < 5_000) kinds.set(name, known);
  }
  return known;
}

const [zero, nine, plus, minus, colon] = [48, 57, 43, 45, 58];
/** Begins and ends as a time without a zone does: most strings do not, and most times end with `Z` or an offset. */
function mayLackZone(text: string): boolean {
  const end = text.length;
  if (end < 13 || text.charCodeAt(0) > nine || text.charCodeAt(end - 1) > nine || text.charCodeAt(end - 1) < zero) return false;
  const sign = text.charCodeAt(end - 6);
  return (sign !== plus && sign !== minus) || text.charCodeAt(end - 3) !== colon;
}

/** The members of an object or element; each is read right where it is enumerated: hot. */
function members(one: object, name: string, found: Found, inExtension: boolean): void {
  let coded = false, bounded = false;
  for (const member in one) {
    const value = (one as Record<string, unknown>)[member];
    if (typeof value === 'string') {
      if (member === 'system') coded = true;
      else if (member === 'start') bounded = true;
      if (!inExtension && mayLackZone(value) && holdsDate(member)) found.times.push({ holder: one, name: member, value });
    } else if (typeof value === 'object' && value !== null && !skipped.has(member)) {
      const extension = inExtension || member === 'extension' || member === 'modifierExtension';
      if (!Array.isArray(value)) members(value, member, found, extension);
      else for (const item of value as unknown[]) if (typeof item === 'object' && item !== null) members(item, member, found, extension);
    }
  }
  if (name === '') return;
  if (coded) {
    const { code, value } = one as Record<string, unknown>;
    if (typeof code === 'string' && value === undefined) {
      const system = systemOf((one as Coding).system);
      if (system !== undefined) found.codings.push({ system, coding: one as Coding & { code: string } });
    } else if (typeof value === 'string' && name !== 'telecom') found.identifiers.push(one as Identifier & { value: string });
  } else if (bounded && typeof (one as Period).end === 'string') found.periods.push(one as Period & { start: string; end: string });
}
