import type { Dosage, MedicationAdministration, MedicationRequest } from '@medplum/fhirtypes';
import type { Either } from './either.ts';

/** Numbers that a medication's name, its dosage or its text states: 500 in "Metformin 500 MG", also as a multiple of the strength. */
export function dosesOf(drug: Either<MedicationRequest, MedicationAdministration>): readonly number[] {
  const text = [drug.medicationCodeableConcept?.text, ...(drug.medicationCodeableConcept?.coding ?? []).map((coding) => coding.display),
    ...(Array.isArray(drug.dosageInstruction) ? drug.dosageInstruction.map((one) => one.text) : [])].join(' ');
  const strengths = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(?:mg|mcg|g|ml|unt|units?|meq)\b/gi)].map((match) => Number(match[1]));
  const instructed = (drug.dosageInstruction as readonly Dosage[] | undefined)?.flatMap((one) => (one.doseAndRate ?? []).flatMap((rate) => rate.doseQuantity?.value ?? [])) ?? [];
  const given = drug.dosage as { dose?: { value?: number } } | undefined;
  const counts = [...instructed, ...(given?.dose?.value === undefined ? [] : [given.dose.value])];
  return [...strengths, ...counts, ...strengths.flatMap((strength) => counts.map((count) => strength * count))];
}
