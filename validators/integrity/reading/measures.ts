import type { CodeableConcept } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/loinc-measures.json' with { type: 'json' };
import { systemOf } from './coded.ts';
import { unitOf, type Unit } from './units.ts';

/** What is known of a LOINC measure. `Qn` quantitative, `Ord` ordinal, `Nom` nominal, `Nar` narrative. */
export type Measure = {
  readonly code: string;
  readonly name: string;
  readonly scale: 'Qn' | 'Ord' | 'Nom' | 'Nar';
  /** A unit of its family, and units of other families that mean the same. */
  readonly unit: Unit | undefined;
  readonly also: readonly Unit[];
};

const measures = new Map<string, Measure>(table.rows.map((row) => [row.code, {
  code: row.code, name: row.name, scale: row.scale as Measure['scale'],
  unit: row.unit === undefined ? undefined : unitOf(row.unit),
  also: (row.also ?? []).flatMap((unit) => unitOf(unit) ?? []),
}]));

export const measureNamed = (code: string): Measure | undefined => measures.get(code);

/** The first LOINC coding that the table knows. */
export function measureOf(concept: CodeableConcept | undefined): Measure | undefined {
  for (const coding of concept?.coding ?? []) {
    const measure = systemOf(coding.system) === 'loinc' && coding.code !== undefined ? measures.get(coding.code) : undefined;
    if (measure !== undefined) return measure;
  }
  return undefined;
}
