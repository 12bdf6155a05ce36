import type { Defect } from './defect.ts';
import { aiAttestedInBatch } from './ai-attested-in-batch.ts';
import { aiAttestedTooEarly } from './ai-attested-too-early.ts';
import { aiAttestedTooFast } from './ai-attested-too-fast.ts';
import { aiModelNotApproved } from './ai-model-not-approved.ts';
import { aiNoHumanVerifier } from './ai-no-human-verifier.ts';
import { aiNoProvenance } from './ai-no-provenance.ts';
import { aiNoteUnsupported } from './ai-note-unsupported.ts';
import { aiSelfVerified } from './ai-self-verified.ts';
import { aiUndeclared } from './ai-undeclared.ts';
import { aiUnsupportedCondition } from './ai-unsupported-condition.ts';
import { aiUnverified } from './ai-unverified.ts';
import { aiVerifiedNote, aiVerifiedCondition, aiLabelledObservation } from './ai-verified-content.ts';
import { allergyConflict } from './allergy-conflict.ts';
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
import { identityDuplicatePair } from './identity-duplicate-pair.ts';
import { identityEncounterManyPatients } from './identity-encounter-many-patients.ts';
import { identitySharedIdentifier } from './identity-shared-identifier.ts';
import { identityTokenSharing } from './identity-token-sharing.ts';
import { identityLinkUnresolved } from './identity-link-unresolved.ts';
import { identityMergedStillUsed } from './identity-merged-still-used.ts';
import { identityOverlay } from './identity-overlay.ts';
import { identityPlaceholder } from './identity-placeholder.ts';
import { lateralityConflict } from './laterality-conflict.ts';
import { lineNotJson } from './line-not-json.ts';
import { lineNotResource } from './line-not-resource.ts';
import { noteContradictsStructure } from './note-contradicts-structure.ts';
import { noteCopyForward } from './note-copy-forward.ts';
import { noteOtherPatient } from './note-other-patient.ts';
import { noteSharedText } from './note-shared-text.ts';
import { noteUnsigned } from './note-unsigned.ts';
import { patientAgeConflict } from './patient-age-conflict.ts';
import { patientSexConflict } from './patient-sex-conflict.ts';
import { privacyUnlabelled } from './privacy-unlabelled.ts';
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
import { valueDefaultSpike } from './value-default-spike.ts';
import { valueDelta } from './value-delta.ts';
import { valuePlausibleRange } from './value-plausible-range.ts';
import { valueReferenceRange } from './value-reference-range.ts';
import { valueSupply } from './value-supply.ts';
import { valueTypeFits } from './value-type-fits.ts';
import { valueUnitFits } from './value-unit-fits.ts';
import { valueUnitValid } from './value-unit-valid.ts';

/** The one list of defects: one a rule, what profiles and landing find, and what is in order but made by an AI. */
export const allDefects: readonly Defect[] = [
  aiAttestedInBatch, aiAttestedTooEarly, aiAttestedTooFast, aiModelNotApproved, aiNoHumanVerifier, aiNoProvenance,
  aiNoteUnsupported, aiSelfVerified, aiUndeclared, aiUnsupportedCondition, aiUnverified, aiVerifiedNote, aiVerifiedCondition,
  aiLabelledObservation, allergyConflict, claimDuplicateSecondary, claimPoa, claimPrincipalManifestation,
  claimProcedureOutsideStay, claimUnspecified, codeActiveOnDate, codeDisplay, codeForm, codeLoincCheckDigit,
  codeNotClinicallySupported, codeNotDocumented, codeNpiCheckDigit, codeSnomedCheckDigit, completenessExpectedSystem,
  completenessMustSupport, documentedNotCoded, duplicateContent, duplicateEncounterDisagrees, duplicateVersion,
  identityDuplicatePair, identityEncounterManyPatients, identityLinkUnresolved, identityMergedStillUsed, identityOverlay, identityPlaceholder,
  identitySharedIdentifier, identityTokenSharing, lateralityConflict, lineNotJson,
  lineNotResource, noteContradictsStructure, noteCopyForward, noteOtherPatient, noteSharedText, noteUnsigned, patientAgeConflict,
  patientSexConflict, privacyUnlabelled, profileElementMissing, profilePrimitiveType, profileRequiredBinding, referenceDangling,
  referenceMissing, referenceOrphanProvider, referenceReportResultMismatch, referenceSubjectMismatch, referenceTargetType,
  statusWithdrawn, timeAfterDeath, timeBeforeBirth, timeDiagnosisOutsideStay, timeFuture, timeImplausiblyOld, timeOutsideEncounter,
  timeOverlappingStays, timeResultLag, timeSequence, timeSourceLag, timeStartAfterEnd, timeZoneAbsent, uncertainDiagnosisCoded,
  valueBloodPressure, valueBmiDisagrees, valueComponentRange, valueDefaultSpike, valueDelta, valuePlausibleRange, valueReferenceRange, valueSupply,
  valueTypeFits, valueUnitFits, valueUnitValid,
];
