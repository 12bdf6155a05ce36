import type { Rule } from '../../terms/rule.ts';
import { aiAttestedInBatch } from './ai-attested-in-batch/rule.ts';
import { aiAttestedTooEarly } from './ai-attested-too-early/rule.ts';
import { aiAttestedTooFast } from './ai-attested-too-fast/rule.ts';
import { aiModelNotApproved } from './ai-model-not-approved/rule.ts';
import { aiNoHumanVerifier } from './ai-no-human-verifier/rule.ts';
import { aiNoProvenance } from './ai-no-provenance/rule.ts';
import { aiNoteUnsupported } from './ai-note-unsupported/rule.ts';
import { aiSelfVerified } from './ai-self-verified/rule.ts';
import { aiUndeclared } from './ai-undeclared/rule.ts';
import { aiUnsupportedCondition } from './ai-unsupported-condition/rule.ts';
import { aiUnverified } from './ai-unverified/rule.ts';
import { allergyConflict } from './allergy-conflict/rule.ts';
import { claimDuplicateSecondary } from './claim-duplicate-secondary/rule.ts';
import { claimPoa } from './claim-poa/rule.ts';
import { claimPrincipalManifestation } from './claim-principal-manifestation/rule.ts';
import { claimProcedureOutsideStay } from './claim-procedure-outside-stay/rule.ts';
import { claimUnspecified } from './claim-unspecified/rule.ts';
import { codeActiveOnDate } from './code-active-on-date/rule.ts';
import { codeDisplay } from './code-display/rule.ts';
import { codeForm } from './code-form/rule.ts';
import { codeLoincCheckDigit } from './code-loinc-check-digit/rule.ts';
import { codeNotClinicallySupported } from './code-not-clinically-supported/rule.ts';
import { codeNotDocumented } from './code-not-documented/rule.ts';
import { codeNpiCheckDigit } from './code-npi-check-digit/rule.ts';
import { codeSnomedCheckDigit } from './code-snomed-check-digit/rule.ts';
import { completenessExpectedSystem } from './completeness-expected-system/rule.ts';
import { completenessMustSupport } from './completeness-must-support/rule.ts';
import { documentedNotCoded } from './documented-not-coded/rule.ts';
import { duplicateContent } from './duplicate-content/rule.ts';
import { duplicateEncounterDisagrees } from './duplicate-encounter-disagrees/rule.ts';
import { duplicateVersion } from './duplicate-version/rule.ts';
import { identityDuplicatePair } from './identity-duplicate-pair/rule.ts';
import { identityEncounterManyPatients } from './identity-encounter-many-patients/rule.ts';
import { identityLinkUnresolved } from './identity-link-unresolved/rule.ts';
import { identityMergedStillUsed } from './identity-merged-still-used/rule.ts';
import { identityOverlay } from './identity-overlay/rule.ts';
import { identityPlaceholder } from './identity-placeholder/rule.ts';
import { identitySharedIdentifier } from './identity-shared-identifier/rule.ts';
import { identityTokenSharing } from './identity-token-sharing/rule.ts';
import { lateralityConflict } from './laterality-conflict/rule.ts';
import { monitorCompleteness } from './monitor-completeness/rule.ts';
import { monitorLag } from './monitor-lag/rule.ts';
import { monitorOverrideRate } from './monitor-override-rate/rule.ts';
import { monitorPrevalence } from './monitor-prevalence/rule.ts';
import { monitorVolume } from './monitor-volume/rule.ts';
import { noteContradictsStructure } from './note-contradicts-structure/rule.ts';
import { noteCopyForward } from './note-copy-forward/rule.ts';
import { noteOtherPatient } from './note-other-patient/rule.ts';
import { noteSharedText } from './note-shared-text/rule.ts';
import { noteUnsigned } from './note-unsigned/rule.ts';
import { patientAgeConflict } from './patient-age-conflict/rule.ts';
import { patientSexConflict } from './patient-sex-conflict/rule.ts';
import { privacyUnlabelled } from './privacy-unlabelled/rule.ts';
import { referenceDangling } from './reference-dangling/rule.ts';
import { referenceMissing } from './reference-missing/rule.ts';
import { referenceOrphanProvider } from './reference-orphan-provider/rule.ts';
import { referenceReportResultMismatch } from './reference-report-result-mismatch/rule.ts';
import { referenceSubjectMismatch } from './reference-subject-mismatch/rule.ts';
import { referenceTargetType } from './reference-target-type/rule.ts';
import { statusWithdrawn } from './status-withdrawn/rule.ts';
import { timeAfterDeath } from './time-after-death/rule.ts';
import { timeBeforeBirth } from './time-before-birth/rule.ts';
import { timeDiagnosisOutsideStay } from './time-diagnosis-outside-stay/rule.ts';
import { timeFuture } from './time-future/rule.ts';
import { timeImplausiblyOld } from './time-implausibly-old/rule.ts';
import { timeOutsideEncounter } from './time-outside-encounter/rule.ts';
import { timeOverlappingStays } from './time-overlapping-stays/rule.ts';
import { timeResultLag } from './time-result-lag/rule.ts';
import { timeSequence } from './time-sequence/rule.ts';
import { timeSourceLag } from './time-source-lag/rule.ts';
import { timeStartAfterEnd } from './time-start-after-end/rule.ts';
import { timeZoneAbsent } from './time-zone-absent/rule.ts';
import { uncertainDiagnosisCoded } from './uncertain-diagnosis-coded/rule.ts';
import { valueBloodPressure } from './value-blood-pressure/rule.ts';
import { valueBmiDisagrees } from './value-bmi-disagrees/rule.ts';
import { valueComponentRange } from './value-component-range/rule.ts';
import { valueDefaultSpike } from './value-default-spike/rule.ts';
import { valueDelta } from './value-delta/rule.ts';
import { valuePlausibleRange } from './value-plausible-range/rule.ts';
import { valueReferenceRange } from './value-reference-range/rule.ts';
import { valueSupply } from './value-supply/rule.ts';
import { valueTypeFits } from './value-type-fits/rule.ts';
import { valueUnitFits } from './value-unit-fits/rule.ts';
import { valueUnitValid } from './value-unit-valid/rule.ts';

/** The one list of rules. A retired rule stays as a comment with its id and the reason. */
export const allRules: readonly Rule[] = [
  aiAttestedInBatch, aiAttestedTooEarly, aiAttestedTooFast, aiModelNotApproved, aiNoHumanVerifier, aiNoProvenance, aiNoteUnsupported,
  aiSelfVerified, aiUndeclared, aiUnsupportedCondition, aiUnverified, allergyConflict, claimDuplicateSecondary, claimPoa,
  claimPrincipalManifestation, claimProcedureOutsideStay, claimUnspecified, codeActiveOnDate, codeDisplay, codeForm, codeLoincCheckDigit,
  codeNotClinicallySupported, codeNotDocumented, codeNpiCheckDigit, codeSnomedCheckDigit, completenessExpectedSystem,
  completenessMustSupport, documentedNotCoded, duplicateContent, duplicateEncounterDisagrees, duplicateVersion, identityDuplicatePair,
  identityEncounterManyPatients, identityLinkUnresolved, identityMergedStillUsed, identityOverlay, identityPlaceholder,
  identitySharedIdentifier, identityTokenSharing, lateralityConflict, monitorCompleteness, monitorLag, monitorOverrideRate,
  monitorPrevalence, monitorVolume, noteContradictsStructure, noteCopyForward, noteOtherPatient, noteSharedText, noteUnsigned, patientAgeConflict,
  patientSexConflict, privacyUnlabelled, referenceDangling, referenceMissing, referenceOrphanProvider, referenceReportResultMismatch,
  referenceSubjectMismatch, referenceTargetType, statusWithdrawn, timeAfterDeath, timeBeforeBirth, timeDiagnosisOutsideStay, timeFuture,
  timeImplausiblyOld, timeOutsideEncounter, timeOverlappingStays, timeResultLag, timeSequence, timeSourceLag, timeStartAfterEnd,
  timeZoneAbsent, uncertainDiagnosisCoded, valueBloodPressure, valueBmiDisagrees, valueComponentRange, valueDefaultSpike, valueDelta,
  valuePlausibleRange, valueReferenceRange, valueSupply, valueTypeFits, valueUnitFits, valueUnitValid,
];
