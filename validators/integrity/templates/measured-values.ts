import type { CodeableConcept, Observation, ObservationComponent, Quantity } from '@medplum/fhirtypes';
import { measureOf, type Measure } from '../reading/measures.ts';

/** An Observation's value or one of its components', with what LOINC says of it. */
export type Measured = {
  readonly holder: Partial<Observation> | ObservationComponent;
  readonly code: CodeableConcept | undefined;
  readonly measure: Measure | undefined;
  readonly quantity: Quantity | undefined;
  /** `Observation` or `Observation.component[1]`. */
  readonly path: string;
};

let last: { readonly observation: object; readonly values: readonly Measured[] } | undefined;

/** Rules ask for the same observation one after the other: the last answer is kept. */
export function measuredValues(observation: Partial<Observation>): readonly Measured[] {
  if (last?.observation !== observation) last = { observation, values: valuesOf(observation) };
  return last.values;
}

// Withdrawn results are not weighed.
function valuesOf(observation: Partial<Observation>): readonly Measured[] {
  if (observation.status === 'entered-in-error' || observation.status === 'cancelled') return [];
  const found: Measured[] = [measured(observation, 'Observation')];
  observation.component?.forEach((component, index) => found.push(measured(component, `Observation.component[${index}]`)));
  return found;
}

const measured = (holder: Partial<Observation> | ObservationComponent, path: string): Measured =>
  ({ holder, code: holder.code, measure: measureOf(holder.code), quantity: holder.valueQuantity, path });
