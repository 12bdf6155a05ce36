import type { Reference } from '@medplum/fhirtypes';
import type { ViewEntry } from '../../../terms/patient-view.ts';
import { idOf } from './references.ts';

const types = ['Observation', 'Condition', 'Procedure', 'DiagnosticReport', 'MedicationRequest', 'MedicationAdministration', 'MedicationDispense', 'MedicationStatement',
  'Immunization', 'AllergyIntolerance', 'ServiceRequest', 'ImagingStudy', 'CarePlan', 'CareTeam', 'ClinicalImpression', 'Composition', 'Media', 'DocumentReference',
  'QuestionnaireResponse', 'RiskAssessment', 'Flag', 'Communication', 'NutritionOrder', 'DeviceRequest', 'VisionPrescription'] as const;

/** The elements that name the patient and the encounter of a resource, by type. */
export const encounterReads: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(types.map((type) => [type, ['subject', 'patient', 'encounter', 'context']])),
  Claim: ['patient', 'item'], ExplanationOfBenefit: ['patient', 'item'],
};

/** Logical id of the Patient that a resource is about. */
export const subjectOf = (entry: ViewEntry): string | undefined =>
  idOf((entry.fields['subject'] ?? entry.fields['patient']) as Reference | undefined, 'Patient');

/** `expression`: written only when a finding asks. */
type Named = { readonly id: string; readonly expression: () => string };

/** The encounters that a resource names. R4 calls them encounter, context (drugs), context.encounter (documents), item.encounter (claims). */
export function encounterRefs({ fields, type }: ViewEntry): readonly Named[] {
  const found: Named[] = [];
  const add = (reference: Reference | undefined, expression: () => string): void => {
    const id = idOf(reference, 'Encounter');
    if (id !== undefined) found.push({ id, expression });
  };
  add(fields['encounter'] as Reference | undefined, () => `${type}.encounter`);
  const context = fields['context'] as Reference & { encounter?: readonly Reference[] } | undefined;
  if (context?.reference !== undefined) add(context, () => `${type}.context`);
  context?.encounter?.forEach((reference, index) => { add(reference, () => `${type}.context.encounter[${index}]`); });
  if (fields['item'] !== undefined) {
    (fields['item'] as readonly { encounter?: readonly Reference[] }[])
      .forEach((item, at) => item.encounter?.forEach((reference, index) => { add(reference, () => `${type}.item[${at}].encounter[${index}]`); }));
  }
  return found;
}

/** The first encounter a resource names; hot, so without the places of the others. */
export function encounterOf({ fields }: ViewEntry): string | undefined {
  const named = idOf(fields['encounter'] as Reference | undefined, 'Encounter');
  if (named !== undefined) return named;
  const context = fields['context'] as Reference & { encounter?: readonly Reference[] } | undefined;
  const inContext = context === undefined ? undefined : idOf(context, 'Encounter') ?? firstOf(context.encounter);
  if (inContext !== undefined || fields['item'] === undefined) return inContext;
  for (const item of fields['item'] as readonly { encounter?: readonly Reference[] }[]) {
    const id = firstOf(item.encounter);
    if (id !== undefined) return id;
  }
  return undefined;
}

function firstOf(references: readonly Reference[] | undefined): string | undefined {
  for (const reference of references ?? []) {
    const id = idOf(reference, 'Encounter');
    if (id !== undefined) return id;
  }
  return undefined;
}
