import { aiModelNotApproved } from './ai-model-not-approved.ts';
import { aiNoHumanVerifier } from './ai-no-human-verifier.ts';
import { aiNoProvenance } from './ai-no-provenance.ts';
import { aiLabelledObservation, aiVerifiedCondition, aiVerifiedNote } from './ai-verified-content.ts';
import { codeLoincCheckDigit } from './code-loinc-check-digit.ts';
import { codeSnomedCheckDigit } from './code-snomed-check-digit.ts';
import type { Defect } from './defect.ts';
import { duplicateContent } from './duplicate-content.ts';
import { identityOverlay } from './identity-overlay.ts';
import { identityPlaceholder } from './identity-placeholder.ts';
import { lineNotJson } from './line-not-json.ts';
import { lineNotResource } from './line-not-resource.ts';
import { profileElementMissing } from './profile-element-missing.ts';
import { profilePrimitiveType } from './profile-primitive-type.ts';
import { profileRequiredBinding } from './profile-required-binding.ts';
import { referenceDangling } from './reference-dangling.ts';
import { referenceMissing } from './reference-missing.ts';
import { referenceSubjectMismatch } from './reference-subject-mismatch.ts';
import { statusWithdrawn } from './status-withdrawn.ts';
import { timeBeforeBirth } from './time-before-birth.ts';
import { timeFuture } from './time-future.ts';
import { timeStartAfterEnd } from './time-start-after-end.ts';
import { valueBloodPressure } from './value-blood-pressure.ts';
import { valueUnitFits } from './value-unit-fits.ts';

export const allDefects: readonly Defect[] = [
  valueBloodPressure, valueUnitFits,
  timeFuture, timeStartAfterEnd, timeBeforeBirth,
  referenceMissing, referenceDangling, referenceSubjectMismatch,
  codeLoincCheckDigit, codeSnomedCheckDigit,
  identityOverlay, identityPlaceholder,
  statusWithdrawn, duplicateContent,
  aiNoHumanVerifier, aiModelNotApproved, aiNoProvenance,
  aiVerifiedNote, aiVerifiedCondition, aiLabelledObservation,
  profileElementMissing, profileRequiredBinding, profilePrimitiveType,
  lineNotJson, lineNotResource,
];
