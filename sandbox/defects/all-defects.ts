import type { Defect } from './defect.ts';
import { aiModelNotApproved } from './ai-model-not-approved.ts';
import { aiNoHumanVerifier } from './ai-no-human-verifier.ts';
import { aiNoProvenance } from './ai-no-provenance.ts';
import { aiVerifiedNote, aiVerifiedCondition, aiLabelledObservation } from './ai-verified-content.ts';
import { claimDuplicateSecondary } from './claim-duplicate-secondary.ts';
import { claimPoa } from './claim-poa.ts';
import { claimPrincipalManifestation } from './claim-principal-manifestation.ts';
import { claimProcedureOutsideStay } from './claim-procedure-outside-stay.ts';
import { claimUnspecified } from './claim-unspecified.ts';
import { codeActiveOnDate } from './code-active-on-date.ts';
import { codeDisplay } from './code-display.ts';
import { codeForm } from './code-form.ts';
import { codeLoincCheckDigit } from './code-loinc-check-digit.ts';
import { codeNotClinicallySupported } from './code-not-clinically-supported.ts';
import { codeNotDocumented } from './code-not-documented.ts';
import { codeNpiCheckDigit } from './code-npi-check-digit.ts';
import { codeSnomedCheckDigit } from './code-snomed-check-digit.ts';
import { completenessExpectedSystem } from './completeness-expected-system.ts';
import { completenessMustSupport } from './completeness-must-support.ts';
import { documentedNotCoded } from './documented-not-coded.ts';
import { duplicateContent } from './duplicate-content.ts';
import { duplicateEncounterDisagrees } from './duplicate-encounter-disagrees.ts';
import { duplicateVersion } from './duplicate-version.ts';
import { identityOverlay } from './identity-overlay.ts';
import { identityPlaceholder } from './identity-placeholder.ts';
import { lineNotJson } from './line-not-json.ts';
import { lineNotResource } from './line-not-resource.ts';
import { profileElementMissing } from './profile-element-missing.ts';
import { profilePrimitiveType } from './profile-primitive-type.ts';
import { profileRequiredBinding } from './profile-required-binding.ts';
import { referenceDangling } from './reference-dangling.ts';
import { referenceMissing } from './reference-missing.ts';
import { referenceOrphanProvider } from './reference-orphan-provider.ts';
import { referenceReportResultMismatch } from './reference-report-result-mismatch.ts';
import { referenceSubjectMismatch } from './reference-subject-mismatch.ts';
import { referenceTargetType } from './reference-target-type.ts';
import { statusWithdrawn } from './status-withdrawn.ts';
import { timeAfterDeath } from './time-after-death.ts';
import { timeBeforeBirth } from './time-before-birth.ts';
import { timeDiagnosisOutsideStay } from './time-diagnosis-outside-stay.ts';
import { timeFuture } from './time-future.ts';
import { timeImplausiblyOld } from './time-implausibly-old.ts';
import { timeOutsideEncounter } from './time-outside-encounter.ts';
import { timeOverlappingStays } from './time-overlapping-stays.ts';
import { timeResultLag } from './time-result-lag.ts';
import { timeSequence } from './time-sequence.ts';
import { timeSourceLag } from './time-source-lag.ts';
import { timeStartAfterEnd } from './time-start-after-end.ts';
import { timeZoneAbsent } from './time-zone-absent.ts';
import { uncertainDiagnosisCoded } from './uncertain-diagnosis-coded.ts';
import { valueBloodPressure } from './value-blood-pressure.ts';
import { valueBmiDisagrees } from './value-bmi-disagrees.ts';
import { valueComponentRange } from './value-component-range.ts';
import { valueDelta } from './value-delta.ts';
import { valuePlausibleRange } from './value-plausible-range.ts';
import { valueReferenceRange } from './value-reference-range.ts';
import { valueSupply } from './value-supply.ts';
import { valueTypeFits } from './value-type-fits.ts';
import { valueUnitFits } from './value-unit-fits.ts';
import { valueUnitValid } from './value-unit-valid.ts';

/** The one list of defects: one a rule, what profiles and landing find, and what is in order but made by an AI. */
export const allDefects: readonly Defect[] = [
  aiModelNotApproved, aiNoHumanVerifier, aiNoProvenance, aiVerifiedNote, aiVerifiedCondition, aiLabelledObservation,
  claimDuplicateSecondary, claimPoa, claimPrincipalManifestation, claimProcedureOutsideStay, claimUnspecified, codeActiveOnDate,
  codeDisplay, codeForm, codeLoincCheckDigit, codeNotClinicallySupported, codeNotDocumented, codeNpiCheckDigit,
  codeSnomedCheckDigit, completenessExpectedSystem, completenessMustSupport, documentedNotCoded, duplicateContent,
  duplicateEncounterDisagrees, duplicateVersion, identityOverlay, identityPlaceholder, lineNotJson, lineNotResource,
  profileElementMissing, profilePrimitiveType, profileRequiredBinding, referenceDangling, referenceMissing,
  referenceOrphanProvider, referenceReportResultMismatch, referenceSubjectMismatch, referenceTargetType, statusWithdrawn,
  timeAfterDeath, timeBeforeBirth, timeDiagnosisOutsideStay, timeFuture, timeImplausiblyOld, timeOutsideEncounter,
  timeOverlappingStays, timeResultLag, timeSequence, timeSourceLag, timeStartAfterEnd, timeZoneAbsent, uncertainDiagnosisCoded,
  valueBloodPressure, valueBmiDisagrees, valueComponentRange, valueDelta, valuePlausibleRange, valueReferenceRange, valueSupply,
  valueTypeFits, valueUnitFits, valueUnitValid,
];
