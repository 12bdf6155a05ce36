import type { Coding, Identifier, Period, Reference } from '@medplum/fhirtypes';
import type { Resource } from '../../../terms/rule.ts';

/** Where an element is, cheap to make: its path is written only for a finding. */
export type Place = { readonly up: Place | undefined; readonly name: string; readonly index: number };
type Placed<T> = { readonly value: T; readonly place: Place };

/** What rules of every type look at, found by one walk of the resource. */
export type Inventory = {
  readonly codings: readonly Placed<Coding & { system: string; code: string }>[];
  readonly references: readonly Placed<Reference & { reference: string }>[];
  readonly periods: readonly Placed<Period & { start: string; end: string }>[];
  readonly identifiers: readonly Placed<Identifier & { value: string }>[];
  /** Strings in elements that hold dates and times, outside extensions. */
  readonly dates: readonly Placed<string>[];
};
type Found = { [Kind in keyof Inventory]: Inventory[Kind][number][] };

let last: { resource: object; inventory: Inventory } | undefined;

/** Rules ask for the same resource one after the other: the last answer is kept. */
export function inventory(resource: Resource | Readonly<Record<string, unknown>>, root = String(resource.resourceType ?? '')): Inventory {
  if (last?.resource === resource) return last.inventory;
  const found: Found = { codings: [], references: [], periods: [], identifiers: [], dates: [] };
  walk(resource, { up: undefined, name: root, index: -1 }, found, false);
  last = { resource, inventory: found };
  return found;
}

export function pathOf(place: Place, leaf?: string): string {
  const own = place.index < 0 ? place.name : `${place.name}[${place.index}]`;
  const path = place.up === undefined ? own : `${pathOf(place.up)}.${own}`;
  return leaf === undefined ? path : `${path}.${leaf}`;
}

/** The path without indices: an element, for a cause key. */
export function elementOf(place: Place, leaf?: string): string {
  const path = place.up === undefined ? place.name : `${elementOf(place.up)}.${place.name}`;
  return leaf === undefined ? path : `${path}.${leaf}`;
}

// Narrative and attachments hold no elements.
const skipped = new Set(['text', 'div', 'data', 'resourceType', 'id', 'display', 'url', 'fhir_comments']);
const dateNames = new Set(['start', 'end', 'issued', 'authoredOn', 'recorded', 'created', 'started', 'date', 'sent', 'received',
  'authored', 'whenPrepared', 'whenHandedOver', 'dateAsserted', 'lastOccurrence', 'receivedTime', 'onset', 'birthDate']);
const isDate = new Map<string, boolean>();

function holdsDate(name: string): boolean {
  let known = isDate.get(name);
  if (known === undefined) isDate.set(name, known = dateNames.has(name) || name.endsWith('DateTime') || name.endsWith('Date'));
  return known;
}

function walk(element: object, place: Place, found: Found, inExtension: boolean): void {
  const one = element as Record<string, unknown>;
  for (const name in one) {
    const value = one[name];
    if (typeof value === 'string') {
      if (!inExtension && holdsDate(name)) found.dates.push({ value, place: { up: place, name, index: -1 } });
    } else if (typeof value === 'object' && value !== null && !skipped.has(name)) {
      const extension = inExtension || name === 'extension' || name === 'modifierExtension';
      if (Array.isArray(value)) {
        for (let index = 0; index < value.length; index++) {
          const item: unknown = value[index];
          if (typeof item === 'object' && item !== null) walk(item, { up: place, name, index }, found, extension);
        }
      } else walk(value, { up: place, name, index: -1 }, found, extension);
    }
  }
  classify(one, place, found);
}

function classify(one: Record<string, unknown>, place: Place, found: Found): void {
  if (place.up === undefined) return;
  if (typeof one['reference'] === 'string') found.references.push({ value: one as unknown as Reference & { reference: string }, place });
  if (typeof one['system'] === 'string') {
    if (typeof one['code'] === 'string' && one['value'] === undefined) {
      found.codings.push({ value: one as unknown as Coding & { system: string; code: string }, place });
    } else if (typeof one['value'] === 'string' && place.name !== 'telecom') {
      found.identifiers.push({ value: one as unknown as Identifier & { value: string }, place });
    }
  }
  if (typeof one['start'] === 'string' && typeof one['end'] === 'string') {
    found.periods.push({ value: one as unknown as Period & { start: string; end: string }, place });
  }
}
