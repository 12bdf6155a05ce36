import type { CodeableConcept, Quantity, Reference } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/must-support.json' with { type: 'json' };
import type { Resource } from '../../../terms/rule.ts';
import { safeCode, safeUnit } from '../reading/cause.ts';
import { clinicalTime } from '../reading/clinical-time.ts';
import { day, moment } from '../reading/moments.ts';

/** What monitors and spikes compare a run by; keys are `volume|Type`, `late|Type`, `dated|Type`, `filled|Type|element`, `coded|Type|code`, `units|code`, `unit|code|unit`. */
export type LandedTally = {
  readonly counts: Readonly<Record<string, number>>;
  readonly groups: readonly string[]; readonly values: readonly number[]; readonly versions: readonly string[];
};

/** Later than this after it happened, a record is late. */
const lateDays = 7;

// A profile's top-level elements; of several profiles of a type all that one of them asks for.
const elements = new Map([...Map.groupBy(table.rows, (row) => row.type)].map(([type, rows]) =>
  [type, [...new Set(rows.flatMap((row) => row.elements.filter((element) => !element.includes('.'))))]]));
const choices = new Map<string, readonly string[]>();

/** Whether the element is there; `value[x]` by any of its names. */
function has(resource: Resource, element: string): boolean {
  if (!element.endsWith('[x]')) return resource[element] !== undefined;
  const stem = element.slice(0, -3);
  let names = choices.get(stem);
  if (names === undefined) choices.set(stem, names = ['DateTime', 'Period', 'Quantity', 'CodeableConcept', 'String', 'Reference', 'Age', 'Range', 'Boolean', 'Integer', 'Ratio', 'SampledData', 'Time', 'Instant', 'Timing', 'Date', 'Attachment'].map((kind) => `${stem}${kind}`));
  return names.some((name) => resource[name] !== undefined);
}

/** Adds up what a chunk landed; each new head once. */
export function landedTally(asOf: string) {
  const counts: Record<string, number> = {};
  const groups: string[] = [];
  const values: number[] = [];
  const versions: string[] = [];
  const now = moment(asOf)?.from ?? 0;
  const count = (key: string): void => { counts[key] = (counts[key] ?? 0) + 1; };

  function observation(resource: Resource, code: string, version: string): void {
    const quantity = resource['valueQuantity'] as Quantity | undefined;
    if (typeof quantity?.value !== 'number') return;
    const unit = safeUnit(quantity.code ?? quantity.unit);
    count(`units|${code}`);
    count(`unit|${code}|${unit}`);
    const site = (resource['device'] as Reference | undefined)?.reference ?? (resource['performer'] as readonly Reference[] | undefined)?.[0]?.reference;
    if (site === undefined || code.endsWith('malformed') || code === 'no code' || code === 'another system') return;
    groups.push(`${code}|${unit}|${site}`);
    values.push(quantity.value);
    versions.push(version);
  }

  return {
    add(resource: Resource, version: string): void {
      const type = resource.resourceType;
      count(`volume|${type}`);
      const at = moment(clinicalTime(resource, type));
      if (at !== undefined) {
        count(`dated|${type}`);
        if (now - at.to > lateDays * day) count(`late|${type}`);
      }
      for (const element of elements.get(type) ?? []) if (has(resource, element)) count(`filled|${type}|${element}`);
      const coding = (resource['code'] as CodeableConcept | undefined)?.coding?.[0];
      if (coding === undefined) return;
      const code = safeCode(coding.system, coding.code);
      count(`coded|${type}|${code}`);
      if (type === 'Observation') observation(resource, code, version);
    },
    done: (): LandedTally => ({ counts, groups, values, versions }),
  };
}
